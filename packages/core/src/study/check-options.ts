import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'

/** What a caller without types may have given. */
interface Untyped {
  readonly sampler?: unknown
  readonly pruner?: unknown
  readonly space?: unknown
  readonly storage?: unknown
  readonly notice?: unknown
}

const SEARCH = [
  'sampler',
  'pruner',
  'seed',
  'space',
  'duplicates',
  'seeds',
  'baseline',
  'budget',
  'heartbeat',
  'notice',
  'change',
]

/**
 * Checks that the options of `owner` are options, those that every study takes and `own`, and that what is made by
 * functions of ours was made by them: a name in the place of a sampler would only be missed by the first draw.
 * @throws InputError
 */
export function checkStudyOptions(owner: string, options: Untyped, own: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new InputError(`${owner}: there are no options; give an object with the study's name.`)
  }
  optionsOf(owner).allowed(options, [...own, ...SEARCH])
  const { sampler, pruner, space, storage, notice } = options
  if (sampler !== undefined && !has(sampler, 'draw')) {
    throw new InputError(`${owner}: sampler is ${shown(sampler)}; give a sampler, such as tpe().`)
  }
  if (pruner !== undefined && pruner !== null && !has(pruner, 'decide')) {
    throw new InputError(
      `${owner}: pruner is ${shown(pruner)}; give a pruner, such as medianPruner(), or null.`,
    )
  }
  if (space !== undefined && !has(space, 'toFacts')) {
    throw new InputError(`${owner}: space is ${shown(space)}; give what space({ ... }) makes.`)
  }
  if (storage !== undefined && typeof storage !== 'string' && !has(storage, 'createStudy')) {
    throw new InputError(
      `${owner}: storage is ${shown(storage)}; give a URL, such as sqlite:///study.db, or what openStorage() gives.`,
    )
  }
  if (notice !== undefined) checkFunction(`${owner}: notice`, notice)
}

/** @throws InputError where `value` is no function. */
export function checkFunction(what: string, value: unknown): void {
  if (typeof value !== 'function') throw new InputError(`${what} is ${shown(value)}; give a function.`)
}

function has(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function'
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'string') return `'${value}'`
  return typeof value === 'object' || typeof value === 'function' ? `a plain ${typeof value}` : String(value)
}
