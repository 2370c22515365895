import { expectedLeft, PLAN_ATTRIBUTE, phaseOf, type SweepPlan } from '@thresher/sweeps/sweep-study'
import { greatest } from './greatest.js'
import type { WatchedStudy } from './watched-study.js'

/** What is used here of the plan that a sweep keeps with its study. */
export interface SavedPlan extends Pick<SweepPlan, 'phases' | 'trials' | 'baseline' | 'seeds'> {
  /** What never varies, by name. */
  readonly fixed: Iterable<readonly [string, unknown]>
}

/** The plan in a study's attributes; undefined where there is none, or something else of that name. */
export function savedPlanOf({ userAttributes }: Pick<WatchedStudy, 'userAttributes'>): SavedPlan | undefined {
  const held = userAttributes.get(PLAN_ATTRIBUTE)
  if (!isObject(held) || !Array.isArray(held.phases)) return undefined
  const phases: readonly unknown[] = held.phases
  if (!phases.every((phase) => isObject(phase) && typeof phase.trials === 'number')) return undefined
  const { epochs } = isObject(held.trainer) ? held.trainer : {}
  const fixed = Object.entries(isObject(held.fixed) ? held.fixed : {})
  return { ...(held as unknown as SavedPlan), fixed: [...fixed, ['epochs', epochs]] }
}

/**
 * How many runs of a study are yet to be started, by the plan of its sweep, else by its budget; undefined where neither
 * says.
 */
export function runsToStart(
  { budget, trials, seeds }: Pick<WatchedStudy, 'budget' | 'trials' | 'seeds'>,
  plan: SavedPlan | undefined,
): number | undefined {
  if (plan !== undefined) {
    const phase = greatest(trials.map((trial) => phaseOf(trial) ?? 0))
    return expectedLeft(plan, phase, seeds, trials)
  }
  if (budget?.trials === undefined) return undefined
  const begun = trials.filter(({ state }) => state !== 'FAIL' && state !== 'WAITING').length
  return Math.max(0, budget.trials - begun)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
