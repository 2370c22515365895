import { InputError } from '@thresher/core'
import { quote } from '../../files/quote.js'
import { measureOf, wordsOf } from '../analysis/metric-names.js'
import { isNumber, type Table } from './table.js'

/** What a column of a table holds. */
export type ColumnRole =
  | 'name'
  | 'param'
  | 'metric'
  | 'epochs'
  | 'seconds'
  | 'minutes'
  | 'hours'
  | 'seed'
  | 'baseline'
  | 'state'
  | 'start'
  | 'complete'
  /** Kept with the run, read by nobody. */
  | 'fact'
  | 'ignored'

/** What a person says of the columns; the rest is guessed. */
export interface ColumnChoices {
  /** The column that the study is about. */
  readonly metric?: string | undefined
  /** These are parameters, whatever their names; others that only look like parameters are then facts. */
  readonly params?: readonly string[] | undefined
  readonly ignore?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly seed?: string | undefined
  readonly epochs?: string | undefined
  readonly minutes?: string | undefined
  readonly seconds?: string | undefined
}

/** Roles by what all words of a name come to, joined. */
const BY_NAME: ReadonlyMap<string, ColumnRole> = new Map(
  (
    [
      ['name', 'run runname name trial config experiment configuration runid id number trialid'],
      ['epochs', 'epochs epoch epochsrun epochstrained trainedepochs epochstotal'],
      [
        'seconds',
        'seconds secs sec runtime runtimeseconds durationseconds timeseconds duration elapsed times',
      ],
      [
        'minutes',
        'minutes mins min runtimeminutes durationminutes timeminutes timemin trainmin trainminutes',
      ],
      ['hours', 'hours hrs hour runtimehours durationhours timehours'],
      ['seed', 'seed randomseed'],
      ['baseline', 'baseline isbaseline'],
      ['state', 'state status'],
      ['start', 'datetimestart starttime started'],
      ['complete', 'datetimecomplete endtime completed'],
      [
        'fact',
        'notes note comment comments user username tags created createdat updated sweep sweepname group jobtype host hostname os commit path url date timestamp description sourcetype sourcename version',
      ],
    ] as const
  ).flatMap(([role, names]) => names.split(' ').map((name): [string, ColumnRole] => [name, role])),
)

/**
 * What each column holds, by what was chosen and else by its name: names of runs, epochs, times, seeds and states by
 * the usual words; numbers that are called as what is measured (loss, accuracy, H-Mean, recall) are metrics; the rest
 * are parameters. With columns `params_...`, as Optuna writes its data frames, these alone are.
 *
 * @returns roles in the order of the columns
 * @throws InputError where a choice names no column, or one column twice
 */
export function columnRoles(table: Table, choices: ColumnChoices): ColumnRole[] {
  const chosen = chosenRoles(table, choices)
  const frame = table.columns.some((name) => name.startsWith('params_'))
  let named = [...chosen.values()].includes('name')
  return table.columns.map((column, at) => {
    const said = chosen.get(column)
    if (said !== undefined) return said
    const guess = frame ? frameRole(column) : guessRole(table, column, at)
    if (guess === 'name') {
      // One column names the runs; a second that might is kept as a fact.
      if (named) return 'fact'
      named = true
    }
    if (guess === 'param' && choices.params !== undefined) return 'fact'
    return guess
  })
}

function chosenRoles(table: Table, choices: ColumnChoices): ReadonlyMap<string, ColumnRole> {
  const { metric, params = [], ignore = [], name, seed, epochs, minutes, seconds } = choices
  const chosen = new Map<string, ColumnRole>()
  const choose = (option: string, column: string | undefined, role: ColumnRole) => {
    if (column === undefined) return
    if (!table.columns.includes(column)) {
      throw new InputError(
        `${option}: ${table.path} has no column ${quote(column)}; it has ${table.columns.map((each) => quote(each)).join(', ')}.`,
      )
    }
    const other = chosen.get(column)
    if (other !== undefined && other !== role) {
      throw new InputError(`${option}: ${quote(column)} is chosen as ${other} too. Choose it once.`)
    }
    chosen.set(column, role)
  }
  choose('--metric', metric, 'metric')
  for (const column of params) choose('--params', column, 'param')
  for (const column of ignore) choose('--ignore', column, 'ignored')
  choose('--name', name, 'name')
  choose('--seed', seed, 'seed')
  choose('--epochs', epochs, 'epochs')
  choose('--minutes', minutes, 'minutes')
  choose('--seconds', seconds, 'seconds')
  return chosen
}

function frameRole(column: string): ColumnRole {
  if (column.startsWith('params_')) return 'param'
  if (column === '' || column.startsWith('system_attrs_')) return 'ignored'
  // Next to the two times it is redundant, and text of Python's besides.
  if (column === 'duration') return 'ignored'
  const role = BY_NAME.get(wordsOf(column.replace(/^user_attrs_/, '')).join(''))
  if (role !== undefined) return role
  return measureOf(column) === undefined ? 'fact' : 'metric'
}

function guessRole(table: Table, column: string, at: number): ColumnRole {
  if (column === '') return 'name'
  const joined = wordsOf(column).join('')
  const role = BY_NAME.get(joined)
  if (role === 'name') return isUnique(table, at) ? 'name' : joined.startsWith('run') ? 'name' : 'param'
  if (role !== undefined) return role
  if (column.startsWith('_')) return 'fact'
  if (wordsOf(column).at(-1) === 'seed') return 'seed'
  if (measureOf(column) !== undefined && isNumeric(table, at)) {
    // Lightning's and Hugging Face's `precision` is of the arithmetic, unless there is a recall beside it.
    if (measureOf(column) === 'precision' && !hasRecall(table, column)) return 'param'
    return 'metric'
  }
  return 'param'
}

function isUnique(table: Table, at: number): boolean {
  const cells = table.rows.map(({ cells }) => cells[at]!).filter((cell) => cell !== '')
  return new Set(cells).size === cells.length
}

function isNumeric(table: Table, at: number): boolean {
  return table.rows.some(({ cells }) => isNumber(cells[at]!) || /^(nan|[+-]?inf(inity)?)$/i.test(cells[at]!))
}

function hasRecall(table: Table, column: string): boolean {
  const sibling = wordsOf(column).join(' ').replace('precision', 'recall')
  return table.columns.some((name) => wordsOf(name).join(' ') === sibling)
}
