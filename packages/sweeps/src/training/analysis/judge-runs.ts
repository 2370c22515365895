import {
  comparePaired,
  type Direction,
  holm,
  normalCdf,
  normalQuantile,
  type PairedVerdict,
  type SeedPlan,
  studentTwoSided,
  studentTwoSidedQuantile,
  studentUpperTail,
} from '@thresher/core'
import { type Noise, seedValues } from './noise.js'
import { repeatsNeeded } from './repeats-needed.js'
import type { RunSetting } from './run-settings.js'

/** What the runs carry of one candidate against the baseline. */
export interface Judgement {
  /** The candidate's mean minus the baseline's, in the metric's unit: over shared seeds where these are compared. */
  readonly delta: number
  /** Of the difference, for this candidate alone; null where nothing is known of the noise. */
  readonly interval: readonly [low: number, high: number] | null
  /** Corrected over all candidates (Holm); null where nothing is known of the noise. */
  readonly adjustedPValue: number | null
  readonly verdict: PairedVerdict
  /** How many pairs or runs it rests on: of the candidate, and of the baseline. */
  readonly runs: readonly [candidate: number, baseline: number]
  readonly paired: boolean
  /** Where undecided, and something is known of the noise; worked out when it is asked for. */
  plan(): SeedPlan | null
}

export interface JudgeOptions {
  readonly direction: Direction
  /** 1 - the error rate over all candidates, and the coverage of intervals. */
  readonly level: number
  /** The difference that does not matter, in the metric's unit. */
  readonly equivalence: number | undefined
}

/**
 * Verdicts of candidates against the baseline, in the order given, by what is known of the noise:
 *
 * - `seeds`: core's paired comparison on the seeds that both ran;
 * - `given` and `repeats`: the difference of means over its standard error, sd sqrt(1/n + 1/m), by the normal
 *   distribution for a given figure and Student's for an estimated one; the sd is taken to be the same for every
 *   setting. Holm's correction over all candidates, and for `same` two one-sided tests within `equivalence`;
 * - `none`: undecided, all of them.
 */
export function judgeRuns(
  baseline: RunSetting,
  candidates: readonly RunSetting[],
  noise: Noise,
  options: JudgeOptions,
): Judgement[] {
  if (noise.source === 'seeds') return judgeBySeeds(baseline, candidates, options)
  if (noise.deviation === null) {
    return candidates.map((candidate) => ({ ...unpaired(baseline, candidate), ...UNKNOWN }))
  }
  return judgeByNoise(baseline, candidates, noise.deviation, noise.freedom ?? undefined, options)
}

const UNKNOWN = { interval: null, adjustedPValue: null, verdict: 'undecided', plan: () => null } as const

function unpaired(baseline: RunSetting, candidate: RunSetting) {
  return {
    delta: candidate.mean - baseline.mean,
    runs: [candidate.runs.length, baseline.runs.length] as const,
    paired: false,
  }
}

function judgeBySeeds(
  baseline: RunSetting,
  candidates: readonly RunSetting[],
  { direction, level, equivalence }: JudgeOptions,
): Judgement[] {
  const values = new Map(candidates.map((candidate, i) => [String(i), seedValues(candidate)]))
  const most = Math.max(...[...values.values()].map(({ size }) => size))
  const compared = comparePaired(seedValues(baseline), values, {
    direction,
    level,
    planned: most,
    ...(equivalence !== undefined && { equivalence }),
  })
  const byId = new Map(compared.map((comparison) => [comparison.id, comparison]))
  return candidates.map((candidate, i) => {
    const comparison = byId.get(String(i))!
    const { seeds, difference, interval, adjustedPValue, verdict } = comparison
    if (seeds.length === 0) return { ...unpaired(baseline, candidate), ...UNKNOWN }
    return {
      delta: difference,
      interval: seeds.length < 2 ? null : interval,
      adjustedPValue: seeds.length < 2 ? null : adjustedPValue,
      verdict,
      runs: [seeds.length, seeds.length],
      paired: true,
      plan: () => comparison.plan ?? null,
    }
  })
}

function judgeByNoise(
  baseline: RunSetting,
  candidates: readonly RunSetting[],
  deviation: number,
  freedom: number | undefined,
  { direction, level, equivalence }: JudgeOptions,
): Judgement[] {
  const twoSided = (t: number) =>
    freedom === undefined ? 2 * normalCdf(-Math.abs(t)) : studentTwoSided(t, freedom)
  const upper = (t: number) => (freedom === undefined ? normalCdf(-t) : studentUpperTail(t, freedom))
  const critical =
    freedom === undefined ? normalQuantile(1 - (1 - level) / 2) : studentTwoSidedQuantile(1 - level, freedom)
  const facts = candidates.map((candidate) => {
    const error = deviation * Math.sqrt(1 / candidate.runs.length + 1 / baseline.runs.length)
    return { ...unpaired(baseline, candidate), error }
  })
  const adjusted = holm(facts.map(({ delta, error }) => twoSided(delta / error)))
  const equivalent = holm(
    facts.map(({ delta, error }) =>
      equivalence === undefined ? 1 : upper((equivalence - Math.abs(delta)) / error),
    ),
  )
  const alpha = 1 - level
  return facts.map(({ error, ...fact }, i) => {
    const verdict = verdictOf(fact.delta, adjusted[i]! <= alpha, equivalent[i]! <= alpha, direction)
    return {
      ...fact,
      interval: [fact.delta - critical * error, fact.delta + critical * error] as const,
      adjustedPValue: adjusted[i]!,
      verdict,
      plan: () =>
        verdict === 'undecided' ? planOf(equivalence ?? fact.delta, deviation, alpha, fact.runs) : null,
    }
  })
}

/** The seeds that would tell a difference, of one candidate chosen beforehand. */
function planOf(
  size: number,
  deviation: number,
  alpha: number,
  [candidate, baseline]: readonly [number, number],
): SeedPlan | null {
  const difference = Math.abs(size)
  if (difference === 0) return null
  const needed = repeatsNeeded(difference, deviation, alpha)
  return {
    more: needed === undefined ? undefined : Math.max(1, needed - Math.min(candidate, baseline)),
    difference,
  }
}

function verdictOf(
  delta: number,
  differs: boolean,
  equivalent: boolean,
  direction: Direction,
): PairedVerdict {
  if (equivalent) return 'same'
  if (!differs) return 'undecided'
  return delta < 0 === (direction === 'minimize') ? 'better' : 'worse'
}
