import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import {
  choice,
  createStudy,
  float,
  int,
  loadStudy,
  random,
  type Study,
  space,
  type Trial,
} from '../../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'thresher-study-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
let storage = ''
beforeEach(() => {
  storage = `sqlite:///${join(folder, `${files++}.db`)}`
})

const declared = space({ x: float(-5, 5), opt: choice('a', 'b', null), k: int(0, 4).when('opt', 'a') })

const facts = ({ trials }: Study<never> | { trials: Study['trials'] }) =>
  trials.map(({ number, state, params, values, intermediate }) => ({
    number,
    state,
    params: [...params],
    values,
    intermediate: [...intermediate],
  }))

const objective = (trial: Trial<unknown>, { x, k = 0 }: { x: number; k?: number }) => {
  trial.report(x, 0)
  return x * x + k
}

describe('a study in a file', () => {
  it('gives in two sittings what memory gives in one', async () => {
    const whole = await createStudy({ name: 's', seed: 3, space: declared })
    await whole.optimize(objective, { trials: 25 })
    const begun = await createStudy({ name: 's', storage, seed: 3, space: declared })
    await begun.optimize(objective, { trials: 14 })
    await begun.close()
    const resumed = await loadStudy({ name: 's', storage, space: declared })
    expect(facts(resumed)).toEqual(facts(whole).slice(0, 14))
    await resumed.optimize(objective, { trials: 11 })
    expect(facts(resumed)).toEqual(facts(whole))
    await resumed.close()
    const read = await loadStudy({ name: 's', storage })
    expect(facts(read)).toEqual(facts(whole))
    await read.close()
  })

  it('keeps its facts from the moment it is created', async () => {
    const made = await createStudy({
      name: 's',
      storage,
      sampler: random(),
      budget: { trials: 9 },
      space: declared,
    })
    await made.close()
    const read = await loadStudy({ name: 's', storage })
    expect([read.seed, read.sampler.name, read.budget]).toEqual([made.seed, 'random', { trials: 9 }])
    expect(read.space?.toFacts()).toEqual(declared.toFacts())
    await read.close()
  })

  it('is shared by two connections without a number twice', async () => {
    const one = await createStudy({ name: 's', storage, sampler: random(), seed: 8, space: declared })
    const other = await loadStudy({ name: 's', storage, space: declared })
    await Promise.all([
      one.optimize(objective, { trials: 12, concurrency: 2 }),
      other.optimize(objective, { trials: 12, concurrency: 2 }),
    ])
    await one.refresh()
    const alone = await createStudy({ name: 's', sampler: random(), seed: 8, space: declared })
    await alone.optimize(objective, { trials: 24 })
    expect(facts(one)).toEqual(facts(alone))
    await one.close()
    await other.close()
  })

  it('migrates its space', async () => {
    const study = await createStudy({ name: 's', storage, sampler: random(), seed: 8, space: declared })
    await study.optimize(objective, { trials: 6 })
    const wider = space({ x: float(-9, 9), opt: choice('a', 'b', null, 'c'), k: int(0, 4).when('opt', 'a') })
    const before = facts(study)
    const { study: migrated } = await study.migrateSpace(wider)
    expect(facts(migrated)).toEqual(before)
    await migrated.close()
    const read = await loadStudy({ name: 's', storage, space: wider })
    expect(facts(read)).toEqual(before)
    for (const { distributions } of read.trials)
      expect(distributions.get('x')).toMatchObject({ low: -9, high: 9 })
    await read.close()
  })
})
