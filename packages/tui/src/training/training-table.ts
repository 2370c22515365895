import { formatDelta, formatMetric } from '@thresher/sweeps/sweep-study'
import type { Line, Span, Tone } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { clip, displayWidth, padEnd, padStart, printable } from '../output/text.js'
import { curveText } from './curve-text.js'
import { greatest } from './greatest.js'
import { metricTitle } from './metric-title.js'
import { type ParameterColumn, parameterColumns } from './parameter-columns.js'
import { standingText, verdictTone } from './standing-text.js'
import type { RunState, TrainingRow } from './training-row.js'
import type { TrainingView } from './training-view.js'

/** A column of the table of runs. */
export interface TrainingColumn {
  /** What a view sorts by, where it can. */
  readonly id: string
  readonly title: string
  readonly width: number
  /** Titles of texts stand over their beginning. */
  readonly left?: boolean
  cell(row: TrainingRow): Span
}

const GAP = '  '
const LEAST_NOTE = 16
const LONGEST_NOTE = 72
/** The note goes before further parameters where the table is this wide. */
const NOTE_FROM = 100
const LONGEST_NAME = 24
const CURVE_WIDTH = 24
const FIRST_PARAMETERS = 4

export const STATE_TONES: Readonly<Record<RunState, Tone | undefined>> = {
  complete: undefined,
  running: 'accent',
  waiting: 'faint',
  pruned: 'faint',
  failed: 'worse',
}

/**
 * The columns that fit into `width`, in table order: always rank, run, value, difference and verdict; then epochs and
 * seeds, then parameters, then the note (verdict in words, curve, or why a run ended). Wide tables have the note before
 * the parameters beyond the fourth.
 */
export function trainingColumns(view: TrainingView, width: number, symbols: Symbols): TrainingColumn[] {
  const fixed = [rankColumn(view, symbols), runColumn(view, symbols), valueColumn(view, symbols)]
  const compared = view.baseline ? [differenceColumn(view, symbols), verdictColumn(symbols)] : []
  let left = width + GAP.length - cost([...fixed, ...compared])
  const take = (column: TrainingColumn, reserve = 0): TrainingColumn[] => {
    if (cost([column]) > left - reserve) return []
    left -= cost([column])
    return [column]
  }
  const progress = [epochsColumn(view), ...(view.seeds ? [seedsColumn(view, symbols)] : [])].flatMap(
    (column) => take(column),
  )
  const reserve = width >= NOTE_FROM ? LEAST_NOTE + GAP.length : 0
  const parameters: TrainingColumn[] = []
  for (const [i, column] of parameterColumns(view, symbols).entries()) {
    const taken = take(
      parameterColumn(column, symbols),
      i < FIRST_PARAMETERS ? reserve : reserve + LEAST_NOTE,
    )
    if (taken.length === 0) break
    parameters.push(...taken)
  }
  const noteWidth = Math.min(LONGEST_NOTE, left - GAP.length)
  const note = noteWidth >= LEAST_NOTE ? [noteColumn(noteWidth, symbols)] : []
  return [...fixed, ...compared, ...parameters, ...progress, ...note]
}

/** The table's head; the column that is sorted by has a mark, which takes of the gap behind it. */
export function trainingHeader(
  columns: readonly TrainingColumn[],
  sorted?: { readonly id: string; readonly mark: string },
): Line {
  const cells = columns.map(({ id, title, width, left }) => {
    const mark = id === sorted?.id ? sorted.mark : ''
    const room = width + GAP.length
    return left ? padEnd(title + mark, room) : padEnd(padStart(title, width) + mark, room)
  })
  return [{ text: cells.join('').trimEnd(), tone: 'faint' }]
}

export function trainingRowLine(columns: readonly TrainingColumn[], row: TrainingRow): Line {
  const cells = columns.map(({ width, left, cell }): Span => {
    const { text, tone } = cell(row)
    return { text: left ? padEnd(text, width) : padStart(text, width), tone }
  })
  const last = cells.findLastIndex(({ text }) => text.trim() !== '')
  return cells
    .slice(0, last + 1)
    .flatMap((span, i) => [
      ...(i > 0 ? [{ text: GAP }] : []),
      i === last ? { ...span, text: span.text.trimEnd() } : span,
    ])
}

/** What is to be said of a run in a few words: its verdict, why it ended, or how it goes. */
export function noteOf(row: TrainingRow, width: number, symbols: Symbols): string {
  if (row.state === 'complete') return row.standing ? standingText(row.standing, width) : ''
  if (row.silent) return 'no sign of life: killed?'
  if (row.state === 'running') return curveText(row.shown, Math.min(width, CURVE_WIDTH), symbols)
  if (row.state === 'waiting') return 'queued'
  const reason = printable(row.reason ?? '')
  // Of a bracket's rung the rung is what counts.
  return displayWidth(reason) <= width ? reason : reason.replace(/^bracket \d+, /, '')
}

/** `22/22`, or `14` where nobody knows of how many. */
function epochsText({ epochs, epochsPlanned }: TrainingRow): string {
  if (epochs === 0) return ''
  return epochsPlanned === undefined ? String(epochs) : `${epochs}/${Math.max(epochs, epochsPlanned)}`
}

function cost(columns: readonly TrainingColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, 0)
}

/** Of a column's longest cell. */
function widthOf(
  { rows, baseline }: Pick<TrainingView, 'rows' | 'baseline'>,
  text: (row: TrainingRow) => string,
  least: number,
): number {
  const all = baseline ? [baseline, ...rows] : rows
  return greatest(
    all.map((row) => displayWidth(text(row))),
    least,
  )
}

function rankColumn({ rows }: TrainingView, symbols: Symbols): TrainingColumn {
  return {
    id: 'rank',
    title: '#',
    width: Math.max(4, String(rows.length).length),
    cell: (row) => {
      if (row.baseline) return { text: 'base', tone: 'strong' }
      if (row.rank !== undefined) return { text: String(row.rank) }
      return { text: symbols[row.state], tone: STATE_TONES[row.state] }
    },
  }
}

function runColumn(view: TrainingView, symbols: Symbols): TrainingColumn {
  const text = ({ name }: TrainingRow) => clip(printable(name), LONGEST_NAME, symbols.ellipsis)
  return { id: 'run', title: 'run', width: widthOf(view, text, 3), cell: (row) => ({ text: text(row) }) }
}

function valueColumn({ metric, scale, rows, baseline }: TrainingView, symbols: Symbols): TrainingColumn {
  const title = metricTitle(metric, symbols.ellipsis)
  const text = ({ value }: TrainingRow) => (value === undefined ? '' : formatMetric(value, scale))
  return {
    id: 'value',
    title,
    width: widthOf({ rows, baseline }, text, Math.max(6, displayWidth(title))),
    cell: (row) => ({ text: text(row), tone: row.state === 'complete' ? 'strong' : STATE_TONES[row.state] }),
  }
}

function differenceColumn({ scale }: TrainingView, symbols: Symbols): TrainingColumn {
  return {
    id: 'difference',
    title: 'vs baseline',
    width: 11,
    cell: ({ standing, baseline }) => {
      if (baseline) return { text: symbols.none, tone: 'faint' }
      if (standing?.delta == null) return { text: '' }
      return { text: formatDelta(standing.delta, scale), tone: verdictTone(standing.verdict) }
    },
  }
}

function verdictColumn(symbols: Symbols): TrainingColumn {
  return {
    id: 'verdict',
    title: '',
    width: 1,
    cell: ({ standing }) =>
      standing ? { text: symbols[standing.verdict], tone: verdictTone(standing.verdict) } : { text: '' },
  }
}

function parameterColumn(column: ParameterColumn, symbols: Symbols): TrainingColumn {
  return {
    id: `p.${column.name}`,
    title: column.title,
    width: column.width,
    left: true,
    // Somebody chose it, and nobody wrote it down.
    cell: ({ params, standing }) =>
      standing?.unknown.includes(column.name)
        ? { text: symbols.undecided, tone: 'faint' }
        : { text: column.cell(params) },
  }
}

function epochsColumn(view: TrainingView): TrainingColumn {
  return {
    id: 'epochs',
    title: 'epochs',
    width: widthOf(view, epochsText, 6),
    cell: (row) => ({ text: epochsText(row) }),
  }
}

function seedsColumn(view: TrainingView, symbols: Symbols): TrainingColumn {
  const text = ({ seedsDone, seedsRunning }: TrainingRow) =>
    seedsRunning > 0 && seedsDone > 0 ? `${seedsDone}+${seedsRunning}${symbols.running}` : String(seedsDone)
  return { id: 'seeds', title: 'seeds', width: widthOf(view, text, 5), cell: (row) => ({ text: text(row) }) }
}

function noteColumn(width: number, symbols: Symbols): TrainingColumn {
  return {
    id: 'note',
    title: '',
    width,
    left: true,
    cell: (row) => ({
      text: clip(noteOf(row, width, symbols), width, symbols.ellipsis),
      tone: row.silent
        ? 'warning'
        : row.standing
          ? verdictTone(row.standing.verdict)
          : STATE_TONES[row.state],
    }),
  }
}
