import type { Line } from '../output/style.js'
import { clipLine } from '../output/text.js'
import { type HeadingOptions, headingLines } from './heading-lines.js'
import { trainingColumns, trainingHeader, trainingRowLine } from './training-table.js'
import type { TrainingView } from './training-view.js'

/** A study at one moment in plain lines: counts, and every run. */
export function snapshotLines(view: TrainingView, options: HeadingOptions): Line[] {
  const { width, symbols } = options
  const columns = trainingColumns(view, width, symbols)
  const rows = view.baseline ? [view.baseline, ...view.rows] : view.rows
  const table =
    rows.length === 0
      ? []
      : [[], trainingHeader(columns), ...rows.map((row) => trainingRowLine(columns, row))]
  return [...headingLines(view, options), ...table].map((line) => clipLine(line, width, symbols.ellipsis))
}
