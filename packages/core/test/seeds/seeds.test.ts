import { describe, expect, it } from 'vitest'
import {
  choice,
  createStudy,
  float,
  int,
  loadStudy,
  MemoryStorage,
  random,
  type Sampler,
  type StudySnapshot,
  space,
  type Trial,
} from '../../src/index.ts'
import { createRandom } from '../../src/random.ts'

const seeds = [42, 777, 2024]

/** The same noise for a seed, whatever the setting, and a little of the setting's own. */
function noisy(x: number, seed: number): number {
  return (
    x * x + createRandom(seed).normal() + 0.01 * createRandom(seed + Math.floor(1e6 * Math.abs(x))).normal()
  )
}

const objective = (trial: Trial) => noisy(trial.suggestFloat('x', -2, 2), trial.seed)

/** A random sampler that keeps what it is shown. */
function watchful(seen: StudySnapshot[]): Sampler {
  const draw: Sampler['draw'] = ({ study }) => {
    seen.push(study)
    return { params: new Map() }
  }
  return { ...random(), draw }
}

describe('a study with seeds and a baseline', () => {
  it('runs the baseline first, once a seed, and says so', async () => {
    const study = await createStudy({ name: 's', sampler: random(), seeds, baseline: { x: 1 } })
    await study.enqueueTrial({ x: 0.5 })
    await study.optimize(objective, { trials: 5, concurrency: 2 })
    expect(
      study.trials.map(({ params, userAttributes }) => [
        params.get('x'),
        userAttributes.get('seed'),
        userAttributes.get('setting'),
      ]),
    ).toEqual([
      [1, 42, 0],
      [1, 777, 0],
      [1, 2024, 0],
      [0.5, 42, 3],
      [expect.any(Number), 42, 4],
    ])
    expect(
      study.trials.slice(0, 3).every(({ userAttributes }) => userAttributes.get('baseline') === true),
    ).toBe(true)
  })

  it('gives further seeds to the settings that hold up, and not to the others', async () => {
    const study = await createStudy({ name: 's', sampler: random(), seed: 5, seeds, baseline: { x: 1 } })
    await study.optimize(objective, { trials: 60 })
    const ranking = study.ranking()
    const bySeeds = (count: number) => ranking.settings.filter((setting) => setting.seeds.length === count)
    expect(bySeeds(3).length).toBeGreaterThan(0)
    expect(bySeeds(1).length).toBeGreaterThan(bySeeds(2).length + bySeeds(3).length)
    const mean = (list: typeof ranking.settings) =>
      list.reduce((sum, { params }) => sum + Math.abs(params.get('x') as number), 0) / list.length
    expect(mean(bySeeds(3))).toBeLessThan(mean(bySeeds(1)))
    for (const setting of ranking.settings)
      expect(setting.seeds).toEqual([...seeds].slice(0, setting.seeds.length))
    expect(ranking.baseline.values.size).toBe(3)
    expect(ranking.settings[0]!.verdict).toMatch(/better|undecided/)
    expect(ranking.settings.map(({ difference }) => difference)).toEqual(
      ranking.settings.map(({ difference }) => difference).sort((a, b) => a - b),
    )
  })

  it('shows samplers one record a setting, with the mean of its values', async () => {
    const seen: StudySnapshot[] = []
    const watching = watchful(seen)
    const study = await createStudy({ name: 's', sampler: watching, seeds: [1, 2], baseline: { x: 1 } })
    await study.optimize((trial) => trial.suggestFloat('x', 0, 1) + trial.seed, { trials: 4 })
    expect(seen.map(({ trials }) => trials.length)).toEqual([1, 2])
    expect(seen[0]!.trials[0]!.values).toEqual([2.5])
    // A record stays the same object as long as its setting does.
    expect(seen[1]!.trials[0]).toBe(seen[0]!.trials[0])
  })

  it('goes on where it was', async () => {
    const storage = new MemoryStorage()
    const declared = space({ x: float(-2, 2), opt: choice('a', 'b'), m: float(0, 1).when('opt', 'a') })
    const run = (trial: Trial<unknown>, { x }: { x: number }) => noisy(x, trial.seed)
    const baseline = { x: 1, opt: 'b' } as const
    const whole = await createStudy({
      name: 's',
      space: declared,
      seed: 9,
      sampler: random(),
      seeds,
      baseline,
    })
    await whole.optimize(run, { trials: 20 })
    const begun = await createStudy({
      name: 's',
      storage,
      space: declared,
      seed: 9,
      sampler: random(),
      seeds,
      baseline,
    })
    await begun.optimize(run, { trials: 2 })
    const resumed = await loadStudy({ name: 's', storage, space: declared })
    await resumed.optimize(run, { trials: 18 })
    const facts = (study: typeof whole) => study.trials.map(({ params, values }) => [[...params], values])
    expect(facts(resumed)).toEqual(facts(whole))
    await expect(loadStudy({ name: 's', storage, seeds: [1] })).rejects.toThrow('its seeds is')
  })

  it('learns from the means, as they are now: two sittings of TPE give what one gives', async () => {
    const storage = new MemoryStorage()
    const options = { name: 's', seed: 4, seeds, baseline: { x: 1 } } as const
    const whole = await createStudy(options)
    await whole.optimize(objective, { trials: 60 })
    for (const first of [23, 40]) {
      const part = { ...options, name: `s${first}` }
      await (await createStudy({ ...part, storage })).optimize(objective, { trials: first })
      const resumed = await loadStudy({ name: part.name, storage })
      await resumed.optimize(objective, { trials: 60 - first })
      expect(resumed.trials.map(({ params }) => [...params])).toEqual(
        whole.trials.map(({ params }) => [...params]),
      )
    }
  })

  it('tries a failed seed again, but not for ever', async () => {
    const study = await createStudy({ name: 's', sampler: random(), seeds: [1, 2], baseline: { x: 1 } })
    const failing = (trial: Trial) => {
      const x = trial.suggestFloat('x', 0, 2)
      return x === 1 && trial.seed === 2 ? Number.NaN : x
    }
    await study.optimize(failing, { trials: 6 })
    expect(study.trials.map(({ state, params }) => [state, params.get('x') === 1])).toEqual([
      ['COMPLETE', true],
      ['FAIL', true],
      ['FAIL', true],
      ['FAIL', true],
      ['COMPLETE', false],
      ['COMPLETE', false],
    ])
  })

  it('without a baseline holds everything against its first setting', async () => {
    const study = await createStudy({ name: 's', sampler: random(), seed: 1, seeds })
    await study.optimize(objective, { trials: 30 })
    const ranking = study.ranking()
    expect(ranking.baseline.setting).toBe(0)
    expect(ranking.baseline.values.size).toBe(3)
  })

  it('wants a whole baseline, one objective, and seeds to rank by', async () => {
    const declared = space({ x: float(0, 1), y: float(0, 1) })
    await expect(createStudy({ name: 's', space: declared, baseline: { x: 1 } })).rejects.toThrow(
      'y is missing',
    )
    await expect(createStudy({ name: 's', seeds, directions: ['minimize', 'minimize'] })).rejects.toThrow(
      'one objective',
    )
    const study = await createStudy({ name: 's' })
    expect(() => study.ranking()).toThrow('create it with seeds')
    const empty = await createStudy({ name: 's', seeds, baseline: { x: 1 } })
    expect(() => empty.ranking()).toThrow('run it first')
  })
})

describe('duplicates as seeds', () => {
  const small = space({ k: int(1, 2) })

  it('are another seed of their setting, of which samplers see the mean', async () => {
    const seen: StudySnapshot[] = []
    const watching = watchful(seen)
    const study = await createStudy({
      name: 's',
      sampler: watching,
      seed: 1,
      space: small,
      duplicates: 'repeat',
    })
    await study.optimize((trial, { k }) => 10 * k + trial.number, { trials: 20 })
    expect(study.trials).toHaveLength(20)
    const last = seen.at(-1)!.trials
    expect(last.map(({ params }) => params.get('k')).sort()).toEqual([1, 2])
    for (const merged of last) {
      const own = study.trials.slice(0, 19).filter(({ params }) => params.get('k') === merged.params.get('k'))
      const mean = own.reduce((sum, { values }) => sum + values![0]!, 0) / own.length
      expect(merged.values![0]).toBeCloseTo(mean, 10)
    }
  })

  it('take the next of the seeds in a study that has some', async () => {
    const study = await createStudy({ name: 's', sampler: random(), seed: 1, space: small, seeds: [5, 6, 7] })
    await study.optimize((trial, { k }) => k + trial.seed, { trials: 6 })
    const runs = study.trials.map(
      ({ params, userAttributes }) => `${params.get('k')} ${userAttributes.get('seed')}`,
    )
    expect(new Set(runs).size).toBe(6)
  })
})

it('a ranking leaves to its comparisons what is dear until somebody asks', async () => {
  const study = await createStudy({ name: 's', sampler: random(), seeds, baseline: { x: 1 } })
  await study.optimize(objective, { trials: 6 })
  const [first] = study.ranking().settings
  for (const name of ['bootstrapInterval', 'permutationPValue', 'plan', 'reason']) {
    expect(Object.getOwnPropertyDescriptor(first, name)?.get, name).toBeTypeOf('function')
  }
})
