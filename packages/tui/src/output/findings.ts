import { formatPoints, formatValue, imageDifferences } from '@thresher/core'
import type { ThresholdResult } from '@thresher/sweeps'
import { differenceText } from './difference-text.js'
import { countOf, formatCount, printable } from './text.js'

/** What a sweep found beside the ranking: sentences for people. */
export type Findings = Pick<
  ThresholdResult,
  'ranking' | 'statistics' | 'baselineStatistics' | 'plateau' | 'flatZones' | 'crossValidated' | 'imageNames'
>

export function findingLines(result: Findings): string[] {
  const { ranking } = result
  if (ranking.ranked.length === 0) return []
  return [plateauLine(result), unseenLine(result), imagesLine(result), ...flatLines(result)].filter(
    (line) => line !== undefined,
  )
}

function plateauLine({ plateau, ranking }: Findings): string | undefined {
  if (plateau === undefined || ranking.ranked.length < 2) return undefined
  const count = plateau.settings.length
  if (count === 1) return 'Plateau: none, #1 differs from each of its neighbours beyond noise.'
  if (count === ranking.ranked.length) {
    return `Plateau: the whole grid. This data cannot tell any of the ${formatCount(count)} settings from #1.`
  }
  const ranges = plateau.ranges.map(({ name, low, high }) => `${name} ${range(low, high)}`).join(', ')
  return `Plateau: ${ranges}: ${formatCount(count)} settings around #1 that this data cannot tell apart.`
}

function unseenLine({ crossValidated }: Findings): string | undefined {
  return (
    crossValidated && `On images not seen (${crossValidated.folds} folds): ${differenceText(crossValidated)}.`
  )
}

function imagesLine({ ranking, statistics, baselineStatistics, imageNames }: Findings): string | undefined {
  const changed = imageDifferences(statistics, ranking.ranked[0]!.index, baselineStatistics)
  const gained = changed.filter(({ delta }) => delta > 0)
  const lost = changed.filter(({ delta }) => delta < 0)
  if (gained.length + lost.length === 0) return undefined
  const most = (found: typeof changed, at: number) => {
    const difference = found.at(at)
    if (difference === undefined) return ''
    return ` (most on ${printable(imageNames[difference.image]!)}: ${formatPoints(difference.delta)})`
  }
  return `Against the baseline #1 gains on ${countOf(gained.length, 'image')}${most(gained, 0)} and loses on ${lost.length}${most(lost, -1)}.`
}

function flatLines({ flatZones, ranking }: Findings): string[] {
  const { thresh } = ranking.ranked[0]!.setting
  return flatZones.map(({ name, low, high, values }) => {
    const holes =
      name === 'box_thresh' && high <= thresh ? ': at or below thresh it filters nothing but holes' : ''
    return `${name} ${range(low, high)}: ${values} values that are one setting around #1${holes}.`
  })
}

function range(low: number, high: number): string {
  return low === high ? formatValue(low) : `${formatValue(low)} to ${formatValue(high)}`
}
