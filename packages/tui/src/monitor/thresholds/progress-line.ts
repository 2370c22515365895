import { formatDuration } from '@thresher/core'
import type { ThresholdProgress } from '@thresher/sweeps'
import { countsLine } from '../../output/result-lines.js'
import type { Line, Span } from '../../output/style.js'
import { formatCount, lineWidth } from '../../output/text.js'
import type { ScreenView } from './screen-lines.js'
import type { MonitorState } from './state.js'

const LONGEST_BAR = 40
const SHORTEST_BAR = 8

/** How far the sweep is, or, at its end, what came out. */
export function progressLine(state: MonitorState, view: ScreenView): Line {
  const { result, progress, stopping } = state
  const { symbols } = view
  if (result) return countsLine(result, symbols)
  const finer = progress && progress.round > 0 ? `finer grid ${progress.round}: ` : ''
  const images = `${finer}${formatCount(progress?.imagesDone ?? 0)} of ${formatCount(progress?.images ?? view.title.images)} images  `
  const tail: Span[] = [
    { text: `  ${tailText(state)}` },
    {
      text: stopping ? '   stopping: what is finished is kept' : '   provisional',
      tone: stopping ? 'warning' : 'faint',
    },
  ]
  const head: Line = [{ text: images }]
  const room = state.size.width - lineWidth(head) - lineWidth(tail)
  if (room < SHORTEST_BAR) return [...head, ...tail]
  const width = Math.min(room, LONGEST_BAR)
  const done = Math.round(share(progress) * width)
  return [
    ...head,
    { text: symbols.barDone.repeat(done), tone: 'accent' },
    { text: symbols.barLeft.repeat(width - done), tone: 'faint' },
    ...tail,
  ]
}

function tailText({ progress, progressAt, now }: MonitorState): string {
  if (!progress) return 'starting'
  const percent = `${Math.floor(share(progress) * 100)} %`
  if (progress.phase === 'bootstrap') return `bootstrap ${percent}`
  const since = (now - progressAt) / 1000
  if (progress.secondsLeft === undefined)
    return `${percent}, ${formatDuration(progress.elapsedSeconds + since)}`
  return `${percent}, about ${formatDuration(Math.max(0, progress.secondsLeft - since))} left`
}

/** Part of the phase that is done, 0 to 1 whatever was reported: a bar must not fail. */
function share(progress: ThresholdProgress | undefined): number {
  return Math.min(1, Math.max(0, progress?.fraction ?? 0)) || 0
}
