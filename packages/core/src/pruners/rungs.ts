import type { StudySnapshot } from '../study/study-snapshot.js'
import type { TrialRecord } from '../trial/trial-record.js'

/** The system attribute that keeps a trial's value at rung `k`, as Optuna names it. */
export function rungKey(rung: number): string {
  return `completed_rung_${rung}`
}

/** The first rung that is not decided yet. */
export function nextRung(trial: TrialRecord): number {
  let rung = 0
  while (trial.systemAttributes.has(rungKey(rung))) rung++
  return rung
}

/** What the other trials, of whatever state, had at a rung. */
export function valuesAtRung(study: StudySnapshot, rung: number, except: TrialRecord): number[] {
  const key = rungKey(rung)
  const values: number[] = []
  for (const trial of study.trials) {
    if (trial.number === except.number) continue
    const value = trial.systemAttributes.get(key)
    if (typeof value === 'number') values.push(value)
  }
  return values
}

/** `3rd of 6`: the place of a value among all at its rung, ties counting as the better place. */
export function placeOf(value: number, values: readonly number[], minimize: boolean): string {
  const better = values.filter((other) => (minimize ? other < value : other > value)).length
  return `${ordinal(better + 1)} of ${values.length}`
}

function ordinal(place: number): string {
  const teens = place % 100 >= 11 && place % 100 <= 13
  const suffix = teens ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[place % 10] ?? 'th')
  return `${place}${suffix}`
}
