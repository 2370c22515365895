import {
  formatPoints,
  formatScore,
  type ParameterName,
  type Scores,
  type Setting,
  type Verdict,
} from '@thresher/core'
import { type BarScale, intervalBar, zeroBar } from './interval-bar.js'
import type { Line, Span, Tone } from './style.js'
import type { Symbols } from './symbols.js'
import { padEnd, padStart } from './text.js'

/** A row of the ranked table. The baseline has rank 'base' and no difference; verdicts come with the bootstrap. */
export interface TableRow {
  readonly rank: number | 'base'
  readonly setting: Setting
  readonly scores: Scores
  readonly delta?: number | undefined
  readonly interval?: readonly [number, number] | undefined
  readonly verdict?: Verdict | undefined
}

/** A parameter's column: its name, and how many decimals show all of its values apart. */
export interface ParameterColumn {
  readonly name: ParameterName
  readonly decimals: number
  readonly width: number
}

type ColumnId = 'rank' | 'hmean' | 'precision' | 'recall' | 'delta' | 'interval' | 'verdict' | ParameterName

export interface Column {
  readonly id: ColumnId
  readonly title: string
  readonly width: number
  readonly decimals?: number
}

const GAP = '  '
const INTERVAL_WIDTH = 28
const RANK_WIDTH = 5
const FIXED = {
  hmean: { id: 'hmean', title: 'H-Mean', width: 6 },
  precision: { id: 'precision', title: 'P', width: 6 },
  recall: { id: 'recall', title: 'R', width: 6 },
  delta: { id: 'delta', title: 'vs baseline', width: 11 },
  interval: { id: 'interval', title: '95 % interval', width: INTERVAL_WIDTH },
  verdict: { id: 'verdict', title: '', width: 8 },
} as const satisfies Record<string, Column>

/** Columns for the parameters that take more than one value, or for all given where none varies. */
export function parameterColumns(
  axes: readonly { readonly name: ParameterName; readonly values: readonly number[] }[],
  baseline: Setting,
): ParameterColumn[] {
  const varying = axes.filter((axis) => axis.values.length > 1)
  return (varying.length > 0 ? varying : axes).map(({ name, values }) => {
    const all = [...values, baseline[name]]
    const decimals = Math.max(...all.map(decimalsOf))
    const width = Math.max(name.length, ...all.map((value) => value.toFixed(decimals).length))
    return { name, decimals, width }
  })
}

/**
 * The columns that fit into `width`, in table order. Always rank, H-Mean, difference and verdict; then parameters,
 * then P and R, then the interval bar, as far as there is room. `compact` leaves P, R and the bar out.
 */
export function chooseColumns(
  parameters: readonly ParameterColumn[],
  width: number,
  { compact = false, rankWidth = RANK_WIDTH }: { compact?: boolean; rankWidth?: number } = {},
): Column[] {
  const rank: Column = { id: 'rank', title: '#', width: rankWidth }
  const cost = (columns: readonly Column[]) =>
    columns.reduce((sum, column) => sum + column.width + GAP.length, 0)
  let left = width + GAP.length - cost([rank, FIXED.hmean, FIXED.delta, FIXED.verdict])
  const take = (columns: readonly Column[]): readonly Column[] => {
    if (cost(columns) > left) return []
    left -= cost(columns)
    return columns
  }
  const shown: Column[] = []
  for (const { name, decimals, width: needed } of parameters) {
    const column = take([{ id: name, title: name, width: needed, decimals }])
    if (column.length === 0) break
    shown.push(...column)
  }
  const pair = compact ? [] : take([FIXED.precision, FIXED.recall])
  const interval = compact ? [] : take([FIXED.interval])
  return [rank, FIXED.hmean, ...pair, FIXED.delta, ...interval, ...shown, FIXED.verdict]
}

/** The table's head. Over the bars stand the differences, in points, at their two ends. */
export function headerLine(columns: readonly Column[], scale: BarScale): Line {
  const cells = columns.map(({ id, title, width }) =>
    id === 'interval' ? intervalTitle(title, scale, width) : padStart(title, width),
  )
  return [{ text: cells.join(GAP).trimEnd(), tone: 'faint' }]
}

export function rowLine(columns: readonly Column[], row: TableRow, scale: BarScale, symbols: Symbols): Line {
  const line: Span[] = []
  for (const [i, column] of columns.entries()) {
    const span = cell(column, row, scale, symbols)
    if (span.text === '') continue
    if (i > 0) line.push({ text: GAP })
    line.push(span)
  }
  return line
}

/** The sign and word of a verdict: "▲ better". */
export function verdictText(verdict: Verdict, symbols: Symbols): string {
  return `${symbols[verdict]} ${verdict}`
}

export function verdictTone(verdict: Verdict | undefined): Tone | undefined {
  return verdict === 'better' || verdict === 'worse' ? verdict : undefined
}

function cell(column: Column, row: TableRow, scale: BarScale, symbols: Symbols): Span {
  const { id, width } = column
  switch (id) {
    case 'rank':
      return { text: padStart(String(row.rank), width), tone: row.rank === 'base' ? 'strong' : undefined }
    case 'hmean':
      return { text: padStart(formatScore(row.scores.hmean), width), tone: 'strong' }
    case 'precision':
    case 'recall':
      return { text: padStart(formatScore(row.scores[id]), width) }
    case 'delta':
      return {
        text: padStart(row.delta === undefined ? '' : formatPoints(row.delta), width),
        tone: verdictTone(row.verdict),
      }
    case 'interval':
      return {
        text:
          row.delta === undefined
            ? zeroBar(scale, width, symbols)
            : intervalBar({ delta: row.delta, interval: row.interval }, scale, width, symbols),
        tone: verdictTone(row.verdict),
      }
    case 'verdict':
      return {
        text: row.verdict ? verdictText(row.verdict, symbols) : '',
        tone: verdictTone(row.verdict),
      }
    default:
      return { text: padStart(row.setting[id].toFixed(column.decimals), width) }
  }
}

function intervalTitle(title: string, { low, high }: BarScale, width: number): string {
  const [left, right] = [low, high].map((end) => (end === 0 ? '0' : formatPoints(end).replace(/ pt$/, '')))
  const start = Math.floor((width - title.length) / 2)
  return padEnd(left!, start) + title + padStart(right!, width - start - title.length)
}

function decimalsOf(value: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return Math.max(0, fraction.length - Number(exponent))
}
