import { type Line, lineOf, type Span } from '../../output/style.js'
import type { Symbols } from '../../output/symbols.js'
import { lineWidth, printable } from '../../output/text.js'
import { headingLines } from '../../training/heading-lines.js'
import { pageLines, standingLine } from '../../training/page-lines.js'
import { commandOf } from '../../training/run-facts.js'
import { standingSpan } from '../../training/standing-text.js'
import type { TrainingRow } from '../../training/training-row.js'
import {
  noteOf,
  STATE_TONES,
  type TrainingColumn,
  trainingColumns,
  trainingHeader,
  trainingRowLine,
} from '../../training/training-table.js'
import type { TrainingView } from '../../training/training-view.js'
import { helpLines, hintsLine } from '../key-lines.js'
import type { KeyTable } from '../keys.js'
import { fitted, marked, markedWidth, screenFrame } from '../screen-frame.js'
import type { Action } from './keys.js'
import { detailsHeight, HEADING, pageHeight, tableHeight } from './layout.js'
import type { TrainingState } from './state.js'

/** What the screen shows that never changes. */
export interface TrainingScreen {
  /** `watch` or `sweep`. */
  readonly command: string
  readonly symbols: Symbols
  readonly keys: KeyTable<Action>
  /** Milliseconds since 1970. */
  today(): number
}

/** The whole screen: exactly one line a row but the last, none wider than the terminal. */
export function screenLines(state: TrainingState, screen: TrainingScreen): Line[] {
  return screenFrame(state.size, screen.symbols, () => {
    const { view } = state
    if (!view)
      return [lineOf('thresher', 'strong'), lineOf(state.trouble ?? state.notice?.text ?? 'starting')]
    if (state.help) return [...heading(view, state, screen), [], ...helpLines(screen.keys, screen.symbols)]
    const row = state.page && findRow(view, state.page.key)
    const lines = row ? pageScreen(row, view, state, screen) : tableScreen(view, state, screen)
    return [...lines, footerLine(state, screen)]
  })
}

/** How far the page about a run can be scrolled. */
export function furthestOffset(state: TrainingState, screen: TrainingScreen): number {
  const row = state.page && state.view && findRow(state.view, state.page.key)
  if (!row || !state.view) return 0
  return Math.max(0, pageOf(row, state.view, state, screen).length - pageHeight(state.size))
}

function tableScreen(view: TrainingView, state: TrainingState, screen: TrainingScreen): Line[] {
  const { size } = state
  return [
    ...fitted(heading(view, state, screen), HEADING),
    statusLine(view, state),
    ...fitted(tableLines(view, state, screen), tableHeight(size) + 2),
    ...fitted(detailLines(view, state, screen), detailsHeight(size)),
  ]
}

function pageScreen(
  row: TrainingRow,
  view: TrainingView,
  state: TrainingState,
  screen: TrainingScreen,
): Line[] {
  const [title] = heading(view, state, screen)
  const lines = pageOf(row, view, state, screen)
  const height = pageHeight(state.size)
  const offset = Math.min(state.page!.offset, Math.max(0, lines.length - height))
  return [title!, [], ...fitted(lines.slice(offset), height)]
}

function pageOf(
  row: TrainingRow,
  view: TrainingView,
  { size }: TrainingState,
  { symbols, today }: TrainingScreen,
): Line[] {
  return pageLines(row, view, { now: today(), width: size.width, symbols })
}

function heading(
  view: TrainingView,
  { size, activity }: TrainingState,
  { command, symbols, today }: TrainingScreen,
): Line[] {
  const { trainer, phase } = activity
  const more = [trainer, phase].filter((part) => part !== undefined)
  return headingLines(view, { command, now: today(), width: size.width, symbols, more })
}

/** Head, baseline, and only those rows that are visible. */
function tableLines(view: TrainingView, state: TrainingState, screen: TrainingScreen): Line[] {
  const { size, rows, cursor, order } = state
  const { symbols } = screen
  const columns = columnsOf(view, markedWidth(size), symbols)
  const pinned = rows.pinned ?? 0
  const places = [
    ...Array.from({ length: pinned }, (_, i) => i),
    ...Array.from({ length: tableHeight(size) + 1 - pinned }, (_, i) => pinned + cursor.offset + i),
  ]
  const sorted =
    order.id === 'rank' && !order.reversed
      ? undefined
      : { id: order.id, mark: order.reversed ? symbols.up : symbols.down }
  return [
    marked(trainingHeader(columns, sorted)),
    ...places.flatMap((place) => {
      const row = rows.at(place)
      return row ? [rowLine(columns, row, place === cursor.index, symbols)] : []
    }),
    ...(rows.count <= pinned ? [lineOf(emptyText(view, state), 'faint')] : []),
  ]
}

const known = new WeakMap<
  TrainingView,
  { readonly width: number; readonly symbols: Symbols; readonly columns: readonly TrainingColumn[] }
>()

/** The columns of a view, worked out once for each width: they look at every row. */
function columnsOf(view: TrainingView, width: number, symbols: Symbols): readonly TrainingColumn[] {
  const held = known.get(view)
  if (held?.width === width && held.symbols === symbols) return held.columns
  const columns = trainingColumns(view, width, symbols)
  known.set(view, { width, symbols, columns })
  return columns
}

function rowLine(
  columns: readonly TrainingColumn[],
  row: TrainingRow,
  selected: boolean,
  symbols: Symbols,
): Line {
  const line = trainingRowLine(columns, row)
  if (!selected) return marked(line)
  return marked(
    line.map(
      (span): Span => (span.tone === undefined || span.tone === 'faint' ? { ...span, tone: 'strong' } : span),
    ),
    symbols.cursor,
  )
}

function emptyText({ rows }: TrainingView, { filter }: TrainingState): string {
  return rows.length > 0 ? `  No run fits the filter ${filter}` : '  No other run yet.'
}

/** What the table is narrowed, sorted or held by. */
function statusLine(
  view: TrainingView,
  { filter, beforeTyping, order, frozen, rows, latest, trouble, stopping, ended }: TrainingState,
): Line {
  const pinned = rows.pinned ?? 0
  const typing = beforeTyping !== undefined
  const parts: Span[][] = [
    ...(trouble === undefined ? [] : [[{ text: printable(trouble), tone: 'warning' } as const]]),
    ...(stopping
      ? [
          [
            {
              text: 'stopping: what is finished is kept, what runs is queued again',
              tone: 'warning',
            } as const,
          ],
        ]
      : []),
    ...(ended === undefined ? [] : [[{ text: `ended: ${printable(ended)}`, tone: 'strong' } as const]]),
    ...(frozen
      ? [
          [
            {
              text: latest === view ? 'held still (z goes on)' : 'held still, there is news (z goes on)',
              tone: 'warning',
            } as const,
          ],
        ]
      : []),
    ...(filter === '' || typing
      ? []
      : [
          [
            { text: `filter ${filter}`, tone: 'accent' } as const,
            { text: `  ${rows.count - pinned} of ${view.rows.length}` },
          ],
        ]),
    ...(order.id === 'rank'
      ? []
      : [
          [
            {
              text: `by ${order.id.replace(/^p\./, '')}${order.reversed ? ', reversed' : ''}`,
              tone: 'faint',
            } as const,
          ],
        ]),
  ]
  return parts.flatMap((spans, i) => (i > 0 ? [{ text: '   ' }, ...spans] : spans))
}

/** The selected run in two to four lines. */
function detailLines(
  view: TrainingView,
  { rows, cursor, size }: TrainingState,
  { symbols }: TrainingScreen,
): Line[] {
  const row = rows.at(cursor.index)
  if (!row) return []
  const standing = standingLine(row, view, { width: size.width, symbols })
  const verdict: Line = row.standing
    ? [standingSpan(row.standing, symbols)]
    : [{ text: noteOf(row, size.width, symbols), tone: STATE_TONES[row.state] }]
  const parameters = Array.from(row.params, ([name, value]) => `${name} ${value}`).join('  ')
  if (detailsHeight(size) < 4)
    return [standing, lineWidth(verdict) > 0 ? verdict : lineOf(printable(parameters))]
  return [[], standing, verdict, lineOf(printable(parameters)), lineOf(commandOf(row), 'faint')]
}

/** What is typed, a question or message if there is one, else the hints of the key table. */
function footerLine(
  { filter, beforeTyping, confirming, notice }: TrainingState,
  { keys, symbols }: TrainingScreen,
): Line {
  if (beforeTyping !== undefined) {
    return [
      { text: '/', tone: 'strong' },
      { text: filter },
      { text: '_', tone: 'accent' },
      { text: '   enter keeps it, escape takes it back', tone: 'faint' },
    ]
  }
  if (confirming) {
    return lineOf(
      'The sweep is not finished. q again: stop it, keep what is done, and leave. Other keys: go on.',
      'warning',
    )
  }
  return notice ? lineOf(notice.text, 'accent') : hintsLine(keys, symbols)
}

function findRow({ baseline, rows }: TrainingView, key: number): TrainingRow | undefined {
  return baseline?.key === key ? baseline : rows.find((row) => row.key === key)
}
