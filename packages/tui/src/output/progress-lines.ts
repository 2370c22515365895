import { formatDuration } from '@thresher/core'
import type { ThresholdProgress } from '@thresher/sweeps'
import type { OutputStream } from '../context.js'
import { formatCount } from './text.js'

const FIRST_AFTER_MS = 1000
const INTERVAL_MS = 5000

/** Prints a plain progress line now and then: for logs and pipes, where a moving bar would be noise. */
export function progressPrinter(stream: OutputStream, now: () => number): (describe: () => string) => void {
  let next = now() + FIRST_AFTER_MS
  return (describe) => {
    if (now() < next) return
    next = now() + INTERVAL_MS
    stream.write(`${describe()}\n`)
  }
}

/** "37 of 404 images, 9 %, about 1 m 05 s left" */
export function progressText(progress: ThresholdProgress): string {
  const percent = `${Math.floor(progress.fraction * 100)} %`
  if (progress.phase === 'bootstrap')
    return `bootstrap over ${formatCount(progress.imagesDone)} images, ${percent}`
  const left =
    progress.secondsLeft === undefined ? [] : [`about ${formatDuration(progress.secondsLeft)} left`]
  const finer =
    progress.round > 0 ? `finer grid ${progress.round}, ${formatCount(progress.settings)} settings: ` : ''
  return [
    `${finer}${formatCount(progress.imagesDone)} of ${formatCount(progress.images)} images`,
    percent,
    ...left,
  ].join(', ')
}
