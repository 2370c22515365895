import { fileURLToPath } from 'node:url'
import { type AnyParams, logFloat, random, type Space, space } from '@thresher/core'
import type { CommandTrainerSettings, SweepPlan } from '../../src/training/sweep-plan.js'
import { macro } from './macro.js'

/** The example trainer of the docs. */
const EXAMPLE = fileURLToPath(new URL('../../examples/train.py', import.meta.url))

export function commandSettings(changes: Partial<CommandTrainerSettings> = {}): CommandTrainerSettings {
  return {
    kind: 'command',
    command: [macro('interpreter'), macro('program'), macro('args')],
    program: EXAMPLE,
    directory: process.cwd(),
    environment: {},
    metrics: { kind: 'stdout', pattern: undefined },
    timeout: undefined,
    retries: 0,
    retryDelay: 0,
    gpus: [],
    runsPerGpu: 1,
    seedParameter: 'seed',
    grace: 30,
    ...changes,
  }
}

/** A sweep of the example's learning rate, without pruning: ten random runs. */
export function sweepPlan(changes: Partial<SweepPlan> = {}): SweepPlan {
  return {
    file: 'sweep.yaml',
    format: 'thresher',
    name: 'lr',
    description: undefined,
    metric: { name: 'val/hmean', direction: 'maximize', target: undefined, summary: 'best' },
    space: space({ lr: logFloat(1e-4, 2e-3) }) as unknown as Space<AnyParams>,
    fixed: new Map([['epochs', 3]]),
    order: ['lr', 'epochs'],
    sampler: random(),
    pruner: null,
    trials: 10,
    timeout: undefined,
    workers: 1,
    seed: 1,
    seeds: undefined,
    baseline: undefined,
    phases: [
      { name: 'search', trials: 10, around: 1, verify: undefined, sampler: undefined, onlyIfGain: undefined },
    ],
    trainer: commandSettings(),
    notices: [],
    ...changes,
  }
}
