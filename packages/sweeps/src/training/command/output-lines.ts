import { InputError, parsePythonJson } from '@thresher/core'
import { type MetricRow, numberIn, rowOf, rowOfObject } from './metric-row.js'

/** Reads the row of metrics in a line; undefined where there is none. */
export type LineReader = (line: string) => MetricRow | undefined

/** Reads lines that are JSON objects, as Python writes JSON: NaN and Infinity included. */
export const readJsonLine: LineReader = (line) => {
  const text = line.trim()
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined
  try {
    return rowOfObject(parsePythonJson(text) as object)
  } catch {
    // Garbage between the lines that count is what programs print.
    return undefined
  }
}

/**
 * Reads what a pattern finds in a line, once or several times: the groups `name` and `value`, and `step`, the trainer's
 * epoch. Without a group `name` the value is `metric`. Groups may be written as in Python, `(?P<value>...)`.
 * @throws InputError for a pattern that is none, or without a group `value`.
 */
export function patternReader(pattern: string, metric: string): LineReader {
  let expression: RegExp
  try {
    expression = new RegExp(pattern.replaceAll('(?P<', '(?<'), 'gu')
  } catch (error) {
    throw new InputError(`pattern ${JSON.stringify(pattern)}: ${(error as Error).message}; mend it.`)
  }
  if (!expression.source.includes('(?<value>')) {
    throw new InputError(
      `pattern ${JSON.stringify(pattern)}: has no group named value; write the number as (?<value>[-+.\\w]+).`,
    )
  }
  return (line) => {
    const numbers = new Map<string, number>()
    for (const { groups } of line.matchAll(expression)) {
      const step = numberIn(groups?.step ?? '')
      if (step !== undefined) numbers.set('epoch', step)
      const value = numberIn(groups?.value ?? '')
      if (value !== undefined) numbers.set(groups?.name ?? metric, value)
    }
    return rowOf(numbers)
  }
}
