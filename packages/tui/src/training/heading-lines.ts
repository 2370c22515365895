import { formatDuration, type NamedOptions } from '@thresher/core'
import { type Line, lineOf, type Span } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { countOf, printable, spread } from '../output/text.js'
import { outlookOf } from './outlook.js'
import { STATE_TONES } from './training-table.js'
import type { TrainingView } from './training-view.js'

export interface HeadingOptions {
  /** `watch` or `sweep`. */
  readonly command: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly width: number
  readonly symbols: Symbols
  /** What else is to be said of the sweep. */
  readonly more?: readonly string[]
}

/** The lines above the table: study, counts and time, then metric and search; two where they fit, else three. */
export function headingLines(view: TrainingView, options: HeadingOptions): Line[] {
  const { command, now, width, symbols, more = [] } = options
  const title: Line = [
    { text: 'thresher', tone: 'strong' },
    { text: `  ${command}  ` },
    { text: printable(view.study), tone: 'accent' },
  ]
  const counts = countSpans(view, symbols)
  const time = lineOf(timeText(view, now))
  const right: Line = [...counts, { text: '   ' }, ...time]
  const about = lineOf(aboutText(view, symbols, more), 'faint')
  const whole = spread(title, right, width)
  return whole.length > title.length ? [whole, about] : [spread(title, time, width), counts, about]
}

/** "12 runs  ✓ 8 done  ● 2 running  ✂ 2 pruned" */
function countSpans({ counts, toStart = 0 }: TrainingView, symbols: Symbols): Span[] {
  const all =
    toStart > 0
      ? `${counts.all - counts.waiting} of ${counts.all - counts.waiting + toStart} runs`
      : countOf(counts.all, 'run')
  const part = (state: Exclude<keyof typeof counts, 'all' | 'silent'>, word: string): Span[] =>
    counts[state] === 0
      ? []
      : [{ text: `  ${symbols[state]} ${counts[state]} ${word}`, tone: STATE_TONES[state] }]
  return [
    { text: all },
    ...part('complete', 'done'),
    ...part('running', 'running'),
    ...(counts.silent > 0
      ? [{ text: `, ${counts.silent} without a sign of life`, tone: 'warning' } as const]
      : []),
    ...part('waiting', 'queued'),
    ...part('pruned', 'pruned'),
    ...part('failed', 'failed'),
  ]
}

/** "3 h 12 m, about 1 h 40 m left" */
function timeText(view: TrainingView, now: number): string {
  const { elapsed, left } = outlookOf(view, now)
  const { running, silent, waiting, all } = view.counts
  if (all === 0) return 'no run yet'
  // Runs that were only written down took no time.
  if (elapsed === 0 && running + waiting === 0) return 'all ended'
  const took = formatDuration(elapsed)
  if (left !== undefined) return `${took}, about ${formatDuration(left)} left`
  if (running > silent) return took
  return waiting + silent > 0 ? `${took}, none is running` : `${took}, all ended`
}

/** "metric val/hmean, higher is better · TPE · Hyperband min 10 eta 2 · baseline over seeds 42, 777, 2024" */
function aboutText(view: TrainingView, symbols: Symbols, more: readonly string[]): string {
  const { metric, direction, objectives, imported, sampler, pruner, seeds, baseline } = view
  const better = direction === 'maximize' ? 'higher is better' : 'lower is better'
  const parts = [
    `${metric === undefined ? 'value' : `metric ${printable(metric)}`}, ${better}`,
    ...(objectives > 1 ? [`the first of ${objectives} objectives`] : []),
    ...(imported ? ['imported'] : []),
    ...(sampler && !imported ? [SAMPLERS[sampler.name] ?? printable(sampler.name)] : []),
    ...(pruner && pruner.name !== 'nop' ? [prunerText(pruner)] : []),
    ...(baseline && seeds
      ? [`baseline over ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`]
      : []),
    ...more,
  ]
  return parts.join(` ${symbols.separator} `)
}

const SAMPLERS: Readonly<Record<string, string>> = {
  tpe: 'TPE',
  gp: 'GP',
  'cma-es': 'CMA-ES',
  nsga2: 'NSGA-II',
  pbt: 'PBT',
}

const PRUNERS: Readonly<
  Record<string, readonly [title: string, ...options: (readonly [option: string, title: string])[]]>
> = {
  hyperband: ['Hyperband', ['minResource', 'min'], ['reductionFactor', 'eta']],
  'successive-halving': ['successive halving', ['minResource', 'min'], ['reductionFactor', 'eta']],
  asha: ['ASHA', ['min', 'min'], ['eta', 'eta']],
  median: ['median pruner'],
  percentile: ['percentile pruner', ['percentile', '']],
  patient: ['patient pruner', ['patience', '']],
  threshold: ['threshold pruner'],
  wilcoxon: ['Wilcoxon pruner'],
}

function prunerText({ name, options }: NamedOptions): string {
  const [title, ...shown] = PRUNERS[name] ?? [printable(name)]
  const values = options as Readonly<Record<string, unknown>>
  const words = shown.flatMap(([option, label]) => {
    const value = values[option]
    return value === undefined || typeof value === 'object' ? [] : `${label} ${value}`.trim()
  })
  return [title, ...words].join(' ')
}
