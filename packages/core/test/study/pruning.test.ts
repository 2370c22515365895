import { describe, expect, it } from 'vitest'
import {
  asha,
  createStudy,
  loadStudy,
  MemoryStorage,
  random,
  type Trial,
  TrialPruned,
} from '../../src/index.ts'

describe('a study with a pruner', () => {
  it('stops what the median rule stops, and says why', async () => {
    const study = await createStudy({ name: 's', sampler: random() })
    const reasons: (string | undefined)[] = []
    const curves = [0, 1, 2, 3, 4, 5, -1]
    await study.optimize(
      async (trial) => {
        trial.report(curves[trial.number]!, 0)
        if (await trial.shouldPrune()) {
          reasons.push(trial.pruneReason)
          throw new TrialPruned()
        }
        return 0
      },
      { trials: 7 },
    )
    expect(study.trials.map(({ state }) => state)).toEqual([
      ...new Array(5).fill('COMPLETE'),
      'PRUNED',
      'COMPLETE',
    ])
    expect(study.trials[5]!.values).toEqual([5])
    expect(reasons).toEqual([expect.stringContaining('5')])
  })

  it('lets a trial that ASHA stopped go on in a new one, with its parameters, reports and seed', async () => {
    const storage = new MemoryStorage()
    const steps: number[] = []
    const objective = async (trial: Trial) => {
      const x = trial.suggestFloat('x', 0, 1)
      for (let step = (trial.resumption?.step ?? -1) + 1; step < 4; step++) {
        steps.push(step)
        trial.report(x, step)
        trial.setUserAttribute('checkpoint', { step })
        if (await trial.shouldPrune()) throw new TrialPruned()
      }
      return x
    }
    const pruner = asha({ min: 1, max: 4, eta: 2, promote: true })
    const study = await createStudy({ name: 's', storage, sampler: random(), seed: 1, pruner })
    await study.optimize(objective, { trials: 10 })
    const resumed = await loadStudy({ name: 's', storage })
    await resumed.optimize(objective, { trials: 30 })
    const goingOn = resumed.trials.filter(({ systemAttributes }) =>
      systemAttributes.has('thresher:resumed_from'),
    )
    expect(goingOn.length).toBeGreaterThan(5)
    for (const trial of goingOn) {
      const from = resumed.trials[trial.systemAttributes.get('thresher:resumed_from') as number]!
      expect(from.state).toBe('PRUNED')
      expect(trial.params).toEqual(from.params)
      expect([...trial.intermediate].slice(0, from.intermediate.size)).toEqual([...from.intermediate])
    }
    const complete = resumed.trials.filter(({ state }) => state === 'COMPLETE')
    expect(complete.length).toBeGreaterThan(0)
    expect(complete.every(({ intermediate }) => intermediate.size === 4)).toBe(true)
  })

  it('keeps checking alone what several objectives are worth', async () => {
    const study = await createStudy({ name: 's', directions: ['minimize', 'minimize'] })
    expect(study.pruner).toBeUndefined()
    const trial = await study.ask()
    await expect(trial.shouldPrune()).rejects.toThrow('2 objectives')
  })
})
