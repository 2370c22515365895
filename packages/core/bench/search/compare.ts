import type { Sampler } from '../../src/samplers/sampler.js'
import type { TestFunction } from './functions.js'
import { search } from './loop.js'
import { holm, mannWhitney } from './mann-whitney.js'
import { median } from './median.js'

/** Optuna's best values so far: by function, by `best@<budget>`, one a seed. */
export type RecordedRuns = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>

/** A method of ours, and the same one of Optuna's. */
export interface Method {
  readonly name: string
  readonly reference: string | undefined
  readonly seeds: number
  readonly budgets: readonly number[]
  /** The functions that it is run on; all where not given. */
  readonly functions?: readonly string[]
  readonly make: () => Sampler
}

/** One method on one function with one budget, over all seeds. */
export interface Cell {
  readonly method: string
  readonly function: string
  readonly budget: number
  readonly bests: readonly number[]
  readonly median: number
  readonly reference: number | undefined
  /** Two-sided p-value of the difference, undefined where Optuna has no runs. */
  readonly p: number | undefined
  /** The same after Holm's correction over all cells that were compared. */
  holm?: number
}

/** Runs a method on a function, all budgets from the same runs. */
export async function cellsOf(
  method: Method,
  testFunction: TestFunction,
  recorded: RecordedRuns | undefined,
): Promise<Cell[]> {
  const runs: number[][] = []
  for (let seed = 0; seed < method.seeds; seed++) {
    runs.push(await search(method.make(), testFunction, Math.max(...method.budgets), seed))
  }
  return method.budgets.map((budget) => {
    const bests = runs.map((values) => Math.min(...values.slice(0, budget)))
    const theirs = recorded?.[testFunction.name]?.[`best@${budget}`]
    return {
      method: method.name,
      function: testFunction.name,
      budget,
      bests,
      median: median(bests),
      reference: theirs && median(theirs),
      p: theirs && mannWhitney(bests, theirs),
    }
  })
}

/** Adds Holm's correction over the cells that have a p-value. */
export function correct(cells: readonly Cell[]): void {
  const compared = cells.filter(({ p }) => p !== undefined)
  const adjusted = holm(compared.map(({ p }) => p!))
  compared.forEach((cell, i) => {
    cell.holm = adjusted[i]!
  })
}

/** `better` and `worse` at p < 0.01 after Holm's correction, otherwise `same`; empty where nothing was compared. */
export function verdictOf({ median: ours, reference, holm: p }: Cell): 'better' | 'worse' | 'same' | '' {
  if (reference === undefined || p === undefined) return ''
  if (p >= 0.01) return 'same'
  return ours < reference ? 'better' : 'worse'
}
