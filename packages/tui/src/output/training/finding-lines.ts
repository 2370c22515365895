import { formatDelta, formatMetric, type StudyReport } from '@thresher/sweeps'
import { shortValue } from '../../training/parameter-columns.js'
import { type Line, lineOf } from '../style.js'
import type { Symbols } from '../symbols.js'
import { countOf, printable } from '../text.js'
import { hoursText } from './group-lines.js'

const EDGE = 0.05

/** Which parameters tell good runs from others, and how sure that is. */
export function importanceTexts({ importance }: StudyReport): string[] {
  const { parameters, runs, reliable } = importance
  if (parameters.length === 0) return []
  const percent = (share: number) => `${Math.round(share * 100)}`
  const shares = parameters.map(
    ({ name, share, range }) =>
      `${printable(name)} ${percent(share)} %${range === null ? '' : ` (${percent(range[0])} to ${percent(range[1])})`}`,
  )
  const doubt = reliable
    ? ''
    : ` Not to be relied on: ${countOf(runs, 'run')}, and shares mean little below 30.`
  return [`Importance (in brackets, where any one run is left out): ${shares.join(', ')}.${doubt}`]
}

/** Where baseline and leader lie in what was searched. */
export function rangeTexts({ ranges, ranking }: StudyReport, symbols: Symbols): string[] {
  const leader = ranking.candidates[0]
  return ranges.flatMap(({ name, low, high, log, baseline, leader: led }) => {
    if (baseline === null && led === null) return []
    const value = (number: number) => shortValue(number, symbols)
    const place = (at: number) => `${Math.round(at * 100)} %`
    const parts = [
      ...(baseline === null ? [] : [`baseline ${value(baseline.value)} at ${place(baseline.place)}`]),
      ...(led === null || leader === undefined
        ? []
        : [`run ${printable(leader.run)} ${value(led.value)} at ${place(led.place)}`]),
    ]
    const atEdge = led !== null && (led.place <= EDGE || led.place >= 1 - EDGE)
    const edge = atEdge ? '; at the edge, with nothing tried beyond' : ''
    return [
      `${printable(name)}: ${value(low)} to ${value(high)}${log ? ' (log)' : ''}, ${parts.join(', ')}${edge}.`,
    ]
  })
}

/** Precision against recall, and stages of progressive training. */
export function detailTexts({ precisionRecall, stages, metric: { scale } }: StudyReport): string[] {
  const texts: string[] = []
  if (precisionRecall !== null) {
    const { baseline, leader, mean, settings } = precisionRecall
    const gap = (name: string, at: typeof baseline) =>
      at === null
        ? []
        : [
            `${name} ${formatMetric(at.precision, scale)} against ${formatMetric(at.recall, scale)}, ${formatDelta(at.gap, scale)}`,
          ]
    const parts = [...gap('baseline', baseline), ...gap('leader', leader)]
    texts.push(
      `Precision against recall: ${[...parts, `mean gap ${formatDelta(mean, scale)} over ${countOf(settings, 'setting')}`].join('; ')}. A threshold moves one against the other at no training cost.`,
    )
  }
  if (stages !== null) {
    const parts = stages.stages.map(({ stage, mean, gain, perEpoch }) => {
      const added =
        gain === null
          ? ''
          : ` (${formatDelta(gain, scale)}${perEpoch === null ? '' : `, ${formatDelta(perEpoch, scale)} an epoch`})`
      return `stage ${stage} ${formatMetric(mean, scale)}${added}`
    })
    texts.push(`Stages, over ${countOf(stages.runs, 'run')}: ${parts.join(', ')}.`)
  }
  return texts
}

/** What the time was worth, and whether to go on. */
export function timeTexts({ time, metric: { scale } }: StudyReport): string[] {
  const { hours, timed, runs, hoursPerRun, gain, gainPerHour, decision } = time
  const spent =
    hours === null
      ? `${countOf(runs, 'run')}; how long they took is not known`
      : `${countOf(runs, 'run')} in ${hoursText(hours)}${timed < runs ? ` (times of ${timed} are known)` : ''}${hoursPerRun === null ? '' : `, ${hoursText(hoursPerRun)} a run`}`
  const rate = gainPerHour === null ? '' : `, ${formatDelta(gainPerHour, scale)} an hour`
  const gained =
    gain === null
      ? ''
      : gain > 0
        ? `; the table gained ${formatDelta(gain, scale)}${rate}`
        : '; nothing gained'
  return [`Time: ${spent}${gained}.`, `${decision.stop ? 'Stop' : 'Go on'}: ${decision.reason}`]
}

/** When tuning is worth it: the rules, as they apply. */
export function adviceLines({ advice }: StudyReport, symbols: Symbols): Line[] {
  const opening = { yes: 'worth it', no: 'not worth it', open: 'open' }[advice.worthIt]
  const signs = {
    for: symbols.better,
    against: symbols.worse,
    neither: symbols.same,
    unknown: symbols.undecided,
  }
  return [
    lineOf(`More tuning: ${opening}.`),
    ...advice.rules.flatMap(({ rule, says, because, source, limit }) => [
      lineOf(`  ${signs[says]} ${rule}: ${because}`),
      ...(says === 'unknown' ? [] : [lineOf(`    by ${source}; ${limit}`, 'faint')]),
    ]),
  ]
}
