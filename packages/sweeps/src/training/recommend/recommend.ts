import type { ParamValue } from '@thresher/core'
import { formatDelta, formatMetric, formatSize, type StudyMetric } from '../analysis/metric-scale.js'
import type { ParameterGroups } from '../analysis/parameter-groups.js'
import type { ComparedSetting, RankedCandidate, RunRanking } from '../analysis/ranking.js'
import type { LaunchOptions } from '../analysis/report.js'
import type { SingleRunSupport } from '../analysis/support.js'
import { hybridOf } from './hybrid.js'
import { hydraWords } from './hydra-words.js'
import { verifyingSweep } from './sweep-yaml.js'

/** A setting to run next. Plain data. */
export interface Recommendation {
  /**
   * `best`: the highest of the table. `stable`: the highest of those trained to the end, or the steadiest over seeds.
   * `hybrid`: between baseline and best; nobody ran it.
   */
  readonly role: 'best' | 'stable' | 'hybrid'
  /** Null for the hybrid. */
  readonly run: string | null
  /** The baseline where nothing stands above it. */
  readonly isBaseline: boolean
  /** Whether it is known to be better than the baseline. */
  readonly beyondNoise: boolean
  readonly params: Readonly<Record<string, ParamValue>>
  /** Parameters that nobody wrote down, filled in from the baseline. */
  readonly filled: readonly string[]
  readonly reason: string
  readonly risk: string
  /**
   * Words of a command line that runs it with the first seed: an argv, not for a shell as it is. Of the built-in
   * trainer they run `yaml` from a file of the role's name.
   */
  readonly words: readonly string[]
  /** A sweep file that runs it over seeds. */
  readonly yaml: string
}

const SEEDS = [42, 777, 2024]

export interface RecommendInput {
  readonly metric: StudyMetric
  readonly ranking: RunRanking
  readonly groups: readonly ParameterGroups[]
  readonly support: SingleRunSupport | null
  readonly launch: LaunchOptions
}

/** What to run next: best, stable and hybrid, each as far as there is one. Empty without a complete run. */
export function recommend(input: RecommendInput): Recommendation[] {
  const { metric, ranking } = input
  const { baseline, candidates } = ranking
  const sign = metric.direction === 'minimize' ? -1 : 1
  const leader = candidates[0]
  const ahead = leader !== undefined && (leader.delta === null || sign * leader.delta > 0)
  const best = ahead ? leader : (baseline ?? leader)
  if (best === undefined) return []
  const found = [bestChoice(input, best)]
  const stable = stableOf(ranking, best, sign)
  if (stable !== undefined) found.push(stableChoice(input, stable))
  const hybrid =
    baseline !== null && ahead
      ? hybridOf(baseline.params, leader.params, input.groups, metric.direction)
      : undefined
  const ran = candidates.some(({ params }) => hybrid !== undefined && sameParams(params, hybrid))
  if (hybrid !== undefined && !ran) found.push(hybridChoice(input, hybrid, leader!))
  return found
}

function bestChoice(input: RecommendInput, best: ComparedSetting | RankedCandidate): Recommendation {
  const { metric, ranking, support } = input
  const isBaseline = best === ranking.baseline
  const candidate = isBaseline ? undefined : (best as RankedCandidate)
  const value = `${formatMetric(best.value, metric.scale)} after ${epochsText(best)}`
  const against =
    candidate?.delta == null ? '' : `, ${formatDelta(candidate.delta, metric.scale)} against the baseline`
  const highest = metric.direction === 'maximize' ? 'highest' : 'lowest'
  const beyondNoise = candidate?.verdict === 'better'
  return {
    role: 'best',
    run: best.run,
    isBaseline,
    beyondNoise,
    ...paramsOf(best, ranking),
    reason: isBaseline
      ? `no setting stands above the baseline, ${value}`
      : beyondNoise
        ? `better than the baseline beyond noise: ${value}${against}`
        : `the ${highest} of ${ranking.candidates.length}: ${value}${against}`,
    risk: isBaseline
      ? 'what was not tried may be better'
      : beyondNoise
        ? 'the difference that was seen is on average too large, as it was picked for being large'
        : riskOfLuck(best, support, metric, ranking),
    ...launched(input, 'best', paramsOf(best, ranking).params),
  }
}

function riskOfLuck(
  best: ComparedSetting,
  support: SingleRunSupport | null,
  { scale }: StudyMetric,
  { baseline }: RunRanking,
): string {
  const short =
    best.epochs !== null && baseline?.epochs !== null && baseline !== null && best.epochs < baseline.epochs!
      ? `; trained for ${best.epochs} epochs only`
      : ''
  if (support !== null && support.luckAt !== null) {
    return `may be luck: were all ${support.candidates} as good as the baseline, the luckiest would stand out as much where runs deviate by ${formatSize(support.luckAt, scale)}${short}`
  }
  return `not told apart from noise yet${short}`
}

/**
 * Where two candidates or more ran more than once: the steadiest of those whose mean is within a standard deviation
 * of the best one's. Else the highest of those trained for the most epochs.
 */
function stableOf(
  { candidates }: RunRanking,
  best: ComparedSetting,
  sign: number,
): { readonly setting: RankedCandidate; readonly by: 'deviation' | 'epochs' } | undefined {
  const repeated = candidates.filter(({ deviation }) => deviation !== null)
  if (repeated.length >= 2) {
    const top = repeated.reduce((a, b) => (sign * b.value > sign * a.value ? b : a))
    const near = repeated.filter(({ value }) => sign * (top.value - value) <= top.deviation!)
    const setting = near.reduce((a, b) => (b.deviation! < a.deviation! ? b : a))
    return setting === best ? undefined : { setting, by: 'deviation' }
  }
  const known = candidates.filter(({ epochs }) => epochs !== null)
  const full = Math.max(0, ...known.map(({ epochs }) => epochs!))
  const setting = known.find(({ epochs }) => epochs === full)
  return setting === undefined || setting === best ? undefined : { setting, by: 'epochs' }
}

function stableChoice(
  input: RecommendInput,
  { setting, by }: { readonly setting: RankedCandidate; readonly by: 'deviation' | 'epochs' },
): Recommendation {
  const { metric, ranking } = input
  const value = formatMetric(setting.value, metric.scale)
  const against =
    setting.delta === null ? '' : `, ${formatDelta(setting.delta, metric.scale)} against the baseline`
  const { params, filled } = paramsOf(setting, ranking)
  return {
    role: 'stable',
    run: setting.run,
    isBaseline: false,
    beyondNoise: setting.verdict === 'better',
    params,
    filled,
    reason:
      by === 'deviation'
        ? `the steadiest of the leading settings: ${value}, standard deviation ${formatSize(setting.deviation!, metric.scale)} over ${setting.runs} runs${against}`
        : `the ${metric.direction === 'maximize' ? 'highest' : 'lowest'} of those known to be trained to the end: ${value} after ${epochsText(setting)}${against}`,
    risk:
      by === 'deviation'
        ? `${setting.runs} runs say little of a standard deviation`
        : setting.runs === 1
          ? 'one run: trained to the end is no proof of being steady'
          : 'no gain over the baseline is shown',
    ...launched(input, 'stable', params),
  }
}

function hybridChoice(
  input: RecommendInput,
  hybrid: Readonly<Record<string, ParamValue>>,
  leader: RankedCandidate,
): Recommendation {
  return {
    role: 'hybrid',
    run: null,
    isBaseline: false,
    beyondNoise: false,
    params: hybrid,
    filled: [],
    reason: `between the baseline and run ${leader.run}: the middle of numbers, rounded; of parameters with few values the one whose runs have the better mean`,
    risk: 'not run: nothing is known of it',
    ...launched(input, 'hybrid', hybrid),
  }
}

function paramsOf(
  setting: ComparedSetting,
  { baseline }: RunRanking,
): Pick<Recommendation, 'params' | 'filled'> {
  const filled = setting.unknown.filter((name) => baseline?.params[name] !== undefined)
  const own = Object.entries(setting.params)
  return {
    params: Object.fromEntries([...own, ...filled.map((name) => [name, baseline!.params[name]!] as const)]),
    filled,
  }
}

function launched(
  { metric, launch }: RecommendInput,
  role: Recommendation['role'],
  params: Readonly<Record<string, ParamValue>>,
): Pick<Recommendation, 'words' | 'yaml'> {
  const { fixed = new Map(), order = [], command, seedParameter = 'seed', seeds = SEEDS } = launch
  const { program, template, tensorflow } = launch
  const all = new Map<string, ParamValue>([...fixed, ...Object.entries(params)])
  all.delete(seedParameter)
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const ordered = new Map([...all].sort(([a], [b]) => place(a) - place(b)))
  const seeded = new Map([...ordered, [seedParameter, seeds[0]!] as const])
  return {
    words:
      tensorflow !== undefined
        ? ['thresher', 'sweep', `${role}.yaml`]
        : command === undefined
          ? [...starting(program), ...hydraWords(seeded)]
          : [...command(seeded)],
    yaml: verifyingSweep({ metric, params: ordered, seedParameter, seeds, program, template, tensorflow }),
  }
}

function sameParams(a: Recommendation['params'], b: Recommendation['params']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

function starting(program: string | undefined): string[] {
  if (program === undefined) return []
  return program.endsWith('.py') ? ['python', program] : [program]
}

function epochsText({ epochs, runs }: ComparedSetting): string {
  const count = runs === 1 ? 'one run' : `${runs} runs`
  return epochs === null ? count : `${count} of ${epochs} epochs`
}
