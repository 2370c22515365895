import type { TrialRecord } from './trial-record.js'

/** Optuna's old form, which every version and its dashboard read: a list of numbers. */
export const CONSTRAINTS_KEY = 'constraints'
const NAMED = 'constraints:'

/**
 * A trial's constraint values, feasible where all are at most 0; undefined where it has none. Reads the old list and
 * Optuna 5's `constraints:<name>`, of which the list's entries are the names "0", "1", ...; the new form wins.
 */
export function constraintsOf({ systemAttributes }: TrialRecord): readonly number[] | undefined {
  const byName = new Map<string, number>()
  const list = systemAttributes.get(CONSTRAINTS_KEY)
  if (Array.isArray(list)) {
    for (const [i, value] of list.entries()) if (typeof value === 'number') byName.set(String(i), value)
  }
  for (const [key, value] of systemAttributes) {
    if (key.startsWith(NAMED) && typeof value === 'number') byName.set(key.slice(NAMED.length), value)
  }
  return byName.size === 0 ? undefined : [...byName.values()]
}

/** The sum of the positive constraint values (NSGA-II's overall violation): 0 where feasible, or where there are none. */
export function violationOf(trial: TrialRecord): number {
  let sum = 0
  for (const value of constraintsOf(trial) ?? []) if (value > 0) sum += value
  return sum
}

/** Whether no constraint is broken; a NaN breaks its own. */
export function isFeasible(trial: TrialRecord): boolean {
  return (constraintsOf(trial) ?? []).every((value) => value <= 0)
}
