import { createStudy, float, space, type TrialRecord } from '@thresher/core'
import { describe, expect, it } from 'vitest'
import { planPhase } from '../../../src/training/run/plan-phase.js'
import { RUN_ATTRIBUTES } from '../../../src/training/run/run-attributes.js'
import { sweepPlan } from '../plans.js'

/** A baseline and one other setting with these values, run in phase 0. */
async function trialsOf(baseline: number, other: number): Promise<readonly TrialRecord[]> {
  const study = await createStudy({
    name: 's',
    direction: 'maximize',
    seed: 1,
    space: space({ x: float(0, 1) }),
    baseline: { x: 0.5 },
  })
  await study.optimize(
    (trial, { x }) => {
      trial.setUserAttribute(RUN_ATTRIBUTES.phase, 0)
      return x === 0.5 ? baseline : other
    },
    { trials: 2 },
  )
  return study.trials
}

describe('a phase that runs only if those before it gained', () => {
  const skipped = async (name: string, baseline: number, other: number, onlyIfGain: number) => {
    const rest = { around: 1, verify: undefined, sampler: undefined }
    const plan = sweepPlan({
      metric: { name, direction: 'maximize', target: undefined, summary: 'best' },
      phases: [
        { name: 'coarse', trials: 1, onlyIfGain: undefined, ...rest },
        { name: 'close', trials: 1, onlyIfGain, ...rest },
      ],
    })
    return planPhase(plan, 1, await trialsOf(baseline, other)).skipped
  }

  it('counts in points: of shares of 1 hundredths, of percents units', async () => {
    expect(await skipped('hmean', 0.9653, 0.966, 0.05)).toBeUndefined()
    expect(await skipped('hmean', 0.9653, 0.966, 0.1)).toBe(
      'the best before it is +0.07 pt from the baseline, short of 0.1 pt',
    )
    expect(await skipped('val_hmean', 96.53, 96.6, 0.05)).toBeUndefined()
    expect(await skipped('val_hmean', 96.53, 96.6, 0.1)).toBe(
      'the best before it is +0.07 pt from the baseline, short of 0.1 pt',
    )
  })

  it('counts what is no score in its own unit', async () => {
    expect(await skipped('reward', 120, 123, 2)).toBeUndefined()
    expect(await skipped('reward', 120, 123, 4)).toBe(
      'the best before it is +3 from the baseline, short of 4',
    )
  })
})
