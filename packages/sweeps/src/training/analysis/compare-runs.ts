import { type Direction, InputError, type ParamValue, type StudySnapshot } from '@thresher/core'
import {
  guessScale,
  type MetricScale,
  onlyDirection,
  pointsPerUnit,
  type StudyMetric,
} from './metric-scale.js'
import { type Noise, noiseOf } from './noise.js'
import { type ComparedSetting, type RankedCandidate, rankRuns } from './ranking.js'
import { type RunSetting, runSettingsOf } from './run-settings.js'

/** One side of a comparison: a study, and one of its runs or its leading setting. */
export interface ComparedSide {
  readonly study: StudySnapshot
  /** What people call the study's objective. */
  readonly metric: string
  /** The trial of the run; the setting with the best mean where not given. */
  readonly number?: number | undefined
}

export interface CompareRunsOptions {
  /** In points, as for a report. */
  readonly noise?: number | undefined
  readonly equivalence?: number | undefined
  readonly scale?: MetricScale | undefined
  readonly level?: number | undefined
}

/** Two settings, side by side. Plain data. */
export interface RunComparison {
  readonly metric: StudyMetric
  readonly noise: Noise
  readonly a: ComparedSetting & { readonly study: string }
  /** With its difference from `a`, and the verdict on it. */
  readonly b: RankedCandidate & { readonly study: string }
  /** Parameters in which they differ; undefined in one that lacks it. */
  readonly differing: readonly { readonly name: string; readonly a?: ParamValue; readonly b?: ParamValue }[]
  /** How many parameters are alike. */
  readonly alike: number
  /** Other numbers that both have, means over runs. */
  readonly metrics: readonly { readonly name: string; readonly a: number; readonly b: number }[]
}

/**
 * Compares two settings of one study or two, by what repeats in either say of the noise.
 * @throws InputError where the studies are of other metrics or directions, or a side has no complete run.
 */
export function compareRuns(
  a: ComparedSide,
  b: ComparedSide,
  { noise: given, equivalence, scale: asked, level = 0.95 }: CompareRunsOptions = {},
): RunComparison {
  const direction = onlyDirection(a.study.name, a.study.directions)
  if (onlyDirection(b.study.name, b.study.directions) !== direction || a.metric !== b.metric) {
    throw new InputError(
      `"${a.study.name}" is about ${a.metric} and "${b.study.name}" about ${b.metric}; compare studies of one metric, in one direction.`,
    )
  }
  const ownSettings = runSettingsOf(a.study)
  const otherSettings = a.study.name === b.study.name ? ownSettings : runSettingsOf(b.study)
  const one = settingOf(a, ownSettings, direction)
  const other = settingOf(b, otherSettings, direction)
  if (one === other) {
    throw new InputError(
      `both are run ${one.name} of "${a.study.name}"; name two runs with other parameters.`,
    )
  }
  const all = otherSettings === ownSettings ? ownSettings : [...ownSettings, ...otherSettings]
  const scale =
    asked ??
    guessScale(
      a.metric,
      all.map(({ mean }) => mean),
    )
  const inUnits = (points: number | undefined) =>
    points === undefined ? undefined : points / pointsPerUnit(scale)
  const noise = noiseBetween(one, other, all, inUnits(given))
  const { baseline, candidates } = rankRuns(one, [other], noise, {
    direction,
    scale,
    level,
    equivalence: inUnits(equivalence),
  })
  const names = [...new Set([...one.params.keys(), ...other.params.keys()])]
  const differing = names.filter((name) => one.params.get(name) !== other.params.get(name))
  return {
    metric: { name: a.metric, direction, scale, target: null },
    noise,
    a: { ...baseline!, study: a.study.name },
    b: { ...candidates[0]!, study: b.study.name },
    differing: differing.map((name) => ({
      name,
      ...(one.params.has(name) && { a: one.params.get(name)! }),
      ...(other.params.has(name) && { b: other.params.get(name)! }),
    })),
    alike: names.length - differing.length,
    metrics: sharedMetrics(one.runs, other.runs, a.metric),
  }
}

function settingOf(
  { study, number }: ComparedSide,
  settings: readonly RunSetting[],
  direction: Direction,
): RunSetting {
  const sign = direction === 'minimize' ? 1 : -1
  const setting =
    number === undefined
      ? settings.toSorted((x, y) => sign * (x.mean - y.mean))[0]
      : settings.find(({ runs }) => runs.some((run) => run.number === number))
  if (setting !== undefined) return setting
  const what = number === undefined ? 'no run is complete' : `run ${number} is not complete`
  throw new InputError(`study "${study.name}": ${what}; there is nothing to compare.`)
}

/** Seed by seed where the two share seeds; else by the repeats of all settings, theirs or not. */
function noiseBetween(
  one: RunSetting,
  other: RunSetting,
  all: readonly RunSetting[],
  given: number | undefined,
): Noise {
  const own = noiseOf(one, [other], given)
  return own.source === 'given' || own.source === 'seeds' ? own : noiseOf(undefined, all, given)
}

function sharedMetrics(
  a: readonly { readonly metrics: ReadonlyMap<string, number> }[],
  b: readonly { readonly metrics: ReadonlyMap<string, number> }[],
  without: string,
): RunComparison['metrics'] {
  const meanIn = (runs: typeof a, name: string) => {
    const values = runs.map(({ metrics }) => metrics.get(name)).filter((value) => value !== undefined)
    return values.length === 0 ? undefined : values.reduce((x, y) => x + y, 0) / values.length
  }
  const names = [...new Set(a.flatMap(({ metrics }) => [...metrics.keys()]))].filter(
    (name) => name !== without,
  )
  return names.flatMap((name) => {
    const [left, right] = [meanIn(a, name), meanIn(b, name)]
    return left === undefined || right === undefined ? [] : [{ name, a: left, b: right }]
  })
}
