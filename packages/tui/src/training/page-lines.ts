import { formatDuration, formatValue, type ParamValue, seedOf, type TrialRecord } from '@thresher/core'
import { endReason, formatDelta, formatMetric } from '@thresher/sweeps/sweep-study'
import { type Line, lineOf, type Span } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { clip, displayWidth, lineWidth, padEnd, printable, wrapWords } from '../output/text.js'
import { curveChart } from './curve-chart.js'
import { epochsDone, firstStepOf } from './epochs.js'
import { metricTitle } from './metric-title.js'
import { arrowOf } from './parameter-columns.js'
import { factsOf } from './run-facts.js'
import { standingSpan, verdictTone } from './standing-text.js'
import type { TrainingRow } from './training-row.js'
import { STATE_TONES } from './training-table.js'
import { lastValueOf, STATE_OF, type TrainingView } from './training-view.js'

const INDENT = '  '
/** Of a text that a program left, such as an error with all its lines. */
const LONGEST_TEXT = 2000
const CHART = { height: 6, width: 66 } as const

export interface PageOptions {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly width: number
  readonly symbols: Symbols
}

/** All about one run: how it stands, its trials, parameters, curve, and what is kept with it. */
export function pageLines(row: TrainingRow, view: TrainingView, options: PageOptions): Line[] {
  const parts = [
    standingLines(row, view, options),
    trialLines(row, view, options),
    parameterLines(row, view, options),
    curveLines(row, view, options),
    factLines(row, options),
  ]
  return parts.filter((lines) => lines.length > 0).flatMap((lines, i) => (i > 0 ? [[], ...lines] : lines))
}

/**
 * "run 8, rank 1 of 8: H-Mean 0.9660, baseline 0.9653: +0.07 pt on the same 2 seeds"; without the baseline's value
 * where that is too wide.
 */
export function standingLine(
  row: TrainingRow,
  view: TrainingView,
  { width, symbols }: Pick<PageOptions, 'width' | 'symbols'>,
): Line {
  const { scale, metric, baseline, bySeeds } = view
  const ranked = view.rows.filter(({ rank }) => rank !== undefined).length
  const place = row.baseline
    ? ', the baseline'
    : row.rank === undefined
      ? ''
      : `, rank ${row.rank} of ${ranked}`
  const state: Span[] =
    row.state === 'complete'
      ? []
      : [{ text: `${symbols[row.state]} ${row.state}, `, tone: STATE_TONES[row.state] }]
  const value =
    row.value === undefined
      ? 'no value yet'
      : `${metricTitle(metric, symbols.ellipsis)} ${formatMetric(row.value, scale)}`
  const head: Line = [
    { text: `run ${printable(row.name)}`, tone: 'strong' },
    { text: `${place}: ` },
    ...state,
    { text: value },
  ]
  const { standing } = row
  if (standing?.delta == null || baseline?.value === undefined) return head
  const delta = { text: formatDelta(standing.delta, scale), tone: verdictTone(standing.verdict) }
  const shared = bySeeds ? sharedSeeds(row, baseline) : 0
  const on = shared === 0 ? '' : ` on the same ${shared === 1 ? 'seed' : `${shared} seeds`}`
  const whole: Line = [
    ...head,
    { text: `, baseline ${formatMetric(baseline.value, scale)}: ` },
    delta,
    { text: on },
  ]
  return lineWidth(whole) <= width ? whole : [...head, { text: ', ' }, delta]
}

/** How many seeds both have finished. */
function sharedSeeds(row: TrainingRow, baseline: TrainingRow): number {
  const [own, others] = [row, baseline].map(
    ({ trials }) =>
      new Set(trials.flatMap((trial) => (trial.state === 'COMPLETE' ? (seedOf(trial) ?? []) : []))),
  ) as [Set<number>, Set<number>]
  return [...own].filter((seed) => others.has(seed)).length
}

function standingLines(row: TrainingRow, view: TrainingView, options: PageOptions): Line[] {
  const { standing } = row
  const lines: Line[] = [standingLine(row, view, options)]
  if (standing) {
    lines.push([standingSpan(standing, options.symbols)])
    if (standing.interval) {
      const [low, high] = standing.interval.map((end) => formatDelta(end, view.scale))
      lines.push(lineOf(`95 % interval of the difference: ${low} to ${high}`))
    }
  }
  if (row.reason === undefined) return lines
  const reason = wrapWords(shortened(row.reason), options.width)
  return [...lines, ...reason.map((text) => lineOf(text, STATE_TONES[row.state]))]
}

function trialLines({ trials }: TrainingRow, view: TrainingView, { now, symbols }: PageOptions): Line[] {
  const first = firstStepOf(view.trials)
  const title = metricTitle(view.metric, symbols.ellipsis)
  const cells = trials.map((trial) => [
    String(trial.number),
    String(seedOf(trial) ?? symbols.none),
    `${symbols[STATE_OF[trial.state]]} ${STATE_OF[trial.state]}`,
    valueText(trial, view),
    String(epochsDone(trial, first)),
    tookText(trial, now),
    endReason(trial) ?? '',
  ])
  const heads = ['trial', 'seed', 'state', title, 'epochs', 'took', '']
  return tableLines(heads, cells, (i) => STATE_TONES[STATE_OF[trials[i]!.state]])
}

function parameterLines(
  { params, baseline }: TrainingRow,
  view: TrainingView,
  { symbols }: PageOptions,
): Line[] {
  const reference = baseline ? undefined : view.baseline?.params
  const cells = Array.from(params, ([name, value]) => {
    const held = reference?.get(name)
    return [
      name,
      fullValue(value),
      held === undefined ? '' : `${fullValue(held)}${arrowOf(value, held, symbols)}`,
    ]
  })
  return tableLines(['parameter', 'value', reference ? 'baseline' : ''], cells, () => undefined)
}

function curveLines({ shown }: TrainingRow, view: TrainingView, { width, symbols }: PageOptions): Line[] {
  const values = [...shown.intermediate.values()]
  const finite = values.filter(Number.isFinite)
  const labels = [Math.max(...finite), Math.min(...finite)].map((value) => formatMetric(value, view.scale))
  const label = Math.max(...labels.map((text) => text.length))
  const room = width - label - INDENT.length - 2
  const chart = curveChart(values, {
    width: Math.max(1, Math.min(CHART.width, room)),
    height: CHART.height,
    symbols,
  })
  if (chart.length === 0) return []
  const steps = [...shown.intermediate.keys()]
  return [
    lineOf(`curve of trial ${shown.number}, steps ${steps[0]} to ${steps.at(-1)}`, 'faint'),
    ...chart.map(
      (text, i): Line => [
        {
          text: INDENT + (i === 0 ? labels[0]! : i === CHART.height - 1 ? labels[1]! : '').padStart(label),
          tone: 'faint',
        },
        { text: ` ${symbols.zero}`, tone: 'faint' },
        { text, tone: 'accent' },
      ],
    ),
  ]
}

function factLines({ shown }: TrainingRow, { width }: PageOptions): Line[] {
  const facts = factsOf(shown)
  const widest = Math.max(0, ...facts.map(([name]) => displayWidth(printable(name))))
  return facts.flatMap(([name, value]) =>
    wrapWords(shortened(value), Math.max(1, width - widest - INDENT.length - 2)).map(
      (text, i): Line => [
        { text: INDENT + padEnd(i === 0 ? printable(name) : '', widest + 2), tone: 'faint' },
        { text },
      ],
    ),
  )
}

/** Columns of texts under their heads, each as wide as it needs. */
function tableLines(
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  tone: (row: number) => Span['tone'],
): Line[] {
  if (cells.length === 0) return []
  const shown = cells.map((row) => row.map(shortened))
  const widths = heads.map((head, i) =>
    Math.max(displayWidth(head), ...shown.map((row) => displayWidth(row[i]!))),
  )
  const line = (row: readonly string[]) =>
    INDENT +
    row
      .map((text, i) => padEnd(text, widths[i]!))
      .join(INDENT)
      .trimEnd()
  return [lineOf(line(heads), 'faint'), ...shown.map((row, i) => lineOf(line(row), tone(i)))]
}

function valueText(trial: TrialRecord, { scale }: TrainingView): string {
  const value = lastValueOf(trial)
  return value === undefined ? '' : formatMetric(value, scale)
}

function tookText({ start, complete, state }: TrialRecord, now: number): string {
  if (start === undefined) return ''
  const end = complete?.getTime() ?? (state === 'RUNNING' ? now : undefined)
  return end === undefined ? '' : formatDuration(Math.max(0, end - start.getTime()) / 1000)
}

function fullValue(value: ParamValue): string {
  return typeof value === 'number' ? formatValue(value) : String(value)
}

function shortened(text: string): string {
  return printable(clip(text, LONGEST_TEXT, '...'))
}
