import type { TrainingRow } from './training-row.js'

/** Whether a row is among those asked for. */
export type RowFilter = (row: TrainingRow) => boolean

const COMPARISON = /^(?<name>[^<>=!]+?)(?<operator><=|>=|!=|=|<|>)(?<value>.+)$/

/**
 * A filter as it is typed: words that all have to fit, `-word` for must not, `a|b` for either. A word is `state:NAME`,
 * `NAME=VALUE` or another comparison of a parameter, of `run`, `rank`, `value`, `difference`, `epochs` or `seeds`, or
 * a text that occurs among states, verdicts, parameter values and reasons. What is empty fits everything.
 */
export function rowFilter(text: string): RowFilter {
  const words = text.split(/\s+/).filter((word) => word !== '' && word !== '-')
  const tests = words.map((word) => {
    const alternatives = word
      .replace(/^-/, '')
      .split('|')
      .filter((part) => part !== '')
      .map(wordTest)
    const any: RowFilter = (row) => alternatives.length === 0 || alternatives.some((test) => test(row))
    return word.startsWith('-') ? (row: TrainingRow) => !any(row) : any
  })
  return (row) => tests.every((test) => test(row))
}

function wordTest(word: string): RowFilter {
  const state = /^state:(.*)$/i.exec(word)?.[1]?.toLowerCase()
  if (state !== undefined) return (row) => row.state.startsWith(state)
  const { name, operator, value } = COMPARISON.exec(word)?.groups ?? {}
  if (name === undefined || operator === undefined || value === undefined) return textTest(word.toLowerCase())
  const wanted = Number(value)
  return (row) => {
    const held = valueNamed(row, name)
    if (held === undefined) return false
    if (typeof held === 'number' && !Number.isNaN(wanted)) return compare(held, operator, wanted)
    const same = String(held).toLowerCase() === value.toLowerCase()
    return operator === '=' ? same : operator === '!=' && !same
  }
}

function compare(held: number, operator: string, wanted: number): boolean {
  switch (operator) {
    case '<':
      return held < wanted
    case '<=':
      return held <= wanted
    case '>':
      return held > wanted
    case '>=':
      return held >= wanted
    case '=':
      return held === wanted
    default:
      return held !== wanted
  }
}

function valueNamed(row: TrainingRow, name: string) {
  switch (name) {
    case 'run':
      return row.key
    case 'rank':
      return row.rank
    case 'value':
      return row.value
    case 'difference':
      return row.standing?.delta ?? undefined
    case 'epochs':
      return row.epochs
    case 'seeds':
      return row.seedsDone
    default: {
      const wanted = name.replace(/^p\./, '')
      for (const [key, value] of row.params)
        if (key === wanted || key.split('.').at(-1) === wanted) return value
      return undefined
    }
  }
}

function textTest(text: string): RowFilter {
  return (row) =>
    [
      row.state,
      row.standing?.verdict ?? '',
      row.reason ?? '',
      row.name,
      ...[...row.params.values()].filter((value) => typeof value === 'string'),
    ].some((held) => held.toLowerCase().includes(text))
}
