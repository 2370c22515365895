import type { Grid, Setting } from '@thresher/core'
import { barScale } from '../../output/interval-bar.js'
import {
  type Column,
  chooseColumns,
  headerLine,
  parameterColumns,
  rowLine,
} from '../../output/ranking-table.js'
import { type SweepTitle, titleLine } from '../../output/result-lines.js'
import { type Line, lineOf } from '../../output/style.js'
import type { Symbols } from '../../output/symbols.js'
import type { UsageHints } from '../../output/usage-hints.js'
import { helpLines, hintsLine } from '../key-lines.js'
import { fitted, marked, markedWidth, screenFrame, toned } from '../screen-frame.js'
import { detailsLines } from './details-lines.js'
import { KEY_TABLE } from './keys.js'
import { detailsHeight, isCompact, tableHeight } from './layout.js'
import { progressLine } from './progress-line.js'
import type { Row } from './rows.js'
import type { MonitorState } from './state.js'

/** What the screen shows that never changes during a sweep. */
export interface ScreenView {
  readonly title: SweepTitle
  readonly grid: Grid
  readonly baseline: Setting
  readonly symbols: Symbols
  hints(setting: Setting): UsageHints
}

/** The whole screen: exactly one line a row but the last, none wider than the terminal. */
export function screenLines(state: MonitorState, view: ScreenView): Line[] {
  return screenFrame(state.size, view.symbols, () =>
    state.help ? helpScreen(state, view) : mainLines(state, view),
  )
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
  const columns = chooseColumns(parameterColumns(axes, view.baseline), markedWidth(size), {
    compact: isCompact(size),
    rankWidth,
  })
  const visible = Array.from({ length: tableHeight(size) }, (_, i) => rows.at(cursor.offset + i)).filter(
    (row): row is Row => row !== undefined,
  )
  const scale = barScale(visible)
  const base = baseline && { rank: 'base' as const, setting: view.baseline, scores: baseline }
  return [
    marked(headerLine(columns, scale)),
    base
      ? marked(rowLine(columns, base, scale, symbols))
      : lineOf('  The first image is under way.', 'faint'),
    ...visible.map((row, i) => {
      const selected = cursor.offset + i === cursor.index
      const line = rowLine(columns, row, scale, symbols)
      return marked(
        selected ? toned(line, 'strong') : provisional(line, columns, state),
        selected ? symbols.cursor : '',
      )
    }),
  ]
}

/** Ranks that may still change are faint. */
function provisional(line: Line, columns: readonly Column[], { result }: MonitorState): Line {
  if (result || columns.length === 0) return line
  return toned(line, 'faint')
}

function helpScreen(state: MonitorState, view: ScreenView): Line[] {
  return [titleLine(view.title, state.size.width, view.symbols), [], ...helpLines(KEY_TABLE, view.symbols)]
}

/** A question or message if there is one, else the hints of the key table. */
function footerLine({ confirming, notice }: MonitorState, symbols: Symbols): Line {
  if (confirming) {
    return lineOf(
      'The sweep is not finished. q again: stop it, keep what is done, and leave. Other keys: go on.',
      'warning',
    )
  }
  return notice ? lineOf(notice.text, 'accent') : hintsLine(KEY_TABLE, symbols)
}
