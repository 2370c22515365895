import { type Direction, InputError } from '@thresher/core'
import { quote } from '../../files/quote.js'
import { isLossName, measureOf, wordsOf } from '../analysis/metric-names.js'
import type { SourceRun } from './source-run.js'

/** What a study is most likely about, the first first. */
const WANTED = [
  'objective value',
  'hmean',
  'f1 fscore fmeasure',
  'map ap iou miou dice auc auroc',
  'acc accuracy score kappa mcc bleu rouge psnr ssim r2',
  'cer wer error err',
  'loss nll perplexity ppl',
  'precision recall',
].map((words) => words.split(' '))
const HELD_OUT = ['val', 'valid', 'validation', 'dev', 'eval', 'test']

/**
 * The metric that the runs are about: the one that was asked for, else by name, held-out data before training data.
 * Metrics of single stages and epochs are not chosen.
 * @throws InputError where there is none, or none of that name.
 */
export function chooseMetric(path: string, runs: readonly SourceRun[], asked: string | undefined): string {
  const names = new Set(runs.flatMap(({ metrics }) => [...metrics.keys()]))
  if (asked !== undefined) {
    if (names.has(asked)) return asked
    throw new InputError(
      `${path}: no run has a number called ${quote(asked)}; --metric can be ${listed(names) || 'nothing, as no number is there'}.`,
    )
  }
  const ranked = [...names]
    .filter((name) => !/stage[_-]?\d/i.test(name))
    .map((name) => ({ name, place: placeOf(name) }))
    .filter(({ place }) => place < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.place - b.place)
  const [first] = ranked
  if (first !== undefined) return first.name
  throw new InputError(
    `${path}: nothing here is called as what is measured (accuracy, loss, H-Mean); give --metric NAME${names.size > 0 ? `, one of ${listed(names)}` : ''}.`,
  )
}

/** Whether to make a metric of that name large or small. */
export function directionOf(name: string): Direction {
  return isLossName(name) ? 'minimize' : 'maximize'
}

function placeOf(name: string): number {
  const measure = measureOf(name)
  const kind = WANTED.findIndex((words) => measure !== undefined && words.includes(measure))
  if (kind < 0) return Number.POSITIVE_INFINITY
  const words = wordsOf(name)
  const training = words.includes('train') || words.includes('training')
  const heldOut = HELD_OUT.findIndex((word) => words.includes(word))
  return (training ? 1000 : 0) + kind * 10 + (heldOut < 0 ? 9 : heldOut)
}

function listed(names: ReadonlySet<string>): string {
  return [...names].map((name) => quote(name)).join(', ')
}
