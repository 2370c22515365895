import { createStudy, type ParamValue } from '@thresher/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSweepFile } from '../../../../src/index.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { expectCounts, expectDrawnFrom, normalCdf, roundedShares } from '../fit.ts'

const folder = temporaryFolder()

const FILE = `
program: train.py
method: random
metric: {name: loss}
parameters:
  constant: {value: 3}
  constant_named: {distribution: constant, value: a b}
  categorical: {values: [sgd, adam, 8, true, null]}
  categorical_named: {distribution: categorical, values: [1, 2]}
  repeated: {values: [a, b, a, a]}
  weighted: {values: [16, 32, 64], probabilities: [0.2, 0.5, 0.3]}
  weighted_named: {distribution: categorical_w_probabilities, values: [x, y, z], probabilities: [0.9, 0, 0.1]}
  int_inferred: {min: 1, max: 6}
  int_uniform: {distribution: int_uniform, min: -2, max: 2}
  uniform_inferred: {min: 0, max: 1.0}
  uniform: {distribution: uniform, min: 2, max: 5}
  q_uniform: {distribution: q_uniform, min: 0, max: 1, q: 0.25}
  q_uniform_off: {distribution: q_uniform, min: 3, max: 21, q: 8}
  log_uniform: {distribution: log_uniform, min: -9.21, max: -2.3}
  log_uniform_values: {distribution: log_uniform_values, min: 1e-5, max: 1e-1}
  q_log_uniform: {distribution: q_log_uniform, min: 0, max: 4}
  q_log_uniform_values: {distribution: q_log_uniform_values, min: 16, max: 256, q: 16}
  inv_log_uniform: {distribution: inv_log_uniform, min: 2, max: 9}
  inv_log_uniform_values: {distribution: inv_log_uniform_values, min: 0.001, max: 0.1}
  normal: {distribution: normal, mu: 0.5, sigma: 0.2}
  normal_standard: {distribution: normal}
  q_normal: {distribution: q_normal, mu: 10, sigma: 3, q: 2}
  log_normal: {distribution: log_normal, mu: -7, sigma: 1.5}
  q_log_normal: {distribution: q_log_normal, mu: 3, sigma: 0.5, q: 4}
  beta: {distribution: beta, a: 2, b: 3}
  beta_edges: {distribution: beta, a: 0.5, b: 0.5}
  q_beta: {distribution: q_beta, a: 2, b: 3, q: 0.1}
`

const TRIALS = 2000

describe('method random draws each distribution of W&B', () => {
  const columns = new Map<string, ParamValue[]>()
  let fixed: ReadonlyMap<string, ParamValue> = new Map()
  beforeAll(async () => {
    const plan = await readSweepFile(folder.write('all.yaml', FILE), { cwd: folder.path })
    fixed = plan.fixed
    const heard: string[] = []
    const study = await createStudy({
      name: plan.name,
      space: plan.space,
      sampler: plan.sampler,
      seed: 20,
      pruner: null,
      notice: (text) => heard.push(text),
    })
    await study.optimize(() => 0, { trials: TRIALS })
    expect(heard).toEqual([])
    for (const name of plan.space.declared.keys()) {
      columns.set(
        name,
        study.trials.map(({ params }) => params.get(name)!),
      )
    }
    expect([...plan.fixed.keys(), ...columns.keys()].sort()).toEqual([...plan.order].sort())
  }, 60_000)

  it('constant', () => {
    expect([...fixed]).toEqual([
      ['constant', 3],
      ['constant_named', 'a b'],
    ])
  })

  it.each<[string, readonly (readonly [ParamValue, number])[]]>([
    ['categorical', ['sgd', 'adam', 8, true, null].map((value) => [value, 0.2] as const)],
    [
      'categorical_named',
      [
        [1, 0.5],
        [2, 0.5],
      ],
    ],
    [
      'repeated',
      [
        ['a', 0.75],
        ['b', 0.25],
      ],
    ],
    [
      'weighted',
      [
        [16, 0.2],
        [32, 0.5],
        [64, 0.3],
      ],
    ],
    [
      'weighted_named',
      [
        ['x', 0.9],
        ['z', 0.1],
      ],
    ],
    ['int_inferred', [1, 2, 3, 4, 5, 6].map((value) => [value, 1 / 6] as const)],
    ['int_uniform', [-2, -1, 0, 1, 2].map((value) => [value, 0.2] as const)],
    [
      'q_uniform',
      [
        [0, 0.125],
        [0.25, 0.25],
        [0.5, 0.25],
        [0.75, 0.25],
        [1, 0.125],
      ],
    ],
    // 3 to 4 become 0, and 20 to 21 become 24.
    [
      'q_uniform_off',
      [
        [0, 1 / 18],
        [8, 8 / 18],
        [16, 8 / 18],
        [24, 1 / 18],
      ],
    ],
  ])('%s', (name, shares) => {
    expectCounts(columns.get(name)!, new Map(shares), name)
  })

  const log = (low: number, high: number) => (x: number) =>
    Math.min(1, Math.max(0, (Math.log(Math.max(x, 1e-300)) - low) / (high - low)))
  const normal = (mu: number, sigma: number) => (x: number) => normalCdf((x - mu) / sigma)
  const logNormal = (mu: number, sigma: number) => (x: number) =>
    x <= 0 ? 0 : normalCdf((Math.log(x) - mu) / sigma)
  const beta23 = (x: number) => (x <= 0 ? 0 : x >= 1 ? 1 : 6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4)

  it.each<[string, (x: number) => number]>([
    ['uniform_inferred', (x) => x],
    ['uniform', (x) => (x - 2) / 3],
    ['log_uniform', log(-9.21, -2.3)],
    ['log_uniform_values', log(Math.log(1e-5), Math.log(1e-1))],
    // X = exp(-U) with U uniform on the bounds.
    ['inv_log_uniform', log(-9, -2)],
    ['inv_log_uniform_values', log(Math.log(0.001), Math.log(0.1))],
    ['normal', normal(0.5, 0.2)],
    ['normal_standard', normal(0, 1)],
    ['log_normal', logNormal(-7, 1.5)],
    ['beta', beta23],
    ['beta_edges', (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
  ])('%s', (name, cdf) => {
    expectDrawnFrom(columns.get(name) as number[], cdf, name)
  })

  it.each<[string, number, number, number, (x: number) => number]>([
    ['q_log_uniform', 1, 1, Math.exp(4), log(0, 4)],
    ['q_log_uniform_values', 16, 16, 256, log(Math.log(16), Math.log(256))],
    ['q_normal', 2, -20, 40, normal(10, 3)],
    ['q_log_normal', 4, 0, 400, logNormal(3, 0.5)],
    ['q_beta', 0.1, 0, 1, beta23],
  ])('%s', (name, q, from, to, cdf) => {
    expectCounts(columns.get(name)!, roundedShares(q, from, to, cdf), name)
  })
})

describe('method bayes searches each distribution of W&B', () => {
  it('between the bounds, or the 0.1 % and 99.9 % quantiles where there are none', async () => {
    const bayes = FILE.replace('method: random', 'method: bayes')
    const plan = await readSweepFile(folder.write('bayes.yaml', bayes), { cwd: folder.path })
    const range = (name: string) => {
      const distribution = plan.space.declared.get(name)!.distribution
      if (distribution.kind === 'categorical') throw new Error(name)
      return distribution
    }
    expect(range('uniform')).toMatchObject({ kind: 'float', low: 2, high: 5, log: false })
    expect(range('int_inferred')).toMatchObject({ kind: 'int', low: 1, high: 6 })
    expect(range('log_uniform_values')).toMatchObject({ low: 1e-5, high: 1e-1, log: true })
    expect(range('inv_log_uniform').low).toBeCloseTo(Math.exp(-9), 12)
    expect(range('q_log_uniform')).toMatchObject({ kind: 'int', low: 1, high: 55, log: true })
    expect(range('q_log_uniform_values')).toMatchObject({ kind: 'int', low: 16, high: 256, step: 16 })
    expect(range('normal').low).toBeCloseTo(0.5 - 0.2 * 3.0902, 4)
    expect(range('normal').high).toBeCloseTo(0.5 + 0.2 * 3.0902, 4)
    expect(range('log_normal')).toMatchObject({ log: true })
    expect(range('q_beta')).toMatchObject({ step: 0.1 })
    expect(beta(range('beta').low)).toBeCloseTo(0.001, 9)
    expect(plan.sampler.options).toMatchObject({ sampler: { name: 'gp' } })
    expect(plan.notices.join('\n')).toMatch(
      /bayes\.yaml:\d+:\d+: parameters\.q_log_uniform_values: is searched from 16 to 256, on a linear scale because of q\./,
    )
  })
})

function beta(x: number): number {
  return 6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4
}
