import type { MetricScale } from './metric-scale.js'
import { formatSize } from './metric-scale.js'
import type { RunRanking } from './ranking.js'
import type { Situation } from './report.js'
import type { ReturnOnTime } from './return-on-time.js'

/** A rule of when tuning is worth its hours, as it applies here. Plain data. */
interface TuningRule {
  readonly rule: 'first time' | 'headroom' | 'data' | 'hours' | 'seen'
  /** Whether it speaks for tuning; `unknown` where what it goes by was not given. */
  readonly says: 'for' | 'against' | 'neither' | 'unknown'
  /** What holds here, and what follows; of an unknown one, what to give. */
  readonly because: string
  /** Where the rule comes from. */
  readonly source: string
  /** What it cannot know. */
  readonly limit: string
}

export interface TuningAdvice {
  readonly worthIt: 'yes' | 'no' | 'open'
  readonly rules: readonly TuningRule[]
}

/** Of an hour's budget: a quick search, and the winner and the baseline verified over three seeds each. */
const QUICK_TRIALS = 20
const VERIFY_RUNS = 6
/** A baseline that leaves less than this of the scale above it, in points, is near its ceiling. */
const NEAR_CEILING = 5
/** One that leaves more is far from it. */
const FAR_FROM_CEILING = 20

const OWN = 'a rule of this program, fixed by no study'

export interface AdviceInput {
  readonly scale: MetricScale
  readonly ranking: RunRanking
  readonly time: ReturnOnTime
  readonly hoursLeft: number | undefined
  readonly situation: Situation
}

/**
 * Rules of when tuning is worth it, each with its source and its limits. Worth it where none speaks against and one
 * for; not where one against is of hours or of what can be seen at all; else open.
 */
export function tuningAdvice(input: AdviceInput): TuningAdvice {
  const rules = [firstTime(input), headroom(input), data(input), hours(input), seen(input)]
  const against = rules.filter(({ says }) => says === 'against')
  const barred = against.some(({ rule }) => rule === 'hours' || rule === 'data')
  const spoken = rules.some(({ says }) => says === 'for')
  return { worthIt: barred ? 'no' : against.length === 0 && spoken ? 'yes' : 'open', rules }
}

function firstTime({ situation: { firstTime: first } }: AdviceInput): TuningRule {
  return {
    rule: 'first time',
    says: first === undefined ? 'unknown' : first ? 'for' : 'neither',
    because:
      first === undefined
        ? 'whether the architecture is new to you is not known: --first-time or --tuned-before'
        : first
          ? 'the architecture is new to you: its settings come from other data'
          : 'the settings were tuned before on this architecture: expect less',
    source: OWN,
    limit: 'says nothing of how much there is to gain',
  }
}

function headroom({ scale, ranking: { baseline } }: AdviceInput): TuningRule {
  const fixed = {
    rule: 'headroom',
    source: `${OWN}; cuts at ${NEAR_CEILING} and ${FAR_FROM_CEILING} points below the top of the scale`,
    limit: 'the real ceiling lies below 100: labels are wrong, and the architecture has its own',
  } as const
  if (baseline === null || scale === 'plain') {
    const because =
      baseline === null ? 'no baseline is marked: --baseline RUN' : 'the metric has no top that is known'
    return { ...fixed, says: 'unknown', because }
  }
  const left = (scale === 'fraction' ? 1 - baseline.value : (100 - baseline.value) / 100) * 100
  const text = `the baseline leaves ${left.toFixed(1)} points of the scale`
  if (left < NEAR_CEILING) {
    return { ...fixed, says: 'against', because: `${text}: gains are likely to be as small as noise` }
  }
  return left > FAR_FROM_CEILING
    ? { ...fixed, says: 'for', because: `${text}: there is room for gains that show` }
    : { ...fixed, says: 'neither', because: text }
}

function data({ scale, ranking: { baseline }, situation: { validationItems } }: AdviceInput): TuningRule {
  const fixed = {
    rule: 'data',
    source: 'the standard error of a share p of n independent items, sqrt(p (1 - p) / n)',
    limit:
      'exact for shares of independent items (accuracy); H-Mean over words that share images is noisier, and both runs seeing the same items makes their difference less noisy',
  } as const
  if (validationItems === undefined || baseline === null || scale === 'plain') {
    return {
      ...fixed,
      says: 'unknown',
      because: 'how many items the metric is measured on is not known: --validation-items N',
    }
  }
  const share = Math.min(1, Math.max(0, scale === 'fraction' ? baseline.value : baseline.value / 100))
  const error = Math.sqrt((share * (1 - share)) / validationItems)
  const blind = 2 * error
  const room = 1 - share
  const text = `on ${validationItems} items the baseline's score itself is known to ${formatSize(blind, 'fraction')} (2 standard errors)`
  return blind > room / 2
    ? { ...fixed, says: 'against', because: `${text}, more than half of what is left to gain` }
    : { ...fixed, says: 'neither', because: text }
}

function hours({ time: { hoursPerRun }, hoursLeft }: AdviceInput): TuningRule {
  const needed = QUICK_TRIALS + VERIFY_RUNS
  const fixed = {
    rule: 'hours',
    source: `${OWN}: a quick search of ${QUICK_TRIALS} runs, and winner and baseline over 3 seeds each`,
    limit: 'pruning saves perhaps half of the search; runs on several devices go side by side',
  } as const
  if (hoursLeft === undefined || hoursPerRun === null) {
    const missing = [
      ...(hoursLeft === undefined ? ['the hours left: --hours-left N'] : []),
      ...(hoursPerRun === null ? ['how long a run takes'] : []),
    ]
    return { ...fixed, says: 'unknown', because: `not known: ${missing.join(', and ')}` }
  }
  const runs = Math.floor(hoursLeft / hoursPerRun)
  const text = `${hoursLeft} h are ${runs} runs of ${hoursPerRun.toFixed(2)} h`
  return runs >= needed
    ? { ...fixed, says: 'for', because: `${text}: enough for ${needed}` }
    : { ...fixed, says: 'against', because: `${text}, and ${needed} are needed: rather verify what there is` }
}

function seen({ scale, ranking: { baseline, candidates } }: AdviceInput): TuningRule {
  const better = candidates.filter(({ verdict }) => verdict === 'better')
  const fixed = {
    rule: 'seen',
    source: "this study's own runs",
    limit: 'what was searched so far, on this data',
  } as const
  if (candidates.length === 0) return { ...fixed, says: 'unknown', because: 'no candidate has run yet' }
  if (baseline === null)
    return { ...fixed, says: 'unknown', because: 'no baseline is marked: --baseline RUN' }
  if (better.length > 0) {
    return {
      ...fixed,
      says: 'for',
      because: `${better.length} of ${candidates.length} settings beat the baseline beyond noise`,
    }
  }
  const values = candidates.map(({ value }) => value)
  const spread = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))
  return {
    ...fixed,
    says: 'neither',
    because: `${candidates.length === 1 ? 'the one setting does not beat' : `none of ${candidates.length} settings beats`} the baseline beyond noise${candidates.length === 1 ? '' : `; they lie within ${formatSize(spread, scale)}`}`,
  }
}
