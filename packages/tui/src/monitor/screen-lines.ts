import type { Grid, Setting } from '@thresher/core'
import { barScale } from '../output/interval-bar.js'
import { type Column, chooseColumns, headerLine, parameterColumns, rowLine } from '../output/ranking-table.js'
import { type SweepTitle, titleLine } from '../output/result-lines.js'
import { type Line, lineOf, type Span } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { clipLine } from '../output/text.js'
import type { UsageHints } from '../output/usage-hints.js'
import { detailsLines } from './details-lines.js'
import { footerLine, helpLines } from './key-lines.js'
import { progressLine } from './progress-line.js'
import type { Row } from './rows.js'
import { detailsHeight, isCompact, isTooSmall, LEAST, screenHeight, tableHeight } from './screen-layout.js'
import type { MonitorState } from './state.js'

/** What the screen shows that never changes during a sweep. */
export interface ScreenView {
  readonly title: SweepTitle
  readonly grid: Grid
  readonly baseline: Setting
  readonly symbols: Symbols
  hints(setting: Setting): UsageHints
}

const MARK_WIDTH = 2

/** The whole screen: exactly one line a row but the last, none wider than the terminal. */
export function screenLines(state: MonitorState, view: ScreenView): Line[] {
  const { size } = state
  const height = screenHeight(size)
  const lines = isTooSmall(size)
    ? tooSmallLines(state, view)
    : state.help
      ? helpScreen(state, view)
      : mainLines(state, view)
  const padded = Array.from({ length: height }, (_, i) => lines[i] ?? [])
  return padded.map((line) => clipLine(line, size.width, view.symbols.ellipsis))
}

function mainLines(state: MonitorState, view: ScreenView): Line[] {
  const { size } = state
  const { symbols } = view
  return [
    titleLine(view.title, size.width, symbols),
    progressLine(state, view),
    [],
    ...fitted(tableLines(state, view), tableHeight(size) + 2),
    ...fitted(detailsLines(state, view), detailsHeight(size)),
    footerLine(state, symbols),
  ]
}

/** Head, baseline, and only those rows that are visible. */
function tableLines(state: MonitorState, view: ScreenView): Line[] {
  const { size, rows, cursor, baseline } = state
  const { symbols } = view
  const rankWidth = Math.max(4, String(rows.count).length)
  const { axes } = state.result?.grid ?? view.grid
  const columns = chooseColumns(parameterColumns(axes, view.baseline), size.width - MARK_WIDTH, {
    compact: isCompact(size),
    rankWidth,
  })
  const visible = Array.from({ length: tableHeight(size) }, (_, i) => rows.at(cursor.offset + i)).filter(
    (row): row is Row => row !== undefined,
  )
  const scale = barScale(visible)
  const base = baseline && { rank: 'base' as const, setting: view.baseline, scores: baseline }
  return [
    marked(headerLine(columns, scale), ' '),
    base
      ? marked(rowLine(columns, base, scale, symbols), ' ')
      : lineOf('  The first image is under way.', 'faint'),
    ...visible.map((row, i) => {
      const selected = cursor.offset + i === cursor.index
      const line = rowLine(columns, row, scale, symbols)
      return marked(
        selected ? emphasised(line) : provisional(line, columns, state),
        selected ? symbols.cursor : ' ',
      )
    }),
  ]
}

function marked(line: Line, mark: string): Line {
  return [{ text: mark.padEnd(MARK_WIDTH), tone: 'accent' }, ...line]
}

function emphasised(line: Line): Line {
  return line.map((span): Span => (span.tone === undefined ? { ...span, tone: 'strong' } : span))
}

/** Ranks that may still change are faint. */
function provisional(line: Line, columns: readonly Column[], { result }: MonitorState): Line {
  if (result || columns.length === 0) return line
  return line.map((span): Span => (span.tone === undefined ? { ...span, tone: 'faint' } : span))
}

function helpScreen(state: MonitorState, view: ScreenView): Line[] {
  return [titleLine(view.title, state.size.width, view.symbols), [], ...helpLines(view.symbols)]
}

function tooSmallLines({ size }: MonitorState, { symbols }: ScreenView): Line[] {
  const by = ` ${symbols.times} `
  return [
    lineOf(`The monitor needs ${LEAST.width}${by}${LEAST.height} or more.`),
    lineOf(`This terminal has ${size.width}${by}${size.height}.`),
    lineOf('Make it larger, or press q to leave.'),
  ]
}

function fitted(lines: readonly Line[], height: number): Line[] {
  return Array.from({ length: height }, (_, i) => lines[i] ?? [])
}
