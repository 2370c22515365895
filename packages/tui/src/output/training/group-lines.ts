import { formatDuration } from '@thresher/core'
import { formatDelta, formatMetric, type StudyReport } from '@thresher/sweeps'
import { type Line, lineOf } from '../style.js'
import type { Symbols } from '../symbols.js'
import { countOf, padEnd, padStart, printable } from '../text.js'
import { intervalText } from './study-table.js'

type Report = Pick<StudyReport, 'groups' | 'matched' | 'metric' | 'level'>

/** Means of runs in groups, a parameter after the other. */
export function groupLines({ groups, metric: { scale }, level }: Report): Line[] {
  if (groups.length === 0) return []
  const percent = `${Math.round(level * 100)} %`
  const nameWidth = Math.max(...groups.map(({ name }) => printable(name).length))
  const labelWidth = Math.max(...groups.flatMap((each) => each.groups.map(({ label }) => label.length)))
  const rows = groups.flatMap(({ name, groups: parts, unknown, chance }) => {
    const lines = parts.map(({ label, runs, mean, interval, baseline }, i) =>
      lineOf(
        [
          `  ${padEnd(i === 0 ? printable(name) : '', nameWidth)}`,
          padEnd(printable(label), labelWidth),
          padStart(countOf(runs, 'run'), 8),
          formatMetric(mean, scale),
          interval === null
            ? 'one run, no interval'
            : `${formatMetric(interval[0], scale)} to ${formatMetric(interval[1], scale)}`,
          baseline ? 'baseline in it' : '',
        ]
          .join('  ')
          .trimEnd(),
      ),
    )
    const notes = [
      ...(chance === null ? [] : [`means as far apart come by chance in ${shareText(chance)} of shufflings`]),
      ...(unknown === 0 ? [] : [`${countOf(unknown, 'run')} left out: value unknown`]),
    ]
    return notes.length === 0
      ? lines
      : [...lines, lineOf(`  ${' '.repeat(nameWidth)}  ${notes.join('; ')}`, 'faint')]
  })
  return [
    lineOf(`Means by parameter (${percent} interval of each mean, over runs that differ in more than it):`),
    ...rows,
  ]
}

/** One parameter at a time, all others alike. */
export function matchedLines({ matched, metric: { scale } }: Report, symbols: Symbols): Line[] {
  if (matched.length === 0) return []
  const rows = matched.map(({ name, from, to, pairs, meanFrom, meanTo, difference, interval, time }) =>
    lineOf(
      [
        `  ${printable(`${name} ${from} to ${to}`)}: ${formatMetric(meanFrom, scale)} to ${formatMetric(meanTo, scale)}`,
        `${formatDelta(difference, scale)}${interval === null ? '' : ` (${intervalText(interval, scale)})`}`,
        pairs === 1 ? 'one pair' : `${pairs} pairs`,
        ...(time === null || Math.abs(time) < 0.005
          ? []
          : [`${shareText(Math.abs(time))} ${time < 0 ? 'faster' : 'slower'}`]),
      ].join(` ${symbols.separator} `),
    ),
  )
  return [lineOf('One parameter at a time, on runs alike but for it:'), ...rows]
}

function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`
}

/** Hours as people say them. */
export function hoursText(hours: number): string {
  return formatDuration(hours * 3600)
}
