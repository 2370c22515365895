import { InputError } from '../errors.js'
import type { SeedValues } from './paired-comparison.js'
import { type Differences, describeDifferences } from './paired-t.js'

/** A candidate beside the baseline, on the seeds that both have. */
export interface Pairing {
  readonly id: string
  readonly seeds: readonly number[]
  readonly unpaired: readonly number[]
  readonly mean: number
  readonly baselineMean: number
  readonly differences: readonly number[]
  /** Their mean. */
  readonly difference: number
  /** Undefined where a difference is not finite. */
  readonly described: Differences | undefined
}

/** @throws InputError for a NaN. */
export function checkValues(id: string, values: SeedValues): void {
  for (const [seed, value] of values) {
    if (Number.isNaN(value)) {
      throw new InputError(`${id}: the value of seed ${seed} is NaN; leave the seeds of failed runs out.`)
    }
  }
}

export function pair(id: string, baseline: SeedValues, values: SeedValues): Pairing {
  const all = [...values.keys()].sort((a, b) => a - b)
  const seeds = all.filter((seed) => baseline.has(seed))
  const own = seeds.map((seed) => values.get(seed)!)
  const others = seeds.map((seed) => baseline.get(seed)!)
  const differences = own.map((value, i) => value - others[i]!)
  const finite = differences.every(Number.isFinite)
  const scale = Math.max(...[...own, ...others].map(Math.abs), Number.MIN_VALUE)
  return {
    id,
    seeds,
    unpaired: all.filter((seed) => !baseline.has(seed)),
    mean: meanOf(own),
    baselineMean: meanOf(others),
    differences,
    difference: meanOf(differences),
    described: finite && differences.length > 0 ? describeDifferences(differences, scale) : undefined,
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
