import { describe, expect, it } from 'vitest'
import { createStudy, grid, InputError, loadStudy, MemoryStorage, type Trial } from '../../src/index.ts'

const values = { lr: [0.1, 0.01, 0.001], opt: ['sgd', null] } as const

const objective = (trial: Trial) => {
  const lr = trial.suggestFloat('lr', 1e-4, 1)
  const opt = trial.suggestCategorical('opt', ['adam', 'sgd', null])
  return opt === 'sgd' ? lr : -lr
}

function cells(trials: Awaited<ReturnType<typeof createStudy>>['trials']) {
  return trials.map(({ params }) => JSON.stringify([params.get('lr'), params.get('opt')]))
}

describe('grid', () => {
  it('runs every cell once, in order, and ends', async () => {
    const sampler = grid(values)
    expect(sampler.size).toBe(6)
    const study = await createStudy({ name: 's', sampler })
    expect(await study.optimize(objective)).toEqual({ trials: 6, reason: 'exhausted' })
    expect(cells(study.trials)).toEqual([
      '[0.1,"sgd"]',
      '[0.1,null]',
      '[0.01,"sgd"]',
      '[0.01,null]',
      '[0.001,"sgd"]',
      '[0.001,null]',
    ])
    await expect(study.ask()).rejects.toThrow('all 6 cells are taken')
  })

  it('runs every cell once with several at a time, shuffled', async () => {
    const study = await createStudy({ name: 's', sampler: grid(values, { shuffle: true }), seed: 1 })
    await study.optimize(async (trial) => objective(trial), { concurrency: 4 })
    expect(study.trials).toHaveLength(6)
    expect(new Set(cells(study.trials)).size).toBe(6)
    expect(cells(study.trials)[0]).not.toBe('[0.1,"sgd"]')
  })

  it('fills the cell of a failed trial again, and gives up in the end', async () => {
    const tried: string[] = []
    const study = await createStudy({ name: 's', sampler: grid(values, { retries: 1 }) })
    const { reason } = await study.optimize(
      (trial) => {
        const value = objective(trial)
        tried.push(JSON.stringify(trial.params))
        return value === 0.01 || (value === -0.1 && trial.number < 2) ? Number.NaN : value
      },
      { catch: true },
    )
    expect(reason).toBe('exhausted')
    expect(tried.filter((cell) => cell === '{"lr":0.01,"opt":"sgd"}')).toHaveLength(2)
    expect(tried).toHaveLength(8)
    const complete = study.trials.filter(({ state }) => state === 'COMPLETE')
    expect(new Set(cells(complete)).size).toBe(5)
  })

  it('counts cells by value: what was enqueued is done, and values may be added', async () => {
    const storage = new MemoryStorage()
    const study = await createStudy({ name: 's', storage, sampler: grid(values) })
    await study.enqueueTrial({ lr: 0.01, opt: null })
    await study.optimize(objective)
    expect(study.trials).toHaveLength(6)
    const wider = grid({ ...values, lr: [0.1, 0.05, 0.01, 0.001] })
    await expect(loadStudy({ name: 's', storage, sampler: wider })).rejects.toThrow("change: ['sampler']")
    const resumed = await loadStudy({ name: 's', storage, sampler: wider, change: ['sampler'] })
    await resumed.optimize(objective)
    expect(cells(resumed.trials).slice(6)).toEqual(['[0.05,"sgd"]', '[0.05,null]'])
    const rebuilt = await loadStudy({ name: 's', storage })
    expect(await rebuilt.optimize(objective)).toEqual({ trials: 0, reason: 'exhausted' })
  })

  it('takes up a cell that was cut short', async () => {
    const storage = new MemoryStorage()
    const study = await createStudy({ name: 's', storage, sampler: grid(values) })
    const cut = new AbortController()
    await study.optimize(
      (trial) => {
        if (trial.number === 2) {
          cut.abort()
          throw new Error('cut')
        }
        return objective(trial)
      },
      { signal: cut.signal },
    )
    const resumed = await loadStudy({ name: 's', storage })
    await resumed.optimize(objective)
    expect(cells(resumed.trials)).toHaveLength(6)
    expect(new Set(cells(resumed.trials)).size).toBe(6)
  })

  it('draws what is not in it, and says where a range lacks a value', async () => {
    const study = await createStudy({ name: 's', sampler: grid({ k: [1, 2] }) })
    await study.optimize((trial) => trial.suggestInt('k', 1, 2) + trial.suggestFloat('x', 5, 6))
    expect(study.trials.map(({ params }) => params.get('k'))).toEqual([1, 2])
    const wrong = await createStudy({ name: 's', sampler: grid({ k: [1, 20] }) })
    await expect(wrong.optimize((trial) => trial.suggestInt('k', 1, 2))).rejects.toThrow(
      'trial 1 asks for k from a range that lacks a value of the grid, 1, 20',
    )
  })

  it.each([
    [() => grid({}), 'no parameters'],
    [() => grid({ a: [] }), 'a has no values'],
    [() => grid({ a: [1, 1] }), 'a: 1 comes twice'],
    [() => grid({ a: [Number.NaN, Number.NaN] }), 'NaN comes twice'],
    [() => grid({ a: [{} as never] }), 'is object'],
    [() => grid({ a: [1] }, { retries: -1 }), 'retries is -1'],
    [
      () =>
        grid(
          Object.fromEntries(['a', 'b', 'c'].map((name) => [name, Array.from({ length: 200 }, (_, i) => i)])),
        ),
      '8000000 cells',
    ],
  ])('refuses %s', (build, text) => {
    expect(build).toThrow(InputError)
    expect(build).toThrow(text)
  })
})
