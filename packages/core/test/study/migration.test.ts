import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  choice,
  createStudy,
  float,
  InputError,
  int,
  loadStudy,
  logFloat,
  MemoryStorage,
  random,
  type Sampler,
  type Space,
  type Study,
  space,
} from '../../src/index.ts'

const first = space({ lr: logFloat(1e-3, 1e-2), opt: choice('sgd', 'adam'), k: int(0, 4) })

async function ran(storage = new MemoryStorage()) {
  const study = await createStudy({ name: 's', storage, sampler: random(), seed: 1, space: first })
  await study.optimize((_, { lr }) => lr, { trials: 8 })
  return study
}

describe('migrateSpace', () => {
  it('widens ranges and adds choices, and keeps every trial', async () => {
    const storage = new MemoryStorage()
    const study = await ran(storage)
    const before = study.trials.map(({ params }) => [...params])
    const wider = space({
      lr: logFloat(1e-5, 1e-1),
      opt: choice('lion', 'sgd', 'adam'),
      k: int(0, 8),
    })
    const report = study.planMigration(wider)
    expect(report).toEqual({
      changes: [
        'lr: 0.001 to 0.01 (log) becomes 0.00001 to 0.1 (log)',
        'opt: [sgd, adam] becomes [sgd, adam, lion]',
        'k: 0 to 4 becomes 0 to 8',
      ],
      usable: [0, 1, 2, 3, 4, 5, 6, 7],
      unusable: [],
    })
    const migrated = await study.migrateSpace(wider)
    expect(migrated.report).toEqual(report)
    expectTypeOf(migrated.study).toEqualTypeOf<
      Study<{ readonly lr: number; readonly opt: 'lion' | 'sgd' | 'adam'; readonly k: number }>
    >()
    expect(migrated.study.trials.map(({ params }) => [...params])).toEqual(before)
    for (const { distributions } of migrated.study.trials) {
      expect(distributions.get('opt')).toEqual({ kind: 'categorical', choices: ['sgd', 'adam', 'lion'] })
      expect(distributions.get('lr')).toMatchObject({ low: 1e-5, high: 1e-1 })
    }
    await migrated.study.optimize((_, { lr }) => lr, { trials: 40 })
    const opts = new Set(migrated.study.trials.map(({ params }) => params.get('opt')))
    expect(opts).toEqual(new Set(['sgd', 'adam', 'lion']))

    const resumed = await loadStudy({ name: 's', storage })
    expect(resumed.space?.distributions().get('lr')).toMatchObject({ low: 1e-5, high: 1e-1 })
  })

  it('leaves every trial to joint samplers', async () => {
    const study = await ran()
    const { study: migrated } = await study.migrateSpace(
      space({ lr: logFloat(1e-4, 1), opt: choice('sgd', 'adam', 'lion'), k: int(0, 4) }),
    )
    const sampler: Sampler = migrated.sampler
    expect(sampler.name).toBe('random')
    const [one, ...others] = migrated.trials.map(({ distributions }) => JSON.stringify([...distributions]))
    expect(others.every((other) => other === one)).toBe(true)
  })

  it('says what stays usable where a parameter is new, and asks first', async () => {
    const study = await ran()
    const more = space({ lr: logFloat(1e-3, 1e-2), opt: choice('sgd', 'adam'), wd: float(0, 1) })
    expect(study.planMigration(more)).toMatchObject({
      changes: ['wd is new: 0 to 1', 'k is left out'],
      usable: [],
    })
    await expect(study.migrateSpace(more)).rejects.toThrow(
      '8 of 8 trials would be unusable, trial 0 because it has no wd; say dropUnusable: true',
    )
    const { study: migrated } = await study.migrateSpace(more, { dropUnusable: true })
    await migrated.optimize((_, { wd }) => wd, { trials: 2 })
    expect([...migrated.trials.at(-1)!.params.keys()]).toEqual(['lr', 'opt', 'wd'])
  })

  it('of a conditional parameter touches only the trials that have it', async () => {
    const study = await ran()
    const sgd = space({
      lr: logFloat(1e-3, 1e-2),
      opt: choice('sgd', 'adam'),
      k: int(0, 4),
      momentum: float(0, 1).when('opt', 'sgd'),
    })
    const { usable, unusable } = study.planMigration(sgd)
    const adam = study.trials.filter(({ params }) => params.get('opt') === 'adam').map(({ number }) => number)
    expect(usable).toEqual(adam)
    expect(unusable.every(({ reason }) => reason === 'it has no momentum')).toBe(true)
  })

  const impossible: readonly [Space<unknown>, string][] = [
    [space({ lr: float(1e-3, 1e-2) }), 'lr is logarithmic in this study'],
    [space({ lr: choice('a') }), 'lr is float in this study, not categorical'],
    [space({ opt: choice('sgd') }), 'opt would lose adam'],
  ]
  it.each(impossible)('refuses what cannot be expressed', async (asked, text) => {
    const study = await ran()
    expect(() => study.planMigration(asked)).toThrow(InputError)
    await expect(study.migrateSpace(asked)).rejects.toThrow(text)
  })

  it('refuses a range that a trial lies outside of, and a study that runs', async () => {
    const study = await ran()
    const narrow = space({ lr: logFloat(9e-3, 1e-2), opt: choice('sgd', 'adam'), k: int(0, 4) })
    await expect(study.migrateSpace(narrow, { dropUnusable: true })).rejects.toThrow('keep the range')
    await study.ask()
    await expect(study.migrateSpace(first)).rejects.toThrow('trial 8 is RUNNING')
  })
})
