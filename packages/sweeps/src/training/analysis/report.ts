import type { ParamValue, StudySnapshot } from '@thresher/core'
import { type Recommendation, recommend } from '../recommend/recommend.js'
import { type MatchedRuns, matchedRuns } from './matched-runs.js'
import {
  guessScale,
  type MetricScale,
  onlyDirection,
  pointsPerUnit,
  type StudyMetric,
} from './metric-scale.js'
import { type Noise, noiseOf } from './noise.js'
import { type ParameterGroups, parameterGroups } from './parameter-groups.js'
import { type ImportanceReport, importanceOf } from './parameter-importance.js'
import { type PrecisionRecallGap, precisionRecallGap } from './precision-recall-gap.js'
import { type RunRanking, rankRuns } from './ranking.js'
import { type ReturnOnTime, returnOnTime } from './return-on-time.js'
import { runSettingsOf } from './run-settings.js'
import { type SearchedRange, searchedRanges } from './searched-range.js'
import { selectTrials } from './select-trials.js'
import { type StageGains, stageGains } from './stage-gains.js'
import { type SingleRunSupport, singleRunSupport } from './support.js'
import { type TuningAdvice, tuningAdvice } from './tuning-advice.js'

/** What a report is told besides the study; everything may be left out. */
export interface ReportOptions {
  /** What people call the objective, and the value that is enough. `value` and none unless given. */
  readonly metric?: { readonly name: string; readonly target?: number | undefined } | undefined
  /** By the metric's name and values unless given. */
  readonly scale?: MetricScale | undefined
  /** The number of the baseline's trial, where it is not the one that the study marks. */
  readonly baseline?: number | undefined
  /** The standard deviation of runs of one setting, in points (of a plain metric in its unit), above 0. */
  readonly noise?: number | undefined
  /** The difference that does not matter, in the same unit, above 0. */
  readonly equivalence?: number | undefined
  /** 1 - the error rate over all candidates, and the coverage of intervals; 0.95 unless given. */
  readonly level?: number | undefined
  /** Where the groups of a parameter are cut: a value belongs to the group above its cut. */
  readonly cuts?: ReadonlyMap<string, readonly number[]> | undefined
  /** Only runs with these values count. */
  readonly where?: ReadonlyMap<string, ParamValue> | undefined
  /** How the runs that are recommended are started. */
  readonly launch?: LaunchOptions | undefined
  /** Hours that are left for more runs. */
  readonly hoursLeft?: number | undefined
  /** What the advice on tuning goes by, as far as it is known. */
  readonly situation?: Situation | undefined
}

export interface LaunchOptions {
  /** What every run gets besides what was searched. */
  readonly fixed?: ReadonlyMap<string, ParamValue> | undefined
  /** Names in the order in which they are written. */
  readonly order?: readonly string[] | undefined
  /** The words of a command line for these parameters, seed included; else only `key=value` words are given. */
  readonly command?: ((params: ReadonlyMap<string, ParamValue>) => readonly string[]) | undefined
  /** For the YAML: the program as a sweep file names it. */
  readonly program?: string | undefined
  /** For the YAML: the command line with its macros; Hydra's `key=value` words after the program unless given. */
  readonly template?: readonly string[] | undefined
  /** For the YAML: that the built-in trainer runs it, with these options as a sweep file has them. */
  readonly tensorflow?: Readonly<Record<string, number | string>> | undefined
  /** The parameter by which a run is told its seed; `seed` unless given. */
  readonly seedParameter?: string | undefined
  /** What runs are verified over; 42, 777 and 2024 unless given. */
  readonly seeds?: readonly number[] | undefined
}

export interface Situation {
  /** Whether this architecture is new to those who train it. */
  readonly firstTime?: boolean | undefined
  /** How many items the metric is measured on. */
  readonly validationItems?: number | undefined
  /** How many items are trained on. */
  readonly trainingItems?: number | undefined
}

/** Everything that is said of a study. Plain data: its JSON is what `thresher report --json` prints. */
export interface StudyReport {
  readonly study: string
  readonly metric: StudyMetric
  /** Trials by what became of them. */
  readonly trials: {
    readonly complete: number
    readonly pruned: number
    readonly failed: number
    readonly unfinished: number
  }
  readonly level: number
  readonly noise: Noise
  readonly ranking: RunRanking
  /** What one run each can say of a leader ahead of the baseline; null where the noise is known, or none is ahead. */
  readonly support: SingleRunSupport | null
  readonly groups: readonly ParameterGroups[]
  readonly matched: readonly MatchedRuns[]
  readonly importance: ImportanceReport
  readonly ranges: readonly SearchedRange[]
  readonly precisionRecall: PrecisionRecallGap | null
  readonly stages: StageGains | null
  readonly time: ReturnOnTime
  readonly advice: TuningAdvice
  readonly recommendations: readonly Recommendation[]
}

/**
 * Analyses a study: ranking against the baseline, what the table can support, groups, importance, time, and what to run
 * next.
 * @throws InputError for a study of several objectives, and options that do not fit it.
 */
export function reportOn(whole: StudySnapshot, options: ReportOptions = {}): StudyReport {
  const direction = onlyDirection(whole.name, whole.directions)
  const study = selectTrials(whole, options.where ?? new Map(), options.baseline)
  const { level = 0.95, launch = {}, cuts = new Map(), hoursLeft, situation = {} } = options
  const settings = runSettingsOf(study, options.baseline)
  const name = options.metric?.name ?? 'value'
  const scale =
    options.scale ??
    guessScale(
      name,
      settings.map(({ mean }) => mean),
    )
  const metric: StudyMetric = { name, direction, scale, target: options.metric?.target ?? null }
  const inUnits = (points: number | undefined) =>
    points === undefined ? undefined : points / pointsPerUnit(scale)

  const baseline = settings.find((setting) => setting.baseline)
  const candidates = settings.filter((setting) => setting !== baseline)
  const noise = noiseOf(baseline, candidates, inUnits(options.noise))
  const equivalence = inUnits(options.equivalence)
  const ranking = rankRuns(baseline, candidates, noise, { direction, scale, level, equivalence })
  const first = ranking.candidates[0]
  const leader = candidates.find(({ number }) => number === first?.number)
  const ahead = first?.delta != null && (direction === 'minimize' ? -first.delta : first.delta) > 0
  const support =
    ahead && noise.source === 'none' ? singleRunSupport(first.delta!, candidates.length, level) : null
  const groups = parameterGroups(settings, cuts, level)
  const time = returnOnTime(study, direction, ranking, { target: metric.target, hoursLeft })
  return {
    study: study.name,
    metric,
    trials: countStates(study),
    level,
    noise,
    ranking,
    support,
    groups,
    matched: matchedRuns(settings, level),
    importance: importanceOf(study),
    ranges: searchedRanges(study, baseline, leader),
    precisionRecall: precisionRecallGap(settings, baseline, leader) ?? null,
    stages: stageGains(settings, level) ?? null,
    time,
    advice: tuningAdvice({ scale, ranking, time, hoursLeft, situation }),
    recommendations: recommend({ metric, ranking, groups, support, launch }),
  }
}

function countStates({ trials }: StudySnapshot): StudyReport['trials'] {
  const counted = (...states: string[]) => trials.filter(({ state }) => states.includes(state)).length
  return {
    complete: counted('COMPLETE'),
    pruned: counted('PRUNED'),
    failed: counted('FAIL'),
    unfinished: counted('RUNNING', 'WAITING'),
  }
}
