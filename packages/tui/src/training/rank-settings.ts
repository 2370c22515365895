import type { Direction } from '@thresher/core'
import {
  guessScale,
  type MetricScale,
  noiseOf,
  type RankedCandidate,
  rankRuns,
  runSettingsOf,
} from '@thresher/sweeps/sweep-study'
import type { WatchedStudy } from './watched-study.js'

export interface RankedSettings {
  readonly scale: MetricScale
  /** The baseline's mean over its finished runs. */
  readonly baselineValue: number | undefined
  /** How each setting with a finished run stands, by the number of every one of these runs; not the baseline's. */
  readonly standings: ReadonlyMap<number, RankedCandidate>
  /** Whether verdicts rest on the seeds that a run shares with the baseline. */
  readonly bySeeds: boolean
}

const LEVEL = 0.95

/** How a study's settings stand, as `thresher rank` says it. Of several objectives the first, compared with nothing. */
export function rankSettings(study: WatchedStudy, direction: Direction): RankedSettings {
  const settings = runSettingsOf(study.snapshot)
  const baseline = study.directions.length === 1 ? settings.find((setting) => setting.baseline) : undefined
  const candidates = settings.filter((setting) => setting !== baseline)
  const means = settings.map(({ mean }) => mean)
  const scale = guessScale(study.metricNames?.[0] ?? 'value', means.length > 0 ? means : reported(study))
  const noise = noiseOf(baseline, candidates, undefined)
  const ranking = rankRuns(baseline, candidates, noise, {
    direction,
    scale,
    level: LEVEL,
    equivalence: undefined,
  })
  const byNumber = new Map(ranking.candidates.map((candidate) => [candidate.number, candidate]))
  return {
    scale,
    baselineValue: ranking.baseline?.value,
    standings: new Map(
      candidates.flatMap(({ number, runs }) =>
        runs.map((run) => [run.number, byNumber.get(number)!] as const),
      ),
    ),
    bySeeds: noise.source === 'seeds',
  }
}

/** Last reports: what there is to guess a scale from before a run has finished. */
function reported({ trials }: WatchedStudy): number[] {
  return trials.flatMap(({ intermediate }) => [...intermediate.values()].at(-1) ?? []).filter(Number.isFinite)
}
