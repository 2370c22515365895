import { InputError, type ParamValue, type StudySnapshot } from '@thresher/core'
import {
  guessScale,
  type MetricScale,
  onlyDirection,
  pointsPerUnit,
  type StudyMetric,
} from './metric-scale.js'
import { type Noise, noiseOf } from './noise.js'
import { type ComparedSetting, type RankedCandidate, rankRuns } from './ranking.js'
import { runSettingsOf } from './run-settings.js'

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
  const sides = [a, b].map((side) => {
    const settings = runSettingsOf(side.study)
    const sign = direction === 'minimize' ? 1 : -1
    const setting =
      side.number === undefined
        ? settings.toSorted((x, y) => sign * (x.mean - y.mean))[0]
        : settings.find(({ runs }) => runs.some((run) => run.number === side.number))
    if (setting === undefined) {
      throw new InputError(
        `study "${side.study.name}": ${side.number === undefined ? 'no run is complete' : `run ${side.number} is not complete`}; there is nothing to compare.`,
      )
    }
    return { settings, setting }
  })
  const [one, other] = sides as [(typeof sides)[0], (typeof sides)[0]]
  const all = a.study === b.study ? one.settings : [...one.settings, ...other.settings]
  const scale =
    asked ??
    guessScale(
      a.metric,
      all.map(({ mean }) => mean),
    )
  const inUnits = (points: number | undefined) =>
    points === undefined ? undefined : points / pointsPerUnit(scale)
  const rest = all.filter((setting) => setting !== one.setting)
  const known = noiseOf(one.setting, rest, inUnits(given))
  // Seeds are compared where these two share them; the others' repeats still say what runs deviate by.
  const own = noiseOf(one.setting, [other.setting], inUnits(given))
  const noise: Noise =
    own.source === 'seeds' || known.source !== 'seeds'
      ? { ...known, source: own.source === 'seeds' ? 'seeds' : known.source }
      : { ...known, source: 'repeats' }
  const { baseline, candidates } = rankRuns(one.setting, [other.setting], noise, {
    direction,
    scale,
    level,
    equivalence: inUnits(equivalence),
  })
  const names = [...new Set([...one.setting.params.keys(), ...other.setting.params.keys()])]
  const differing = names.filter((name) => one.setting.params.get(name) !== other.setting.params.get(name))
  return {
    metric: { name: a.metric, direction, scale, target: null },
    noise,
    a: { ...baseline!, study: a.study.name },
    b: { ...candidates[0]!, study: b.study.name },
    differing: differing.map((name) => ({
      name,
      ...(one.setting.params.has(name) && { a: one.setting.params.get(name)! }),
      ...(other.setting.params.has(name) && { b: other.setting.params.get(name)! }),
    })),
    alike: names.length - differing.length,
    metrics: sharedMetrics(one.setting.runs, other.setting.runs, a.metric),
  }
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
