import type { Judgement } from './judge.js'
import type { Checked } from './options.js'
import type { SeedPlan } from './paired-comparison.js'
import type { Pairing } from './pairing.js'
import { MOST_SEEDS } from './seed-plan.js'

/** A verdict with its grounds, in a line for people. */
export function reasonOf(
  { seeds, described, differences }: Pairing,
  { verdict, adjustedPValue }: Judgement,
  plan: SeedPlan | undefined,
  { equivalence }: Checked,
): string {
  if (seeds.length === 0) return 'undecided: no seed in common with the baseline'
  if (described === undefined) {
    const at = seeds[differences.findIndex((value) => !Number.isFinite(value))]
    return `undecided: the value of seed ${at} is not finite`
  }
  const count = seeds.length === 1 ? '1 seed' : `${seeds.length} seeds`
  if (verdict === 'better' || verdict === 'worse')
    return `${verdict}: p ${adjustedPValue.toPrecision(2)} on ${count}`
  if (verdict === 'same') {
    if (described.deviation === 0 && described.mean === 0) return `same: the same value on all of ${count}`
    return `same: within ${inShort(equivalence!)} on ${count}`
  }
  if (seeds.length > 1) return `undecided: ${plan ? wishOf(plan) : 'no difference was seen'}`
  return `undecided: 1 seed says nothing of the noise; ${plan ? wishOf(plan) : 'run a second'}`
}

function wishOf(plan: SeedPlan): string {
  if (plan.more === undefined)
    return `more than ${MOST_SEEDS} seeds for a difference of ${inShort(plan.difference)}`
  const seeds = plan.more === 1 ? '1 more seed' : `${plan.more} more seeds`
  return `${seeds} would settle a difference of ${inShort(plan.difference)}`
}

function inShort(value: number): string {
  return String(Number(value.toPrecision(2)))
}
