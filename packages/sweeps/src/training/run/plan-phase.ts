import {
  type Direction,
  isBaseline,
  type Sampler,
  type StudySetting,
  settingsOf,
  type TrialRecord,
} from '@thresher/core'
import { formatDelta, guessScale, pointsPerUnit } from '../analysis/metric-scale.js'
import type { SweepPlan } from '../sweep-plan.js'
import { narrowDistribution } from './narrow-space.js'
import { narrowedSampler } from './narrowed-sampler.js'
import { phaseOf } from './phase-counts.js'
import { bestFirst, meanOf } from './setting-values.js'

/** What a phase comes to, given what ran before it. */
export interface PhasePlan {
  readonly sampler: Sampler
  /** What the study's settings run with while the phase lasts. */
  readonly seeds: readonly number[] | undefined
  /** Why the phase does not run. */
  readonly skipped: string | undefined
  /** The settings to run over all seeds, the best first; undefined in a phase that searches. */
  readonly verify: readonly StudySetting[] | undefined
}

/**
 * Plans a phase from the trials of the phases before it, so that it comes to the same whenever it is asked, also when
 * it is resumed.
 */
export function planPhase(plan: SweepPlan, index: number, trials: readonly TrialRecord[]): PhasePlan {
  const phase = plan.phases[index]!
  const before = trials.filter((trial) => isBaseline(trial) || (phaseOf(trial) ?? index) < index)
  const settings = settingsOf(before)
  const best = bestFirst(settings, plan.metric.direction)
  const begun = trials.some((trial) => phaseOf(trial) === index && !isBaseline(trial))
  return {
    sampler: samplerOf(plan, index, best[0]),
    seeds: seedsOf(plan, index),
    skipped: begun ? undefined : whySkipped(plan, index, settings),
    verify:
      phase.verify === undefined
        ? undefined
        : best.filter(({ baseline }) => !baseline).slice(0, phase.verify),
  }
}

/** All seeds where they are verified, or where nothing verifies; else the first alone, so that searching stays cheap. */
function seedsOf({ seeds, phases }: SweepPlan, index: number): readonly number[] | undefined {
  const verifies = phases.some(({ verify }) => verify !== undefined)
  if (seeds === undefined || !verifies || phases[index]!.verify !== undefined) return seeds
  return seeds.slice(0, 1)
}

function samplerOf(
  { sampler, phases, space }: SweepPlan,
  index: number,
  best: StudySetting | undefined,
): Sampler {
  const phase = phases[index]!
  const own = phase.sampler ?? sampler
  if (phase.around >= 1 || best === undefined) return own
  const parts = [...space.distributions()].map(
    ([name, distribution]) =>
      [name, narrowDistribution(distribution, best.params.get(name), phase.around)] as const,
  )
  return narrowedSampler(own, new Map(parts))
}

function whySkipped(
  { phases, metric }: SweepPlan,
  index: number,
  settings: readonly StudySetting[],
): string | undefined {
  const { onlyIfGain } = phases[index]!
  if (onlyIfGain === undefined) return undefined
  const gain = gainOf(settings, metric.direction)
  if (gain === undefined) return 'nothing before it can be compared with the baseline'
  const values = settings.map(meanOf).filter((mean) => mean !== undefined)
  const scale = guessScale(metric.name, values)
  if (gain * pointsPerUnit(scale) >= onlyIfGain) return undefined
  const unit = scale === 'plain' ? '' : ' pt'
  return `the best before it is ${formatDelta(gain, scale)} from the baseline, short of ${onlyIfGain}${unit}`
}

/** How much better than the baseline the best other setting is; undefined where either is missing. */
function gainOf(settings: readonly StudySetting[], direction: Direction): number | undefined {
  const baseline = settings.find((setting) => setting.baseline)
  const [best] = bestFirst(
    settings.filter((setting) => !setting.baseline),
    direction,
  )
  const [held, reached] = [baseline && meanOf(baseline), best && meanOf(best)]
  if (held === undefined || reached === undefined) return undefined
  return direction === 'minimize' ? held - reached : reached - held
}
