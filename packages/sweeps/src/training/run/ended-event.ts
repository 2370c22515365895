import type { TrialRecord } from '@thresher/core'
import { endReason } from './end-reason.js'
import type { SweepEvent } from './events.js'
import { RUN_ATTRIBUTES } from './run-attributes.js'

/** What is to be said of a trial that is finished. */
export function endedEvent(trial: TrialRecord): SweepEvent & { readonly event: 'finished' } {
  const { number, state, values, userAttributes, start, complete } = trial
  const directory = userAttributes.get(RUN_ATTRIBUTES.directory)
  return {
    event: 'finished',
    number,
    state: state as 'COMPLETE' | 'PRUNED' | 'FAIL',
    value: values?.[0],
    reason: endReason(trial),
    seconds:
      start === undefined || complete === undefined ? 0 : (complete.getTime() - start.getTime()) / 1000,
    directory: typeof directory === 'string' ? directory : undefined,
  }
}
