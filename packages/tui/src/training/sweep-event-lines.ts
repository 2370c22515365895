import { formatDuration, type ParamValue } from '@thresher/core'
import type { SweepEvent, SweepProgress } from '@thresher/sweeps'
import { formatMetric, guessScale } from '@thresher/sweeps/sweep-study'
import { ASCII_SYMBOLS } from '../output/symbols.js'
import { countOf, printable } from '../output/text.js'
import { shortValue } from './parameter-columns.js'

/** Milliseconds between two lines about reports. */
const REPORT_INTERVAL = 5000

/** Writes what happens in a sweep as plain lines: one at each change, reports now and then. */
export function sweepEventWriter(
  write: (line: string) => void,
  now: () => number,
): (event: SweepEvent) => void {
  let nextReport = now() + REPORT_INTERVAL
  let ended: string | undefined
  let metric = 'value'
  const show = (value: number | undefined) =>
    value === undefined ? 'no value' : formatMetric(value, guessScale(metric, [value]))

  const line = (event: SweepEvent): string | undefined => {
    switch (event.event) {
      case 'sweep':
        metric = event.metric
        return sweepText(event)
      case 'phase':
        return phaseText(event)
      case 'started':
        return startedText(event)
      case 'report': {
        if (now() < nextReport) return undefined
        nextReport = now() + REPORT_INTERVAL
        return `run ${event.number}: ${show(event.value)} at step ${event.step}`
      }
      case 'retry':
        return `run ${event.number} failed and is tried again in ${formatDuration(event.seconds)}: ${printable(event.reason)}`
      case 'queued':
        return `run ${event.number} stopped; it is queued again`
      case 'notice':
        return printable(event.text)
      case 'finished':
        // What is left is known an event later.
        ended = finishedText(event, show)
        return undefined
      case 'progress': {
        const text = ended
        ended = undefined
        return text === undefined ? undefined : `${text}; ${progressText(event)}`
      }
      case 'ended':
        return `ended: ${printable(event.text)}`
    }
  }
  return (event) => {
    const text = line(event)
    if (text !== undefined) write(text)
  }
}

function sweepText(event: SweepEvent & { event: 'sweep' }): string {
  const { study, trainer, workers, storage, resumed } = event
  return [
    `${printable(study)}${resumed ? ', resumed' : ''}`,
    printable(trainer),
    countOf(workers, 'worker'),
    printable(storage),
  ].join(', ')
}

function phaseText({
  name,
  index,
  phases,
  trials,
  skipped,
}: SweepEvent & { event: 'phase' }): string | undefined {
  if (phases === 1) return undefined
  const title = `phase ${index + 1} of ${phases}, ${printable(name)}`
  if (skipped !== undefined) return `${title}: left out, ${skipped}`
  return trials === undefined ? title : `${title}: ${countOf(trials, 'run')}`
}

function startedText({ number, params, baseline, seed, attempt }: SweepEvent & { event: 'started' }): string {
  const what = [
    ...(baseline ? [`baseline, seed ${seed}`] : []),
    ...(attempt > 0 ? [`attempt ${attempt + 1}`] : []),
  ]
  return `run ${number}${what.length > 0 ? ` (${what.join(', ')})` : ''}: ${paramsText(params)}`
}

function paramsText(params: Readonly<Record<string, ParamValue>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${printable(name)} ${shortValue(value, ASCII_SYMBOLS)}`)
    .join(', ')
}

function finishedText(
  { number, state, value, reason, seconds }: SweepEvent & { event: 'finished' },
  show: (value: number | undefined) => string,
): string {
  const run = `run ${number}`
  if (state === 'FAIL') return `${run} failed: ${printable(reason ?? 'nobody says why')}`
  if (state === 'PRUNED') return `${run} pruned at ${show(value)}: ${printable(reason ?? 'by its pruner')}`
  return `${run} done: ${show(value)} in ${formatDuration(seconds)}`
}

/** "4 done, 8 left, about 1 h 40 m" */
function progressText({ complete, pruned, failed, left, secondsLeft }: SweepProgress): string {
  const done = `${complete + pruned + failed} done`
  if (left === undefined) return done
  const time = secondsLeft === undefined || left === 0 ? '' : `, about ${formatDuration(secondsLeft)}`
  return `${done}, ${left} left${time}`
}
