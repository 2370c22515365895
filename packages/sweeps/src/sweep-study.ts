/**
 * What a training sweep leaves in its study, for those who only look at it: a module of its own, as the rest of this
 * package takes long to load.
 */
export { expectedLeft, phaseOf } from './training/run/phase-counts.js'
export { PLAN_ATTRIBUTE, RUN_ATTRIBUTES } from './training/run/run-attributes.js'
export type { SweepPlan } from './training/sweep-plan.js'
