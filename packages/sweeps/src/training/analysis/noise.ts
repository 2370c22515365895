import type { RunSetting } from './run-settings.js'
import { squaresOf } from './statistics.js'

/** What is known of how much runs of one and the same setting differ. */
export interface Noise {
  /**
   * `given`: the user's figure. `seeds`: candidates and baseline share two seeds or more, so their differences are
   * compared seed by seed. `repeats`: settings that ran more than once, pooled. `none`: one run each, or repeats that
   * are all alike, which is what one seed run twice gives.
   */
  readonly source: 'given' | 'seeds' | 'repeats' | 'none'
  /** The standard deviation of a run about its setting's mean, in the metric's unit; null where unknown. */
  readonly deviation: number | null
  /** Of the estimate: how many repeats it rests on; null for a given figure and where there are none. */
  readonly freedom: number | null
}

/** @param given standard deviation of a run, in the metric's unit, above 0 */
export function noiseOf(
  baseline: RunSetting | undefined,
  candidates: readonly RunSetting[],
  given: number | undefined,
): Noise {
  if (given !== undefined) return { source: 'given', deviation: given, freedom: null }
  const settings = baseline === undefined ? candidates : [baseline, ...candidates]
  let squares = 0
  let freedom = 0
  for (const { runs } of settings) {
    if (runs.length < 2) continue
    squares += squaresOf(runs.map(({ value }) => value))
    freedom += runs.length - 1
  }
  if (freedom === 0 || squares === 0) return { source: 'none', deviation: null, freedom: null }
  const shared =
    baseline !== undefined && candidates.some((candidate) => sharedSeeds(baseline, candidate).length >= 2)
  return { source: shared ? 'seeds' : 'repeats', deviation: Math.sqrt(squares / freedom), freedom }
}

/** Seeds that both settings ran with. */
function sharedSeeds(a: RunSetting, b: RunSetting): number[] {
  const seeds = new Set(a.runs.map(({ seed }) => seed))
  return [...new Set(b.runs.map(({ seed }) => seed))].filter(
    (seed) => seed !== undefined && seeds.has(seed),
  ) as number[]
}

/** The value of each seed; the mean of several runs with the same one. Runs without a seed are left out. */
export function seedValues({ runs }: RunSetting): ReadonlyMap<number, number> {
  const lists = new Map<number, number[]>()
  for (const { seed, value } of runs) {
    if (seed !== undefined) lists.set(seed, [...(lists.get(seed) ?? []), value])
  }
  return new Map([...lists].map(([seed, list]) => [seed, list.reduce((a, b) => a + b, 0) / list.length]))
}
