import { describe, expect, test, vi } from 'vitest'
import { createRandom } from '../../../src/random.js'
import { gp } from '../../../src/samplers/gp/gp.js'
import type { Sampler } from '../../../src/samplers/sampler.js'
import type { Distribution, ParamValue } from '../../../src/space/distribution.js'
import type { Direction } from '../../../src/study/study-snapshot.js'
import type { TrialRecord } from '../../../src/trial/trial-record.js'
import { studyOf, trialOf } from '../../support/study-fixture.js'

// Thousands of draws, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

type Params = Readonly<Record<string, ParamValue>>
type Space = ReadonlyMap<string, Distribution>

const unit: Distribution = { kind: 'float', low: 0, high: 1, step: null, log: false }
const square: Space = new Map([
  ['x', unit],
  ['y', unit],
])
const mixed: Space = new Map<string, Distribution>([
  ['kind', { kind: 'categorical', choices: ['a', 'b', null] }],
  ['n', { kind: 'int', low: 1, high: 500, step: 1, log: true }],
  ['s', { kind: 'float', low: 0, high: 2, step: 0.05, log: false }],
  ['x', { kind: 'float', low: 1e-4, high: 1, step: null, log: true }],
])

function draw(sampler: Sampler, trials: readonly TrialRecord[], space: Space, directions?: Direction[]) {
  const context = {
    study: studyOf(trials, directions),
    number: trials.length,
    random: createRandom(trials.length),
    seed: 0,
  }
  const drawn = sampler.draw(context, space)
  if (drawn instanceof Promise) throw new Error('gp draws at once')
  const params = new Map(drawn.params)
  for (const [name, distribution] of space) {
    if (!params.has(name)) params.set(name, sampler.drawOne(context, trials[0]!, name, distribution))
  }
  return { ...drawn, params }
}

/** Runs trials one after another; `attributes` are the objective's own, such as constraints. */
function optimize(
  sampler: Sampler,
  space: Space,
  objective: (params: Params) => number[],
  count: number,
  directions?: Direction[],
  attributes: (params: Params) => [string, number[]][] = () => [],
): TrialRecord[] {
  const trials: TrialRecord[] = []
  for (let number = 0; number < count; number++) {
    const drawn = draw(sampler, trials, space, directions)
    const params = Object.fromEntries(drawn.params)
    const systemAttributes = new Map([...(drawn.attributes ?? []), ...attributes(params)])
    trials.push(trialOf(number, params, space, objective(params), { systemAttributes }))
  }
  return trials
}

const bowl = ({ x, y }: Params) => [((x as number) - 0.3) ** 2 + ((y as number) - 0.8) ** 2]

describe('gp', () => {
  test('finds the minimum of a bowl, and the maximum of one turned over', () => {
    const down = optimize(gp(), square, bowl, 20)
    expect(Math.min(...down.map(({ values }) => values![0]!))).toBeLessThan(1e-4)
    const up = optimize(gp({ deterministic: true }), square, (params) => [-bowl(params)[0]!], 20, [
      'maximize',
    ])
    expect(Math.max(...up.map(({ values }) => values![0]!))).toBeGreaterThan(-1e-4)
  })

  test('keeps to a mixed space and finds its optimum', () => {
    const trials = optimize(
      gp(),
      mixed,
      ({ kind, n, s, x }) => [
        (kind === null ? 0 : 1) +
          (Math.log((n as number) / 40) / 3) ** 2 +
          ((s as number) - 1.35) ** 2 +
          (Math.log10(x as number) + 2) ** 2 / 4,
      ],
      45,
    )
    for (const { params } of trials) {
      expect(['a', 'b', null]).toContain(params.get('kind'))
      expect(Number.isInteger(params.get('n'))).toBe(true)
      expect(
        Math.abs(Math.round((params.get('s') as number) / 0.05) * 0.05 - (params.get('s') as number)),
      ).toBeLessThan(1e-9)
    }
    const best = trials.reduce((a, b) => (b.values![0]! < a.values![0]! ? b : a))
    expect(best.params.get('kind')).toBe(null)
    expect(best.values![0]).toBeLessThan(0.05)
  })

  test('is random until there are enough COMPLETE trials with the whole space', () => {
    const trials = optimize(gp(), square, bowl, 10)
    const failed = trials.map((trial) => ({ ...trial, state: 'FAIL' as const }))
    expect(trials.every(({ systemAttributes }) => systemAttributes.size === 0)).toBe(true)
    expect(draw(gp(), failed, square).attributes).toBeUndefined()
    expect(draw(gp(), trials, new Map([...square, ['z', unit]])).attributes).toBeUndefined()
    expect(draw(gp(), trials, new Map()).params.size).toBe(0)
    expect(draw(gp(), trials, square).attributes).toBeDefined()
  })

  test('draws the same from the same study, whatever this sampler drew before', () => {
    const used = gp()
    const trials = optimize(used, square, bowl, 16)
    expect(draw(gp(), trials, square).params).toEqual(draw(used, trials, square).params)
  })

  test('fits anew with every trial up to 100, and then for every twentieth more', () => {
    const random = createRandom(9)
    const many = Array.from({ length: 130 }, (_, number) => {
      const params = { x: random.next(), y: random.next() }
      return trialOf(number, params, square, bowl(params))
    })
    const kernelsAfter = (count: number, from: number) => {
      const before = many.slice(0, from)
      const attributes = draw(gp(), before, square).attributes!
      const last = { ...many[from]!, systemAttributes: attributes }
      const after = draw(gp(), [...before, last, ...many.slice(from + 1, count)], square).attributes!
      return [attributes.get('gp:kernels'), after.get('gp:kernels')]
    }
    const [early, next] = kernelsAfter(41, 40)
    expect(next).not.toEqual(early)
    const [kept, same] = kernelsAfter(114, 110)
    expect(same).toEqual(kept)
    const [old, fresh] = kernelsAfter(117, 110)
    expect(fresh).not.toEqual(old)
  })

  test('keeps away from where a trial is running', () => {
    const trials = optimize(gp(), square, bowl, 11)
    const alone = draw(gp(), trials, square)
    const running = trialOf(11, Object.fromEntries(alone.params), square, undefined, {
      state: 'RUNNING',
      systemAttributes: new Map(alone.attributes),
    })
    const beside = draw(gp(), [...trials, running], square)
    const distance = Math.hypot(
      ...['x', 'y'].map((name) => (alone.params.get(name) as number) - (beside.params.get(name) as number)),
    )
    expect(distance).toBeGreaterThan(0.02)
    // What another process drew and has not asked for yet counts as well.
    const silent = { ...running, params: new Map() }
    expect(draw(gp(), [...trials, silent], square).params).toEqual(beside.params)
  })

  test('minds constraints, also before anything is feasible', () => {
    const limit = ({ x, y }: Params): [string, number[]][] => [
      ['constraints', [0.6 - (x as number), (y as number) - 0.4]],
    ]
    const trials = optimize(gp(), square, bowl, 30, undefined, limit)
    const feasible = trials.filter(({ systemAttributes }) =>
      (systemAttributes.get('constraints') as number[]).every((value) => value <= 0),
    )
    // The best feasible point is the corner (0.6, 0.4).
    expect(Math.min(...feasible.map(({ values }) => values![0]!))).toBeLessThan(0.25 + 0.005)

    const never = optimize(gp(), square, bowl, 16, undefined, ({ x }) => [
      ['constraints', [1.5 - (x as number)]],
    ])
    expect(never.at(-1)!.params.get('x')).toBeGreaterThan(0.9)
  })

  test('spreads over the front of two objectives', () => {
    const trials = optimize(
      gp(),
      square,
      ({ x, y }) => [(x as number) ** 2 + (y as number) ** 2, ((x as number) - 1) ** 2 + (y as number) ** 2],
      30,
      ['minimize', 'minimize'],
    )
    // On the front y is 0.
    const late = trials.slice(15)
    expect(late.filter(({ params }) => (params.get('y') as number) < 0.05).length).toBeGreaterThan(10)
    const xs = late.map(({ params }) => params.get('x') as number)
    expect(Math.min(...xs)).toBeLessThan(0.2)
    expect(Math.max(...xs)).toBeGreaterThan(0.8)
    const running = trialOf(30, { x: 0.5, y: 0 }, square, undefined, { state: 'RUNNING' })
    expect(draw(gp(), [...trials, running], square, ['minimize', 'minimize']).params.size).toBe(2)
  })

  test('copes with four objectives, whose front is nearly everything', () => {
    const random = createRandom(10)
    const names = ['a', 'b', 'c', 'd']
    const space: Space = new Map(names.map((name) => [name, unit]))
    const trials = Array.from({ length: 40 }, (_, number) => {
      const params = Object.fromEntries(names.map((name) => [name, random.next()]))
      return trialOf(number, params, space, Object.values(params))
    })
    const drawn = draw(gp(), trials, space, ['minimize', 'minimize', 'minimize', 'minimize'])
    // Every objective alone is best at 0.
    const sum = [...drawn.params.values()].reduce((total: number, value) => total + (value as number), 0)
    expect(sum).toBeLessThan(1)
  })

  test('stands infinite values, constant values and equal points', () => {
    const trials = optimize(gp(), square, () => [1], 12)
    const odd = trials.map((trial) => ({
      ...trial,
      values: [trial.number === 3 ? Number.POSITIVE_INFINITY : 1],
    }))
    expect(draw(gp(), odd, square).params.size).toBe(2)
    const equal = trials.map((trial) => ({ ...trial, params: trials[0]!.params, values: [trial.number] }))
    expect(draw(gp(), equal, square).params.size).toBe(2)
    expect(draw(gp({ deterministic: true }), equal, square).params.size).toBe(2)
  })

  test('names what is wrong with its options', () => {
    expect(() => gp({ startupTrials: 0 })).toThrow(/gp: startupTrials is 0; give a whole number from 1 up/)
    expect(() => gp({ startup: 3 } as object)).toThrow(/there is no option startup/)
    expect(gp().options).toEqual({ startupTrials: 10, deterministic: false })
  })
})
