import type { StudyWatcher } from '@thresher/core'

/** What is read of a study: see `StudyWatcher`. */
export type WatchedStudy = Pick<
  StudyWatcher,
  | 'name'
  | 'directions'
  | 'metricNames'
  | 'userAttributes'
  | 'trials'
  | 'silent'
  | 'snapshot'
  | 'sampler'
  | 'pruner'
  | 'seeds'
  | 'budget'
>
