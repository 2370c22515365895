import type { Line } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { clipLine } from '../output/text.js'
import { headingLines } from './heading-lines.js'
import { trainingColumns, trainingHeader, trainingRowLine } from './training-table.js'
import type { TrainingView } from './training-view.js'

/** A study at one moment in plain lines: counts, and every run. */
export function snapshotLines(
  view: TrainingView,
  options: { command: string; now: number; width: number; symbols: Symbols },
): Line[] {
  const { width, symbols } = options
  const columns = trainingColumns(view, width, symbols)
  const rows = view.baseline ? [view.baseline, ...view.rows] : view.rows
  const table =
    rows.length === 0
      ? []
      : [[], trainingHeader(columns), ...rows.map((row) => trainingRowLine(columns, row))]
  return [...headingLines(view, options), ...table].map((line) => clipLine(line, width, symbols.ellipsis))
}
