import { describe, expect, it } from 'vitest'
import {
  choice,
  createStudy,
  DeclaredParam,
  type Law,
  lawDistribution,
  type NumericLaw,
  type ParamValue,
  random,
  type Sampler,
  samplerFromOptions,
  space,
  tpe,
  withLaws,
} from '../../../src/index.ts'

const NUMBERS: Readonly<Record<string, NumericLaw>> = {
  normal: { law: 'normal', mu: -1, sigma: 2 },
  wide: { law: 'log-normal', mu: 0, sigma: 3 },
  rounded: { law: 'normal', mu: 0, sigma: 1, q: 0.1 },
  beta: { law: 'beta', a: 0.5, b: 2 },
  steps: { law: 'log-uniform', min: 16, max: 256, q: 8 },
  halves: { law: 'uniform', min: 0, max: 3, q: 1 },
}
const LAWS: Readonly<Record<string, Law>> = {
  ...NUMBERS,
  optimizer: { law: 'categorical', weights: [1, 0, 3] },
}

const declared = space({
  ...Object.fromEntries(
    Object.entries(NUMBERS).map(([name, law]) => [name, new DeclaredParam<number>(lawDistribution(law))]),
  ),
  optimizer: choice('sgd', 'adam', 'adamw'),
  free: choice('x', 'y'),
})

async function drawn(
  sampler: Sampler,
  trials: number,
  seed: number,
): Promise<ReadonlyMap<string, ParamValue>[]> {
  const heard: string[] = []
  const study = await createStudy({
    name: 's',
    sampler,
    space: declared,
    seed,
    notice: (text) => heard.push(text),
  })
  await study.optimize(() => 0, { trials })
  expect(heard).toEqual([])
  return study.trials.map(({ params }) => params)
}

describe('withLaws', () => {
  it('draws by the law of each parameter, all of it', async () => {
    const n = 2000
    const rows = await drawn(withLaws(random(), LAWS), n, 11)
    const share = (accept: (params: ReadonlyMap<string, ParamValue>) => boolean) =>
      rows.filter(accept).length / n
    const number = (name: string) => (params: ReadonlyMap<string, ParamValue>) => params.get(name) as number
    const expected: readonly (readonly [string, (value: number) => boolean, number])[] = [
      ['normal', (x) => x < -1, 0.5],
      ['normal', (x) => x > 3, 0.02275],
      ['wide', (x) => x < Math.exp(-3), 0.15866],
      ['wide', (x) => x > Math.exp(6), 0.02275],
      ['rounded', (x) => x === 0, 0.03988],
      ['beta', (x) => x < 0.1, 1.5 * (0.1 ** 0.5 - 0.1 ** 1.5 / 3)],
      ['steps', (x) => x === 16, Math.log(20 / 16) / Math.log(16)],
      ['halves', (x) => x === 0, 1 / 6],
      ['halves', (x) => x === 1, 1 / 3],
    ]
    for (const [name, accept, p] of expected) {
      // Four standard deviations of a share.
      const found = share((params) => accept(number(name)(params)))
      expect(Math.abs(found - p), `${name}: ${found} for ${p}`).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n))
    }
    expect(share((params) => params.get('optimizer') === 'adam')).toBe(0)
    expect(Math.abs(share((params) => params.get('optimizer') === 'adamw') - 0.75)).toBeLessThan(0.04)
    expect(Math.abs(share((params) => params.get('free') === 'x') - 0.5)).toBeLessThan(0.045)
    for (const params of rows) {
      expect(Number.isInteger(params.get('steps'))).toBe(true)
      expect(String(params.get('rounded'))).toMatch(/^-?\d(\.\d)?$/)
    }
  })

  it('draws the same where it is built again from what stands in a study', async () => {
    const sampler = withLaws(random(), LAWS)
    const again = samplerFromOptions(sampler.name, JSON.parse(JSON.stringify(sampler.options)))
    expect([again.name, again.options]).toEqual([sampler.name, sampler.options])
    expect(await drawn(again, 5, 3)).toEqual(await drawn(sampler, 5, 3))
    expect(await drawn(again, 5, 4)).not.toEqual(await drawn(sampler, 5, 3))
  })

  it('leaves to a model what it draws, and gives it the beginning', async () => {
    const laws = { optimizer: LAWS.optimizer! }
    const model = () => tpe({ startupTrials: 8, categoryFloor: 50 })
    const rows = await drawn(withLaws(model(), laws), 40, 2)
    expect(rows.slice(0, 8).map((params) => params.get('optimizer'))).not.toContain('adam')
    expect(rows.slice(8).map((params) => params.get('optimizer'))).toContain('adam')
  })

  it('keeps within a range that cuts a law off', async () => {
    const narrow = space({
      x: new DeclaredParam<number>(lawDistribution({ law: 'normal', mu: 0, sigma: 1 }, 0.25)),
      far: new DeclaredParam<number>({ kind: 'float', low: 100, high: 101, step: null, log: false }),
    })
    const laws: Record<string, Law> = {
      x: { law: 'normal', mu: 0, sigma: 1 },
      far: { law: 'normal', mu: 0, sigma: 1 },
    }
    const study = await createStudy({ name: 's', sampler: withLaws(random(), laws), space: narrow, seed: 1 })
    await study.optimize(() => 0, { trials: 200 })
    for (const { params } of study.trials) {
      expect(Math.abs(params.get('x') as number)).toBeLessThan(0.6745)
      expect(params.get('far')).toBeGreaterThanOrEqual(100)
    }
  })

  it('refuses laws that are none', async () => {
    const refused = (law: unknown) => () => withLaws(random(), { x: law as Law })
    expect(refused({ law: 'cauchy' })).toThrow(
      /^withLaws: x: law is 'cauchy'; give uniform or log-uniform or/,
    )
    expect(refused({ law: 'normal', mu: 0, sigma: 0 })).toThrow(
      'withLaws: x: sigma is 0; give a number above 0.',
    )
    expect(refused({ law: 'uniform', min: 2, max: 1 })).toThrow(
      'withLaws: x: max is 1; give a number above 2.',
    )
    expect(refused({ law: 'log-uniform', min: 0, max: 1 })).toThrow(
      'withLaws: x: min is 0; give a number above 0.',
    )
    expect(refused({ law: 'beta', a: 1, b: 1, q: 0 })).toThrow('withLaws: x: q is 0; give a number above 0.')
    expect(refused({ law: 'normal', mu: 0, sigma: 1, p: 0 })).toThrow('withLaws: x: there is no option p;')
    expect(refused({ law: 'categorical', weights: [0] })).toThrow('withLaws: x: no weight is above 0;')
    const few = createStudy({
      name: 's',
      sampler: withLaws(random(), { x: { law: 'categorical', weights: [1] } }),
      space: space({ x: choice('a', 'b') }),
    })
    await expect((await few).optimize(() => 0, { trials: 1 })).rejects.toThrow(
      'withLaws: x has 1 weights and not as many choices; give a weight to each choice.',
    )
  })
})

describe('the range of a law', () => {
  it('is searched on the scale of the law, in steps of q', () => {
    const cut = 0.001
    expect(lawDistribution({ law: 'log-uniform', min: 1, max: 64, q: 1 })).toEqual({
      kind: 'int',
      low: 1,
      high: 64,
      step: 1,
      log: true,
    })
    expect(lawDistribution({ law: 'log-uniform', min: 16, max: 250, q: 8 })).toMatchObject({
      kind: 'int',
      low: 16,
      high: 248,
      step: 8,
      log: false,
    })
    expect(lawDistribution({ law: 'log-normal', mu: 0, sigma: 1 }, cut)).toMatchObject({
      kind: 'float',
      log: true,
    })
    expect(lawDistribution({ law: 'uniform', min: 0.04, max: 0.33, q: 0.1 })).toEqual({
      kind: 'float',
      low: 0,
      high: 0.3,
      step: 0.1,
      log: false,
    })
    expect(lawDistribution({ law: 'beta', a: 2, b: 2 })).toMatchObject({ low: 0, high: 1 })
    const normal = lawDistribution({ law: 'normal', mu: 10, sigma: 2 }, cut)
    // 3.0902 is the 99.9 % point of every printed table.
    expect((normal.high - 10) / 2).toBeCloseTo(3.0902, 4)
    expect((normal.low - 10) / 2).toBeCloseTo(-3.0902, 4)
  })

  it('is refused where no number holds it', () => {
    expect(() => lawDistribution({ law: 'log-normal', mu: 0, sigma: 1000 })).toThrow(
      'law: log-normal reaches from 0 to Infinity, which no number holds; narrow it.',
    )
  })
})
