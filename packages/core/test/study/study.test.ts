import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  choice,
  createStudy,
  FinishedTrialError,
  float,
  InputError,
  int,
  loadStudy,
  logFloat,
  MemoryStorage,
  quasiRandom,
  random,
  type Sampler,
  SpaceExhausted,
  type Study,
  StudyExistsError,
  StudyNotFoundError,
  space,
  type Trial,
  TrialPruned,
  type TrialRecord,
} from '../../src/index.ts'

const bowl = (trial: Trial) => {
  const x = trial.suggestFloat('x', -5, 5)
  const k = trial.suggestInt('k', 0, 10)
  return x * x + k
}

function told(trials: readonly TrialRecord[]) {
  return trials.map(({ number, state, params, values }) => ({ number, state, params: [...params], values }))
}

/** What settles when so many have called it. */
function barrier(count: number): () => Promise<void> {
  let left = count
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    left--
    if (left === 0) open()
    return opened
  }
}

describe('ask and tell', () => {
  it('are what optimize does', async () => {
    const one = await createStudy({ name: 's', sampler: random(), seed: 7 })
    await one.optimize(bowl, { trials: 12 })
    const other = await createStudy({ name: 's', sampler: random(), seed: 7 })
    for (let i = 0; i < 12; i++) {
      const trial = await other.ask()
      await other.tell(trial, bowl(trial))
    }
    expect(told(other.trials)).toEqual(told(one.trials))
    expect(one.bestValue).toBe(Math.min(...one.trials.map(({ values }) => values![0]!)))
  })

  it('give a name one value within a trial, and refuse it as something else', async () => {
    const study = await createStudy({ name: 's', sampler: random() })
    const trial = await study.ask()
    const x = trial.suggestFloat('x', 0, 1)
    expect(trial.suggestFloat('x', 0, 1)).toBe(x)
    expect(() => trial.suggestInt('x', 0, 1)).toThrow('x is an int here but a float in this study')
    expect(() => trial.suggestFloat('x', 2, 3)).toThrow('outside what is asked now')
    await study.tell(trial, 0)
    const next = await study.ask()
    expect(() => next.suggestCategorical('x', ['a'])).toThrow(InputError)
  })

  it('refuse what does not fit, and a second telling', async () => {
    const study = await createStudy({ name: 's', directions: ['minimize', 'maximize'] })
    const trial = await study.ask()
    await expect(study.tell(trial, 1)).rejects.toThrow('1 values for 2 objectives')
    await expect(study.tell(trial)).rejects.toThrow('the objective gave nothing')
    await expect(study.tell(trial, [1, 2], { state: 'FAIL' })).rejects.toThrow('has no values')
    expect(() => trial.report(1, 0)).toThrow('2 objectives')
    await study.tell(trial, [1, 2])
    await expect(study.tell(trial, [1, 2])).rejects.toThrow(FinishedTrialError)
    await expect(study.tell(5, [1, 2])).rejects.toThrow('there is no trial 5')
    expect(() => study.bestTrial).toThrow('take bestTrials')
  })

  it('tell a trial by its number, also from another process', async () => {
    const storage = new MemoryStorage()
    const one = await createStudy({ name: 's', storage })
    const other = await loadStudy({ name: 's', storage })
    const trial = await one.ask()
    trial.suggestFloat('x', 0, 1)
    await trial.flush()
    const record = await other.tell(trial.number, 3)
    expect(record).toMatchObject({ state: 'COMPLETE', values: [3] })
    expect([...record.params.keys()]).toEqual(['x'])
  })

  it('take the last report as the value of a pruned trial', async () => {
    const study = await createStudy({ name: 's' })
    const trial = await study.ask()
    trial.report(5, 0)
    trial.report(4, 2)
    trial.report(3, 1)
    trial.report(9, 1)
    const record = await study.tell(trial, undefined, { state: 'PRUNED' })
    expect(record.values).toEqual([4])
    expect([...record.intermediate]).toEqual([
      [0, 5],
      [1, 3],
      [2, 4],
    ])
    const silent = await study.ask()
    silent.report(Number.NaN, 0)
    expect((await study.tell(silent, undefined, { state: 'PRUNED' })).values).toBeUndefined()
  })
})

describe('optimize', () => {
  it('makes NaN and errors FAIL, and PRUNED what says so', async () => {
    const notices: string[] = []
    const study = await createStudy({ name: 's', sampler: random(), notice: (text) => notices.push(text) })
    const results = [
      () => Number.NaN,
      () => {
        throw new TrialPruned()
      },
      () => {
        throw new Error('cuda out of memory')
      },
      () => Number.NEGATIVE_INFINITY,
      () => [1, 2],
    ]
    const objective = (trial: Trial) => results[trial.number]!()
    const { reason, trials } = await study.optimize(objective, { trials: 5, catch: true })
    expect({ reason, trials }).toEqual({ reason: 'trials', trials: 5 })
    expect(study.trials.map(({ state }) => state)).toEqual(['FAIL', 'PRUNED', 'FAIL', 'COMPLETE', 'FAIL'])
    expect(study.trials[2]!.systemAttributes.get('thresher:failure')).toBe('Error: cuda out of memory')
    expect(notices).toEqual([
      'trial 0 failed: its value is NaN.',
      'trial 2 failed: Error: cuda out of memory',
      expect.stringContaining('2 values for 1 objective'),
    ])
    expect(study.bestTrial?.number).toBe(3)
  })

  it('throws what the objective throws, after the trials that run', async () => {
    const study = await createStudy({ name: 's', sampler: random() })
    const begun = barrier(3)
    const objective = async (trial: Trial) => {
      await begun()
      if (trial.number === 1) throw new RangeError('bad')
      await new Promise((resolve) => setTimeout(resolve, 5))
      return 1
    }
    await expect(study.optimize(objective, { trials: 10, concurrency: 3 })).rejects.toThrow(RangeError)
    expect(study.trials.map(({ state }) => state)).toEqual(['COMPLETE', 'FAIL', 'COMPLETE'])
  })

  it('queues running trials again when it is cut short, with what they had', async () => {
    const storage = new MemoryStorage()
    const study = await createStudy({ name: 's', storage, sampler: random(), seed: 3 })
    const cut = new AbortController()
    const seen: number[] = []
    const objective = async (trial: Trial) => {
      seen.push(trial.suggestFloat('x', 0, 1))
      if (trial.number < 2) return trial.number
      trial.report(0.5, 0)
      cut.abort()
      trial.signal.throwIfAborted()
      return 0
    }
    const result = study.optimize(objective, { trials: 10, signal: cut.signal })
    expect(await result).toEqual({ trials: 2, reason: 'signal' })
    const waiting = (await storage.readTrials(1))[2]!
    expect(waiting).toMatchObject({ state: 'WAITING', start: undefined })
    expect(waiting.intermediate.get(0)).toBe(0.5)

    const resumed = await loadStudy({ name: 's', storage })
    await resumed.optimize((trial) => trial.suggestFloat('x', 0, 1), { trials: 1 })
    expect(resumed.trials).toHaveLength(3)
    expect(resumed.trials[2]).toMatchObject({ state: 'COMPLETE', values: [seen[2]] })
  })

  it('takes a result that comes in time after the signal, and no other', async () => {
    const study = await createStudy({ name: 's', sampler: random() })
    const cut = new AbortController()
    const begun = barrier(2)
    const objective = async (trial: Trial) => {
      await begun()
      if (trial.number === 1) return new Promise<number>(() => {})
      cut.abort()
      await Promise.resolve()
      return 1
    }
    await study.optimize(objective, { concurrency: 2, signal: cut.signal, abortGrace: 0.01 })
    await study.refresh()
    expect(study.trials.map(({ state }) => state)).toEqual(['COMPLETE', 'WAITING'])
  })

  it('stops by stop(), by timeout and by budget', async () => {
    const study = await createStudy({ name: 's', sampler: random(), budget: { trials: 5 } })
    const once = await study.optimize(bowl, { callbacks: [() => study.stop()] })
    expect(once).toEqual({ trials: 1, reason: 'stop' })
    expect(await study.optimize(bowl, { timeout: 0 })).toEqual({ trials: 0, reason: 'timeout' })
    expect(await study.optimize(bowl, { concurrency: 3 })).toEqual({ trials: 4, reason: 'budget' })
    expect(study.trials).toHaveLength(5)
  })

  it('lets timers and signals have their turn, though the objective waits for nothing', async () => {
    const study = await createStudy({ name: 's', sampler: random() })
    const cut = new AbortController()
    setTimeout(() => cut.abort(), 1)
    expect((await study.optimize(bowl, { signal: cut.signal })).reason).toBe('signal')
  })

  it.each([{ trials: -1 }, { trials: 1.5 }, { timeout: Number.NaN }, { concurrency: 0 }])(
    'refuses %j',
    async (options) => {
      const study = await createStudy({ name: 's' })
      await expect(study.optimize(bowl, options)).rejects.toThrow(InputError)
    },
  )
})

describe('a draw belongs to its trial', () => {
  const samplers: readonly [string, () => Sampler][] = [
    ['random', random],
    ['quasi-random', quasiRandom],
  ]

  it.each(samplers)('%s: two sittings give what one gives', async (_, sampler) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 11 }), async (seed, first) => {
        const whole = await createStudy({ name: 's', sampler: sampler(), seed })
        await whole.optimize(bowl, { trials: 12 })
        const storage = new MemoryStorage()
        const begun = await createStudy({ name: 's', storage, sampler: sampler(), seed })
        await begun.optimize(bowl, { trials: first })
        const resumed = await loadStudy({ name: 's', storage })
        await resumed.optimize(bowl, { trials: 12 - first })
        expect(told(resumed.trials)).toEqual(told(whole.trials))
      }),
      { numRuns: 15 },
    )
  })

  it('tpe: two sittings give what one gives', async () => {
    const whole = await createStudy({ name: 's', seed: 5 })
    await whole.optimize(bowl, { trials: 30 })
    const storage = new MemoryStorage()
    await (await createStudy({ name: 's', storage, seed: 5 })).optimize(bowl, { trials: 17 })
    const resumed = await loadStudy({ name: 's', storage })
    await resumed.optimize(bowl, { trials: 13 })
    expect(told(resumed.trials)).toEqual(told(whole.trials))
  })

  it.each(samplers)('%s: concurrency does not change it where the space is declared', async (_, sampler) => {
    const declared = space({ x: float(-5, 5), k: int(0, 10), opt: choice('a', 'b') })
    const run = async (concurrency: number) => {
      const study = await createStudy({ name: 's', sampler: sampler(), seed: 1, space: declared })
      const objective = async (trial: Trial<unknown>, { x, k }: { x: number; k: number }) => {
        await new Promise((resolve) => setTimeout(resolve, (trial.number * 7) % 5))
        return x * x + k
      }
      await study.optimize(objective, { trials: 20, concurrency })
      return told(study.trials)
    }
    expect(await run(6)).toEqual(await run(1))
  })

  it('is the same whichever of two processes makes it', async () => {
    const alone = await createStudy({ name: 's', sampler: random(), seed: 2 })
    await alone.optimize(bowl, { trials: 20 })
    const storage = new MemoryStorage()
    const one = await createStudy({ name: 's', storage, sampler: random(), seed: 2 })
    const other = await loadStudy({ name: 's', storage })
    await Promise.all([one.optimize(bowl, { trials: 10 }), other.optimize(bowl, { trials: 10 })])
    await one.refresh()
    expect(told(one.trials)).toEqual(told(alone.trials))
  })
})

describe('enqueued trials', () => {
  it('go first, with their parameters, and the rest drawn', async () => {
    const study = await createStudy({ name: 's', sampler: random() })
    await study.enqueueTrial({ x: 1.5 }, { userAttributes: { why: 'by hand' } })
    await study.enqueueTrial({ x: 2.5, k: 3 })
    expect(await study.enqueueTrial({ x: 1.500001 }, { skipIfExists: true })).toBeUndefined()
    expect(await study.enqueueTrial({ x: 1.6 }, { skipIfExists: true })).toBeDefined()
    await study.optimize(bowl, { trials: 4 })
    expect(study.trials.map(({ params }) => params.get('x'))).toEqual([1.5, 2.5, 1.6, expect.any(Number)])
    expect(study.trials[1]!.params.get('k')).toBe(3)
    expect(study.trials[0]!.userAttributes.get('why')).toBe('by hand')
  })

  it('may lie outside a range, with a notice, but not outside the choices', async () => {
    const notices: string[] = []
    const study = await createStudy({ name: 's', sampler: random(), notice: (text) => notices.push(text) })
    await study.enqueueTrial({ x: 9 })
    const trial = await study.ask()
    expect(trial.suggestFloat('x', -5, 5)).toBe(9)
    expect(notices).toEqual(['trial 0: x is fixed at 9, outside its range or between its steps.'])
    await study.enqueueTrial({ opt: 'lamb' })
    const next = await study.ask()
    expect(() => next.suggestCategorical('opt', ['sgd', 'adam'])).toThrow('none of its choices')
  })

  it('are checked against a declared space', async () => {
    const study = await createStudy({ name: 's', space: space({ x: float(0, 1), opt: choice('a', 'b') }) })
    await expect(study.enqueueTrial({ y: 1 })).rejects.toThrow('y is not in the study')
    await expect(study.enqueueTrial({ opt: 'c' as 'a' })).rejects.toThrow('opt is c; give a, b')
    await study.enqueueTrial({ opt: 'b' })
    expect((await study.ask()).params.opt).toBe('b')
  })
})

describe('trials from elsewhere', () => {
  it('are added as they are', async () => {
    const one = await createStudy({ name: 'one', sampler: random(), seed: 1 })
    await one.optimize(bowl, { trials: 3 })
    const other = await createStudy({ name: 'other' })
    for (const trial of one.trials) await other.addTrial(trial)
    expect(told(other.trials)).toEqual(told(one.trials))
    const d = { kind: 'float', low: 0, high: 1, step: null, log: false } as const
    await expect(other.addTrial({ params: { z: 1 }, value: 1 })).rejects.toThrow('z has no distribution')
    await expect(other.addTrial({ params: { z: 1 }, distributions: { z: d } })).rejects.toThrow(
      'needs a value',
    )
    await expect(other.addTrial({ params: { x: 'a' }, distributions: { x: d }, value: 1 })).rejects.toThrow(
      'cannot hold',
    )
    await other.addTrial({ params: { z: 1 }, distributions: { z: d }, value: 1 })
    expect(other.trials.at(-1)).toMatchObject({ number: 3, state: 'COMPLETE', values: [1] })
  })
})

describe('the best', () => {
  it('is feasible', async () => {
    const study = await createStudy({ name: 's', direction: 'maximize', sampler: random() })
    for (const [value, constraint] of [
      [3, 1],
      [2, 0],
      [2, -1],
    ] as const) {
      const trial = await study.ask()
      trial.setConstraints([constraint])
      await study.tell(trial, value)
    }
    expect(study.bestTrial?.number).toBe(1)
    expect(study.trials[0]!.systemAttributes.get('constraints')).toEqual([1])
  })

  it('of several objectives is the Pareto front', async () => {
    const study = await createStudy({ name: 's', directions: ['minimize', 'maximize'], sampler: random() })
    for (const values of [
      [1, 1],
      [2, 2],
      [2, 1],
      [0.5, 0.5],
      [1, 1],
    ]) {
      await study.tell(await study.ask(), values)
    }
    expect(study.bestTrials.map(({ number }) => number)).toEqual([0, 1, 3, 4])
  })
})

describe('declared spaces', () => {
  const declared = space({
    lr: logFloat(1e-5, 1e-2),
    opt: choice('sgd', 'adamw', null),
    momentum: float(0, 1).when('opt', 'sgd'),
    nesterov: choice(true, false).when('momentum', 0),
  })

  it('give the objective its parameters, typed', async () => {
    const study = await createStudy({ name: 's', sampler: random(), space: declared })
    expectTypeOf(study).toEqualTypeOf<
      Study<{
        readonly lr: number
        readonly opt: 'sgd' | 'adamw' | null
        readonly momentum?: number
        readonly nesterov?: boolean
      }>
    >()
    await study.optimize(
      (trial, { lr, opt, momentum }) => {
        expectTypeOf(lr).toEqualTypeOf<number>()
        expectTypeOf(opt).toEqualTypeOf<'sgd' | 'adamw' | null>()
        expectTypeOf(momentum).toEqualTypeOf<number | undefined>()
        expect(trial.params).toEqual(momentum === undefined ? { lr, opt } : { lr, opt, momentum })
        expect(momentum === undefined).toBe(opt !== 'sgd')
        return lr
      },
      { trials: 30 },
    )
    expect(new Set(study.trials.map(({ params }) => params.get('opt')))).toEqual(
      new Set(['sgd', 'adamw', null]),
    )
  })

  it('infer from suggestions too', async () => {
    const study = await createStudy({ name: 's' })
    const trial = await study.ask()
    expectTypeOf(trial.suggestCategorical('opt', ['sgd', 'adamw'])).toEqualTypeOf<'sgd' | 'adamw'>()
    expectTypeOf(trial.suggestCategorical('flag', [true, null])).toEqualTypeOf<true | null>()
    expectTypeOf(trial.suggestInt('n', 1, 4)).toEqualTypeOf<number>()
  })

  it.each([
    [() => space({}), 'no parameters'],
    [() => space({ a: float(0, 1).when('b', 1) }), 'b, which is not declared'],
    [() => space({ a: float(0, 1).when('b', 'z'), b: choice('x') }), 'b being z, which it never is'],
    [() => space({ a: choice(1).when('b', 1), b: choice(1).when('a', 1) }), 'break the circle'],
  ])('refuse %s', (build, text) => {
    expect(build).toThrow(text)
  })
})

describe('duplicates', () => {
  const small = space({ a: choice('x', 'y', 'z'), b: int(1, 4) })

  it('are forbidden until the space is used up', async () => {
    for (const concurrency of [1, 3]) {
      const study = await createStudy({
        name: 's',
        sampler: random(),
        space: small,
        duplicates: 'forbid',
        seed: 4,
      })
      const { reason } = await study.optimize((_, { b }) => b, { concurrency })
      expect(reason).toBe('exhausted')
      expect(new Set(study.trials.map(({ params }) => JSON.stringify([...params]))).size).toBe(12)
      expect(study.trials).toHaveLength(12)
      await expect(study.ask()).rejects.toThrow(SpaceExhausted)
    }
  })

  it('are forbidden where the objective suggests as it goes', async () => {
    const study = await createStudy({ name: 's', sampler: random(), duplicates: 'forbid', seed: 4 })
    const objective = (trial: Trial) => trial.suggestInt('a', 0, 4) + trial.suggestInt('b', 0, 2)
    await study.optimize(objective)
    expect(new Set(study.trials.map(({ params }) => JSON.stringify([...params].sort()))).size).toBe(15)
  })

  it('are a new try where a trial failed', async () => {
    const study = await createStudy({
      name: 's',
      sampler: random(),
      space: small,
      duplicates: 'forbid',
      seed: 4,
    })
    const objective = (trial: Trial<unknown>) => (trial.number === 3 ? Number.NaN : 1)
    await study.optimize(objective)
    expect(study.trials).toHaveLength(13)
  })

  it('are there where they are allowed', async () => {
    const study = await createStudy({ name: 's', sampler: random(), space: small, seed: 4 })
    await study.optimize((_, { b }) => b, { trials: 30 })
    expect(study.trials).toHaveLength(30)
  })
})

describe('what a study keeps', () => {
  it('is taken up again, and anything else refused until it is meant', async () => {
    const storage = new MemoryStorage()
    await createStudy({
      name: 's',
      storage,
      sampler: random(),
      seed: 11,
      budget: { trials: 3 },
      pruner: null,
    })
    const resumed = await loadStudy({ name: 's', storage })
    expect(resumed.sampler.name).toBe('random')
    expect(resumed.seed).toBe(11)
    expect(resumed.budget).toEqual({ trials: 3 })
    expect(resumed.pruner).toBeUndefined()
    await expect(loadStudy({ name: 's', storage, sampler: quasiRandom() })).rejects.toThrow(
      `study "s": its sampler is random {}, not quasi-random {}; leave it out to go on as before, or say change: ['sampler'] to change it from here on.`,
    )
    await expect(loadStudy({ name: 's', storage, seed: 12 })).rejects.toThrow('its seed is 11, not 12')
    const changed = await loadStudy({ name: 's', storage, sampler: quasiRandom(), change: ['sampler'] })
    expect(changed.sampler.name).toBe('quasi-random')
    expect((await loadStudy({ name: 's', storage })).sampler.name).toBe('quasi-random')
    await expect(loadStudy({ name: 's', storage, change: ['colour' as 'seed'] })).rejects.toThrow(
      'change names colour',
    )
  })

  it('includes the space', async () => {
    const storage = new MemoryStorage()
    const declared = space({ opt: choice('sgd', Number.NaN), momentum: float(0, 1).when('opt', 'sgd') })
    await createStudy({ name: 's', storage, space: declared })
    const resumed = await loadStudy({ name: 's', storage })
    expect(resumed.space?.toFacts()).toEqual(declared.toFacts())
    await loadStudy({ name: 's', storage, space: declared })
    await expect(loadStudy({ name: 's', storage, space: space({ opt: choice('sgd') }) })).rejects.toThrow(
      'migrateSpace',
    )
  })

  it('is created once', async () => {
    const storage = new MemoryStorage()
    const one = await createStudy({ name: 's', storage, direction: 'maximize' })
    await expect(createStudy({ name: 's', storage })).rejects.toThrow(StudyExistsError)
    const same = await createStudy({ name: 's', storage, loadIfExists: true })
    expect(same.seed).toBe(one.seed)
    expect(same.directions).toEqual(['maximize'])
    await expect(
      createStudy({ name: 's', storage, direction: 'minimize', loadIfExists: true }),
    ).rejects.toThrow('study "s" is to maximize, not minimize')
    await expect(loadStudy({ name: 't', storage })).rejects.toThrow(StudyNotFoundError)
  })

  it.each([
    [{ name: '' }, 'name is empty'],
    [{ name: 's', seed: -1 }, 'seed is -1'],
    [{ name: 's', direction: 'up' as 'minimize' }, 'direction is up'],
    [{ name: 's', directions: [] }, 'directions is empty'],
    [{ name: 's', duplicates: 'never' as 'forbid' }, 'duplicates is never'],
    [{ name: 's', seeds: [] }, 'seeds is empty'],
    [{ name: 's', seeds: [1, 1] }, 'one comes twice'],
    [{ name: 's', budget: { trials: 0 } }, 'budget: trials is 0'],
    [{ name: 's', heartbeat: { interval: 0 } }, 'interval is 0'],
    [{ name: 's', heartbeat: { interval: 5, grace: 5 } }, 'grace is 5'],
  ])('is checked: %j', async (options, text) => {
    await expect(createStudy(options)).rejects.toThrow(text)
  })

  it('includes attributes and the names of the metrics', async () => {
    const storage = new MemoryStorage()
    const study = await createStudy({ name: 's', storage, directions: ['minimize', 'maximize'] })
    await study.setUserAttribute('data', { train: 'icdar', images: 404 })
    await study.setMetricNames(['loss', 'hmean'])
    await expect(study.setMetricNames(['loss'])).rejects.toThrow('1 names for 2 objectives')
    const resumed = await loadStudy({ name: 's', storage })
    expect(resumed.userAttributes.get('data')).toEqual({ train: 'icdar', images: 404 })
    expect(resumed.metricNames).toEqual(['loss', 'hmean'])
  })
})

describe('trials of dead processes', () => {
  it('are queued again, with their parameters and a history', async () => {
    const storage = new MemoryStorage()
    const heartbeat = { interval: 0.001, grace: 0.002, retries: 1 }
    const dead = await createStudy({ name: 's', storage, sampler: random(), heartbeat })
    const lost = await dead.ask({ heartbeat: true })
    const x = lost.suggestFloat('x', 0, 1)
    await lost.flush()
    await new Promise((resolve) => setTimeout(resolve, 10))

    const notices: string[] = []
    const study = await loadStudy({ name: 's', storage, notice: (text) => notices.push(text) })
    await study.optimize((trial) => trial.suggestFloat('x', 0, 1), { trials: 1 })
    expect(study.trials.map(({ state }) => state)).toEqual(['FAIL', 'COMPLETE'])
    expect(study.trials[1]!.values).toEqual([x])
    expect(study.trials[1]!.systemAttributes.get('failed_trial')).toBe(0)
    expect(study.trials[1]!.systemAttributes.get('retry_history')).toEqual([0])
    expect(notices[0]).toContain('queued again as trial 1')
    await expect(dead.tell(lost, 1)).rejects.toThrow(FinishedTrialError)
  })
})

it('hands out trials that nobody can re-order', async () => {
  const study = await createStudy({ name: 's', seed: 1 })
  await study.optimize((trial) => trial.suggestFloat('x', 0, 1), { trials: 2 })
  expect(() => (study.trials as unknown[]).reverse()).toThrow(TypeError)
})
