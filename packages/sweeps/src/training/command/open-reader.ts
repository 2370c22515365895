import type { MetricSource } from '../sweep-plan.js'
import { LogFinder } from './find-log.js'
import { csvParser, jsonLinesParser, LogReader } from './log-reader.js'
import type { MetricReader } from './metric-reader.js'
import { EventReader, eventFilesOf } from './tensorboard/event-reader.js'
import { TrainerStateReader } from './trainer-state-reader.js'

/** The reader of what a run logs to files; `folders` are the run's own and the working folder. */
export async function openReader(
  source: Exclude<MetricSource, { kind: 'stdout' }>,
  folders: readonly string[],
): Promise<MetricReader> {
  const paths = source.kind === 'tensorboard' ? eventFilesOf(source.path) : [source.path]
  const finder = new LogFinder(paths, folders)
  await finder.begin()
  if (source.kind === 'tensorboard') return new EventReader(finder)
  switch (source.format) {
    case 'csv':
      return new LogReader(finder, csvParser)
    case 'jsonl':
      return new LogReader(finder, jsonLinesParser)
    case 'trainer-state':
      return new TrainerStateReader(finder)
  }
}
