import {
  type AnyParams,
  gp,
  logFloat,
  parsePythonJson,
  type Space,
  space,
  stringifyPythonJson,
} from '@thresher/core'
import { describe, expect, it } from 'vitest'
import { planDifferences, type SavedPlan, savedPlan } from '../../../src/training/run/saved-plan.js'
import type { SweepPlan } from '../../../src/training/sweep-plan.js'
import { commandSettings, sweepPlan } from '../plans.js'

const differences = (changes: Partial<SweepPlan>) =>
  planDifferences(savedPlan(sweepPlan()), savedPlan(sweepPlan(changes)))

describe('planDifferences', () => {
  it('has none for what came back from a storage', () => {
    const plan = sweepPlan({ seeds: [1, 2], baseline: { lr: 4e-4 } })
    const saved = savedPlan(plan)
    const back = parsePythonJson(stringifyPythonJson(saved)) as SavedPlan
    expect(planDifferences(back, saved)).toEqual({ breaking: [], harmless: [] })
  })

  it('names what earlier runs would not fit', () => {
    const metric = { ...sweepPlan().metric, name: 'loss' }
    expect(differences({ metric, seed: 2, fixed: new Map([['epochs', 5]]) })).toEqual({
      breaking: ['metric.name: "val/hmean" becomes "loss"', 'seed: 1 becomes 2', 'fixed.epochs: 3 becomes 5'],
      harmless: [],
    })
    const wider = space({ lr: logFloat(1e-4, 1e-2) }) as unknown as Space<AnyParams>
    expect(differences({ space: wider }).breaking).toHaveLength(1)
    expect(differences({ baseline: { lr: 1e-3 } }).breaking).toEqual(['baseline.lr: nothing becomes 0.001'])
    expect(
      differences({ trainer: commandSettings({ command: ['python', 'other.py'] }) }).breaking,
    ).toHaveLength(1)
  })

  it('lets go on what changes nothing about them', () => {
    const changes = {
      trials: 20,
      workers: 4,
      sampler: gp(),
      trainer: commandSettings({ gpus: ['0'], retries: 2, environment: { A: 'b' } }),
    }
    const { breaking, harmless } = differences(changes)
    expect(breaking).toEqual([])
    expect(harmless.map((text) => text.split(':')[0])).toEqual(
      expect.arrayContaining(['trials', 'workers', 'sampler.name', 'trainer.gpus', 'trainer.retries']),
    )
  })
})
