import type { ParamValue } from '@thresher/core'
import {
  type ComparedSetting,
  formatDelta,
  formatMetric,
  type RankedCandidate,
  type StudyReport,
} from '@thresher/sweeps'
import { metricTitle } from '../../training/metric-title.js'
import { parameterColumns } from '../../training/parameter-columns.js'
import { verdictTone } from '../../training/standing-text.js'
import { type Line, lineOf, type Span } from '../style.js'
import type { Symbols } from '../symbols.js'
import { clip, clipLine, displayWidth, formatCount, padEnd, padStart, printable } from '../text.js'

type Row = ComparedSetting & Partial<RankedCandidate>

interface Column {
  readonly title: string
  readonly left?: boolean
  cell(row: Row): Span
}

const GAP = '  '
const LONGEST_NAME = 24
const LEAST_NOTE = 20

export interface TableOptions {
  readonly width: number
  readonly top: number
  readonly symbols: Symbols
}

/**
 * The settings of a study, the baseline first and then by rank. Columns that do not fit go: parameters from the last
 * on; the note with the verdict takes what is left.
 */
export function studyTable(report: StudyReport, { width, top, symbols }: TableOptions): Line[] {
  const { baseline, candidates } = report.ranking
  const shown: Row[] = [...(baseline ? [baseline] : []), ...candidates.slice(0, top)]
  const fixed = fixedColumns(report, symbols)
  const optional = [
    ...(candidates.some(({ interval }) => interval !== null) ? [intervalColumn(report)] : []),
    ...parameterCells(report, shown, symbols),
    ...countColumns(shown),
  ]
  const widthOf = (column: Column) =>
    Math.max(displayWidth(column.title), ...shown.map((row) => displayWidth(column.cell(row).text)))
  let left =
    width + GAP.length - sumOf(fixed.map((column) => widthOf(column) + GAP.length)) - LEAST_NOTE - GAP.length
  const counts = optional.splice(-countColumns(shown).length)
  const taken = new Set<Column>()
  for (const column of [...counts, ...optional]) {
    const cost = widthOf(column) + GAP.length
    if (cost > left) continue
    left -= cost
    taken.add(column)
  }
  const columns = [
    ...fixed,
    ...optional.filter((column) => taken.has(column)),
    ...counts.filter((column) => taken.has(column)),
    noteColumn(symbols),
  ]
  const widths = columns.map(widthOf)
  const cellsOf = (spans: readonly Span[]): Line =>
    spans.flatMap((span, i) => [
      ...(i > 0 ? [{ text: GAP }] : []),
      {
        ...span,
        text: (columns[i]!.left ? padEnd : padStart)(span.text, widths[i]!),
      },
    ])
  const rest = candidates.length - (shown.length - (baseline ? 1 : 0))
  return [
    cellsOf(columns.map(({ title }) => ({ text: title, tone: 'faint' }))),
    ...shown.map((row) => cellsOf(columns.map((column) => column.cell(row)))),
    ...(rest > 0 ? [lineOf(`${GAP}${formatCount(rest)} more: --top N shows them`, 'faint')] : []),
  ].map((line) => clipLine(trimmed(line), width, symbols.ellipsis))
}

function fixedColumns({ metric, ranking }: StudyReport, symbols: Symbols): Column[] {
  const rank: Column = {
    title: '#',
    cell: ({ rank: place }) =>
      place === undefined ? { text: 'base', tone: 'strong' } : { text: String(place) },
  }
  const run: Column = {
    title: 'run',
    left: true,
    cell: ({ run: name }) => ({ text: clip(printable(name), LONGEST_NAME, symbols.ellipsis) }),
  }
  const value: Column = {
    title: metricTitle(metric.name, symbols.ellipsis),
    cell: ({ value: mean }) => ({ text: formatMetric(mean, metric.scale), tone: 'strong' }),
  }
  const delta: Column = {
    title: 'vs baseline',
    cell: (row) =>
      row.delta == null
        ? { text: symbols.none, tone: 'faint' }
        : { text: formatDelta(row.delta, metric.scale), tone: verdictTone(row.verdict) },
  }
  return [rank, run, value, ...(ranking.baseline ? [delta] : [])]
}

function intervalColumn({ metric: { scale }, level }: StudyReport): Column {
  return {
    title: `${Math.round(level * 100)} % interval`,
    cell: ({ interval }) => ({ text: interval == null ? '' : intervalText(interval, scale) }),
  }
}

/** `-0.03 to +0.17 pt` */
export function intervalText(
  [low, high]: readonly [number, number],
  scale: StudyReport['metric']['scale'],
): string {
  return `${formatDelta(low, scale).replace(/ pt$/, '')} to ${formatDelta(high, scale)}`
}

function parameterCells(report: StudyReport, shown: readonly Row[], symbols: Symbols): Column[] {
  const asMap = (row: Row) => ({ params: new Map<string, ParamValue>(Object.entries(row.params)) })
  const { baseline, candidates } = report.ranking
  const columns = parameterColumns(
    { rows: candidates.map(asMap), baseline: baseline === null ? undefined : asMap(baseline) },
    symbols,
  )
  const maps = new Map(shown.map((row) => [row, asMap(row).params]))
  return columns.map(({ name, title, cell }) => ({
    title,
    left: true,
    cell: (row) =>
      row.unknown.includes(name)
        ? { text: symbols.undecided, tone: 'faint' }
        : { text: cell(maps.get(row)!) },
  }))
}

/** Epochs and runs, where there is anything to say of them. */
function countColumns(shown: readonly Row[]): Column[] {
  const epochs: Column = { title: 'epochs', cell: (row) => ({ text: String(row.epochs ?? '') }) }
  const runs: Column = { title: 'runs', cell: (row) => ({ text: String(row.runs) }) }
  return [
    ...(shown.some((row) => row.epochs !== null) ? [epochs] : []),
    ...(shown.some((row) => row.runs > 1) ? [runs] : []),
  ]
}

function noteColumn(symbols: Symbols): Column {
  return {
    title: '',
    left: true,
    cell: ({ verdict, delta, plan, adjustedPValue, reason }) => {
      if (verdict === undefined || delta === null) return { text: '' }
      const tone = verdictTone(verdict)
      const sign = symbols[verdict]
      if (verdict === 'undecided') {
        return { text: plan == null ? `${sign} undecided` : `${sign} ${seedsText(plan.more)}` }
      }
      const grounds = verdict === 'same' ? ` ${reason}` : `, p ${adjustedPValue!.toPrecision(2)}`
      return { text: `${sign} ${verdict}${grounds}`, tone }
    },
  }
}

function seedsText(more: number | null): string {
  if (more === null) return 'over 1,000 seeds'
  return more === 1 ? '1 more seed' : `${more} more seeds`
}

function trimmed(line: Line): Line {
  const last = line.findLastIndex(({ text }) => text.trim() !== '')
  return line
    .slice(0, last + 1)
    .map((span, i) => (i === last ? { ...span, text: span.text.trimEnd() } : span))
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
