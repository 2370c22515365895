import type { Direction, PairedVerdict, ParamValue, SeedPlan } from '@thresher/core'
import { type Judgement, judgeRuns } from './judge-runs.js'
import { formatDelta, formatSize, type MetricScale, pointsPerUnit } from './metric-scale.js'
import type { Noise } from './noise.js'
import { MOST_REPEATS } from './repeats-needed.js'
import type { RunSetting } from './run-settings.js'
import { deviationOf } from './statistics.js'

/** A setting as it stands in a ranking. Plain data. */
export interface ComparedSetting {
  /** Its first run's name, and that run's trial. */
  readonly run: string
  readonly number: number
  readonly params: Readonly<Record<string, ParamValue>>
  /** Parameters whose values nobody wrote down. */
  readonly unknown: readonly string[]
  /** Its mean over its runs, in the metric's unit. */
  readonly value: number
  readonly runs: number
  /** Of its runs about their mean; null with one. */
  readonly deviation: number | null
  readonly seeds: readonly number[]
  readonly epochs: number | null
  /** Of all its runs; null where nobody knows. */
  readonly seconds: number | null
}

/** A candidate with what may be said about it. */
export interface RankedCandidate extends ComparedSetting {
  /** From 1, the highest of the table first: no claim that it is better than the next. */
  readonly rank: number
  /** Against the baseline, in the metric's unit; null without a baseline. */
  readonly delta: number | null
  /** The same in points; null for metrics that have none. */
  readonly points: number | null
  readonly interval: readonly [low: number, high: number] | null
  readonly adjustedPValue: number | null
  readonly verdict: PairedVerdict
  /**
   * Where undecided and something is known of the noise: how many more seeds of it and the baseline would tell
   * `difference`, were it chosen beforehand; null where more than a thousand. For the first 200 by rank.
   */
  readonly plan: { readonly more: number | null; readonly difference: number } | null
  /** A clause for people. */
  readonly reason: string
}

export interface RunRanking {
  readonly baseline: ComparedSetting | null
  readonly candidates: readonly RankedCandidate[]
}

/** Nobody runs again what stands further down, and each plan takes a moment. */
const MOST_PLANNED = 200

export interface RankingOptions {
  readonly direction: Direction
  readonly scale: MetricScale
  readonly level: number
  readonly equivalence: number | undefined
}

/** Ranks candidates by their difference from the baseline, by their means where there is none. */
export function rankRuns(
  baseline: RunSetting | undefined,
  candidates: readonly RunSetting[],
  noise: Noise,
  options: RankingOptions,
): RunRanking {
  const { direction } = options
  const judgements = baseline && judgeRuns(baseline, candidates, noise, options)
  const sign = direction === 'minimize' ? 1 : -1
  const key = (i: number) => sign * (judgements?.[i]?.delta ?? candidates[i]!.mean)
  const order = candidates.map((_, i) => i).sort((a, b) => key(a) - key(b))
  return {
    baseline: baseline === undefined ? null : compared(baseline),
    candidates: order.map((i, place) =>
      ranked(candidates[i]!, judgements?.[i], place + 1, noise, candidates.length, options),
    ),
  }
}

function ranked(
  candidate: RunSetting,
  judgement: Judgement | undefined,
  rank: number,
  noise: Noise,
  candidates: number,
  { scale, equivalence }: RankingOptions,
): RankedCandidate {
  const own = { rank, ...compared(candidate) }
  if (judgement === undefined) {
    return { ...own, ...NOT_COMPARED, reason: 'no baseline to compare with' }
  }
  const { delta, interval, adjustedPValue, verdict } = judgement
  const plan = rank <= MOST_PLANNED ? judgement.plan() : null
  return {
    ...own,
    delta,
    points: scale === 'plain' ? null : delta * pointsPerUnit(scale),
    interval,
    adjustedPValue,
    verdict,
    plan: plan && { more: plan.more ?? null, difference: plan.difference },
    reason: reasonOf(judgement, plan, noise, candidates, scale, equivalence),
  }
}

const NOT_COMPARED = {
  delta: null,
  points: null,
  interval: null,
  adjustedPValue: null,
  verdict: 'undecided',
  plan: null,
} as const

function compared({ name, number, params, unknown, mean, runs, epochs }: RunSetting): ComparedSetting {
  const seconds = runs.map((run) => run.seconds).filter((value) => value !== undefined)
  return {
    run: name,
    number,
    params: Object.fromEntries(params),
    unknown,
    value: mean,
    runs: runs.length,
    deviation: runs.length < 2 ? null : deviationOf(runs.map(({ value }) => value)),
    seeds: [...new Set(runs.map(({ seed }) => seed).filter((seed) => seed !== undefined))],
    epochs: epochs ?? null,
    seconds: seconds.length === 0 ? null : seconds.reduce((sum, value) => sum + value, 0),
  }
}

function reasonOf(
  { verdict, adjustedPValue, delta, paired, runs: [count] }: Judgement,
  plan: SeedPlan | null,
  noise: Noise,
  candidates: number,
  scale: MetricScale,
  equivalence: number | undefined,
): string {
  if (verdict === 'better' || verdict === 'worse') {
    return `p ${adjustedPValue!.toPrecision(2)} over ${candidates === 1 ? '1 candidate' : `${candidates} candidates`}`
  }
  if (verdict === 'same') {
    return equivalence === undefined
      ? 'the same value on every seed'
      : `within ${formatSize(equivalence, scale)}`
  }
  if (plan !== null) {
    const size = formatDelta(plan.difference, scale).replace('+', '')
    if (plan.more === undefined) return `more than ${MOST_REPEATS} seeds would be needed to tell ${size}`
    return `${plan.more === 1 ? '1 more seed' : `${plan.more} more seeds`} would tell ${size}`
  }
  if (noise.source === 'none')
    return count === 1 ? 'one run says nothing of noise' : 'repeats that are all alike'
  if (noise.source === 'seeds' && !paired) return 'no seed in common with the baseline'
  if (paired && count === 1) return 'one seed says nothing of noise'
  return delta === 0 ? 'no difference was seen' : 'not told from noise'
}
