import type { WatchedStudy } from './watched-study.js'

/** How many runs of a study are yet to be started: what its budget leaves. Undefined where it has none. */
export function toStart({ budget, trials }: Pick<WatchedStudy, 'budget' | 'trials'>): number | undefined {
  if (budget?.trials === undefined) return undefined
  const begun = trials.filter(({ state }) => state !== 'FAIL' && state !== 'WAITING').length
  return Math.max(0, budget.trials - begun)
}
