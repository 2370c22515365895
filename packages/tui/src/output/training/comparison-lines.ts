import type { ParamValue } from '@thresher/core'
import {
  type ComparedSetting,
  formatDelta,
  formatMetric,
  formatSize,
  type RunComparison,
} from '@thresher/sweeps'
import { arrowOf, shortValue } from '../../training/parameter-columns.js'
import { verdictTone } from '../../training/standing-text.js'
import { type Line, lineOf, type Span } from '../style.js'
import type { Symbols } from '../symbols.js'
import { clipLine, countOf, displayWidth, padEnd, printable, wrapWords } from '../text.js'
import { intervalText } from './study-table.js'

interface Row {
  readonly cells: readonly [name: string, a: string, b: string]
  readonly note?: Span
}

/** Two runs side by side, and what may be said of their difference. */
export function comparisonLines(
  comparison: RunComparison,
  { width, symbols }: { readonly width: number; readonly symbols: Symbols },
): Line[] {
  const { a, b, metric, differing, alike, metrics } = comparison
  const title = (side: ComparedSetting & { readonly study: string }) => printable(`${side.study}:${side.run}`)
  const short = (value: ParamValue | undefined) =>
    value === undefined ? symbols.none : shortValue(value, symbols)
  const rows: Row[] = [
    { cells: ['', title(a), title(b)] },
    {
      cells: [
        printable(metric.name),
        formatMetric(a.value, metric.scale),
        formatMetric(b.value, metric.scale),
      ],
      note: {
        text: `${formatDelta(b.delta!, metric.scale)}${b.interval === null ? '' : `  (${intervalText(b.interval, metric.scale)})`}`,
        tone: verdictTone(b.verdict),
      },
    },
    ...differing.map(
      ({ name, a: left, b: right }): Row => ({
        cells: [printable(name), short(left), short(right)],
        note: { text: left === undefined || right === undefined ? '' : arrowOf(right, left, symbols).trim() },
      }),
    ),
    ...(a.epochs === null && b.epochs === null
      ? []
      : [
          {
            cells: ['epochs', String(a.epochs ?? symbols.none), String(b.epochs ?? symbols.none)],
          } satisfies Row,
        ]),
    { cells: ['runs', String(a.runs), String(b.runs)] },
    ...metrics.map(
      ({ name, a: left, b: right }): Row => ({
        cells: [printable(name), String(Number(left.toPrecision(5))), String(Number(right.toPrecision(5)))],
      }),
    ),
  ]
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map(({ cells }) => displayWidth(cells[at]!))))
  return [
    [
      { text: 'thresher', tone: 'accent' },
      { text: '  compare', tone: 'strong' },
    ] satisfies Line,
    [],
    ...rows.map(({ cells, note }): Line => {
      const text = cells.map((cell, at) => padEnd(cell, widths[at]!)).join('  ')
      return note === undefined || note.text === ''
        ? [{ text: text.trimEnd() }]
        : [{ text: `${text}  ` }, note]
    }),
    ...(alike > 0 ? [lineOf(`${countOf(alike, 'parameter')} alike`, 'faint')] : []),
    [],
    ...verdictTexts(comparison).flatMap((text) => wrapWords(text, width).map((part) => lineOf(part))),
  ].map((line) => clipLine(line, width, symbols.ellipsis))
}

function verdictTexts({ a, b, noise, metric }: RunComparison): string[] {
  const texts = [`${capital(b.verdict)}: ${b.reason}.`]
  if (noise.deviation !== null) {
    texts.push(`Runs of one setting deviate by ${formatSize(noise.deviation, metric.scale)}.`)
  }
  if (a.study !== b.study) {
    texts.push('Two studies: whether data, code and training were alike is not known here.')
  }
  return texts
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
