import { expect, it } from 'vitest'
import { asha } from '../../src/pruners/asha.ts'
import { CHECKPOINT, livingTrials, RESUMED_FROM, resumptionOf } from '../../src/pruners/resume.ts'
import { random } from '../../src/samplers/random.ts'
import { createStudy } from '../../src/study/create-study.ts'
import { TrialPruned } from '../../src/trial/trial-pruned.ts'

const EPOCHS = 27

/** Loss after some epochs: settings near 0.3 end lower, all fall. */
const lossAt = (lr: number, epoch: number) => (lr - 0.3) ** 2 + 1 / (epoch + 1)

it.each([1, 4])(
  'a study promotes paused trials, %d at once, and trains no epoch twice',
  async (concurrency) => {
    const study = await createStudy({
      name: 'promote',
      directions: ['minimize'],
      seed: 1,
      sampler: random(),
      pruner: asha({ min: 1, max: EPOCHS, eta: 3, promote: true }),
    })
    /** Epochs that were trained, by setting. */
    const trained = new Map<number, number[]>()
    await study.optimize(
      async (trial) => {
        const lr = trial.suggestFloat('lr', 0, 1)
        const resumed = resumptionOf(trial.record())
        const first = resumed === undefined ? 0 : (resumed.checkpoint as number) + 1
        expect(resumed?.step).toBe(resumed === undefined ? undefined : first - 1)
        for (let epoch = first; epoch < EPOCHS; epoch++) {
          trained.set(lr, [...(trained.get(lr) ?? []), epoch])
          await trial.setUserAttribute(CHECKPOINT, epoch)
          await trial.report(lossAt(lr, epoch), epoch)
          if (await trial.shouldPrune()) throw new TrialPruned()
        }
        return lossAt(lr, EPOCHS - 1)
      },
      { trials: 120, concurrency },
    )
    for (const epochs of trained.values()) expect(epochs).toEqual(epochs.map((_, i) => i))

    const snapshot = { name: study.name, directions: study.directions, trials: study.trials }
    const resumedFrom = study.trials.flatMap((trial) => trial.systemAttributes.get(RESUMED_FROM) ?? [])
    expect(new Set(resumedFrom).size).toBe(resumedFrom.length)
    expect(resumedFrom.length).toBeGreaterThan(5)
    const settings = livingTrials(snapshot)
    expect(settings).toHaveLength(trained.size)
    const reached = (rung: number) =>
      settings.filter((t) => t.systemAttributes.has(`completed_rung_${rung}`)).length
    expect(reached(1)).toBeGreaterThanOrEqual(Math.floor(settings.length / 3) - concurrency)
    expect(reached(1)).toBeLessThan(settings.length / 2)
    // As many epochs as 120 trials would take of five or six settings.
    const epochs = [...trained.values()].reduce((sum, list) => sum + list.length, 0)
    expect(epochs).toBeLessThan(0.2 * trained.size * EPOCHS)
    const complete = settings.filter(({ state }) => state === 'COMPLETE')
    expect(complete.length).toBeGreaterThan(0)
    // The best setting of all is among those that were trained to the end.
    const distance = (lr: number) => Math.abs(lr - 0.3)
    const best = [...trained.keys()].sort((a, b) => distance(a) - distance(b))[0]
    expect(complete.map(({ params }) => params.get('lr'))).toContain(best)
  },
)
