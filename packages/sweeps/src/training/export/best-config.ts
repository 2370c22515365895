import { InputError, type ParamValue } from '@thresher/core'
import type { StudyReport } from '../analysis/report.js'

/** The setting to go on with, as `best_config.json` holds it. Plain data. */
export interface BestConfig {
  readonly study: string
  /** Its run. */
  readonly run: string
  readonly params: Readonly<Record<string, ParamValue>>
  readonly metric: string
  /** The mean over its runs. */
  readonly value: number
  readonly runs: number
  readonly epochs: number | null
  readonly baseline: number | null
  /** Whether it is known to be better than the baseline, or merely the highest of the table. */
  readonly beyondNoise: boolean
  readonly reason: string
  readonly risk: string
}

/** @throws InputError where no run is complete. */
export function bestConfig({ study, metric, ranking, recommendations }: StudyReport): BestConfig {
  const best = recommendations.find(({ role }) => role === 'best')
  const settings = [...(ranking.baseline ? [ranking.baseline] : []), ...ranking.candidates]
  const setting = settings.find(({ run }) => run === best?.run)
  if (best === undefined || setting === undefined) {
    throw new InputError(`study "${study}": no run is complete, so there is no best one yet.`)
  }
  const { params, beyondNoise, reason, risk } = best
  return {
    study,
    run: setting.run,
    params,
    metric: metric.name,
    value: setting.value,
    runs: setting.runs,
    epochs: setting.epochs,
    baseline: ranking.baseline?.value ?? null,
    beyondNoise,
    reason,
    risk,
  }
}
