/**
 * What a training sweep leaves in its study and how its runs compare, for those who look at one as it grows: a module
 * of its own, as the rest of this package takes long to load.
 */
export {
  formatDelta,
  formatMetric,
  guessScale,
  type MetricScale,
} from './training/analysis/metric-scale.js'
export { noiseOf } from './training/analysis/noise.js'
export { type RankedCandidate, rankRuns } from './training/analysis/ranking.js'
export { nameOf, RUN_FACTS } from './training/analysis/run.js'
export { runSettingsOf } from './training/analysis/run-settings.js'
export { IMPORTED } from './training/import/store-study.js'
export { endReason } from './training/run/end-reason.js'
export { expectedLeft, phaseOf } from './training/run/phase-counts.js'
export { PLAN_ATTRIBUTE, RUN_ATTRIBUTES } from './training/run/run-attributes.js'
export type { SweepPlan } from './training/sweep-plan.js'
