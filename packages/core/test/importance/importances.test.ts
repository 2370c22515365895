import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importances } from '../../src/importance/importances.js'
import { createRandom } from '../../src/random.js'
import type { Distribution, ParamValue } from '../../src/space/distribution.js'
import { distributionOf, studyOf, trialOf } from '../support/study-fixture.js'

/** What Optuna 5.0.0 gave for 60 trials. */
const golden = JSON.parse(readFileSync(new URL('../golden/importance.json', import.meta.url), 'utf8'))
const space = new Map<string, Distribution>(
  Object.entries<Parameters<typeof distributionOf>[0]>(golden.dists).map(([name, distribution]) => [
    name,
    distributionOf(distribution),
  ]),
)
const study = studyOf(
  (golden.rows as Record<string, number | string>[]).map(({ value, ...params }, number) =>
    trialOf(number, params, space, [value as number]),
  ),
)

const x: Distribution = { kind: 'float', low: 0, high: 1, step: null, log: false }
const mode: Distribution = { kind: 'categorical', choices: ['a', 'b', 'c'] }

function expectAll(found: ReadonlyMap<string, number>, expected: Record<string, number>): void {
  expect([...found.keys()].sort()).toEqual(Object.keys(expected).sort())
  for (const [name, value] of Object.entries(expected)) {
    expect(Math.abs(found.get(name)! - value)).toBeLessThan(1e-9)
  }
}

describe('PED-ANOVA', () => {
  test('agrees with Optuna', () => {
    expectAll(importances(study), golden.pedanova_norm)
    expectAll(importances(study, { normalize: false }), golden.pedanova_raw)
    expectAll(importances(study, { normalize: false, local: false }), golden.pedanova_global_raw)
    expectAll(importances(study, { normalize: false, targetQuantile: 0.25 }), golden['pedanova_q.25_raw'])
  })

  test('puts the largest first, and negates what is maximised', () => {
    const found = [...importances(study).values()]
    expect(found).toEqual(found.toSorted((a, b) => b - a))
    const negated = studyOf(
      study.trials.map((trial) => ({ ...trial, values: [-trial.values![0]!] })),
      ['maximize'],
    )
    expect(importances(negated)).toEqual(importances(study))
    const target = ({ values }: { readonly values: readonly number[] | undefined }) => -values![0]!
    expect(importances(negated, { target })).toEqual(importances(study))
  })

  test('measures a conditional parameter where it is, apart for each of its distributions', () => {
    const random = createRandom(1)
    const wide: Distribution = { kind: 'float', low: 0, high: 10, step: null, log: false }
    const trials = Array.from({ length: 300 }, (_, number) => {
      const place = random.next()
      const noise = random.next()
      if (number % 3 === 0) return trialOf(number, { noise }, new Map([['noise', x]]), [2])
      const params = { momentum: number % 3 === 1 ? place : 10 * place, noise }
      const distributions = new Map([
        ['momentum', number % 3 === 1 ? x : wide],
        ['noise', x],
      ])
      return trialOf(number, params, distributions, [place])
    })
    const found = importances(studyOf(trials))
    expect(found.get('momentum')).toBeGreaterThan(0.9)
    expect(found.get('noise')).toBeLessThan(0.1)
  })

  test('of several objectives explains the way to the front', () => {
    const random = createRandom(2)
    const both = new Map([
      ['x', x],
      ['y', x],
    ])
    const trials = Array.from({ length: 200 }, (_, number) => {
      const params = { x: random.next(), y: random.next() }
      return trialOf(number, params, both, [params.x + params.y, params.x + 1 - params.y])
    })
    const found = importances(studyOf(trials, ['minimize', 'minimize']))
    expect([...found.keys()]).toEqual(['x', 'y'])
    expect(found.get('x')).toBeGreaterThan(0.8)
  })

  test('of too few trials, or of equal ones, says nothing', () => {
    const trials = study.trials.slice(0, 1)
    expect(new Set(importances(studyOf(trials)).values())).toEqual(new Set([0.25]))
    expect([...importances(studyOf(trials), { normalize: false }).values()]).toEqual([0, 0, 0, 0])
    expect(importances(studyOf([])).size).toBe(0)
  })

  test('leaves out what is not finite', () => {
    const extra = trialOf(60, { lr: 1e-5, T_max: 5, opt: 'sgd', wd: 0 }, space, [Number.NEGATIVE_INFINITY])
    expect(importances(studyOf([...study.trials, extra]))).toEqual(importances(study))
  })
})

describe('fANOVA', () => {
  // Both are means of ten seeds; three standard errors of their difference.
  test("agrees with Optuna as far as the spread of Optuna's own seeds allows", () => {
    const means = new Map<string, number>()
    for (let seed = 0; seed < 10; seed++) {
      for (const [name, value] of importances(study, { method: 'fanova', seed, normalize: false })) {
        means.set(name, (means.get(name) ?? 0) + value / 10)
      }
    }
    const expected: Record<string, [mean: number, deviation: number]> = golden.fanova_seed_mean_of_10
    for (const [name, [mean, deviation]] of Object.entries(expected)) {
      expect(Math.abs(means.get(name)! - mean)).toBeLessThan(3 * deviation * Math.sqrt(2 / 10))
    }
  })

  test('finds the shares of an additive function, in which they are known', () => {
    const distributions = new Map<string, Distribution>([
      ['x', x],
      ['y', x],
      ['mode', mode],
      ['none', x],
    ])
    const random = createRandom(3)
    const trials = Array.from({ length: 1500 }, (_, number) => {
      const params = {
        x: random.next(),
        y: random.next(),
        mode: ['a', 'b', 'c'][random.int(3)]!,
        none: random.next(),
      }
      // Variances 4 / 12, 1 / 12 and 2 / 9.
      return trialOf(number, params, distributions, [2 * params.x + params.y + Number(params.mode === 'a')])
    })
    const found = importances(studyOf(trials), { method: 'fanova', trees: 16 })
    const total = 4 / 12 + 1 / 12 + 2 / 9
    expect(found.get('x')).toBeCloseTo(4 / 12 / total, 1)
    expect(found.get('y')).toBeCloseTo(1 / 12 / total, 1)
    expect(found.get('mode')).toBeCloseTo(2 / 9 / total, 1)
    expect(found.get('none')).toBeLessThan(0.01)
  })

  test('leaves out what only some trials have, and refuses what it cannot answer', () => {
    const extra = trialOf(60, { lr: 1e-3, T_max: 5, opt: 'sgd' }, space, [0.5])
    const found = importances(studyOf([...study.trials, extra]), { method: 'fanova', trees: 4 })
    expect([...found.keys()].sort()).toEqual(['T_max', 'lr', 'opt'])
    const two = studyOf(
      study.trials.map((trial) => ({ ...trial, values: [1, 2] })),
      ['minimize', 'minimize'],
    )
    expect(() => importances(two, { method: 'fanova' })).toThrow(/2 objectives; fanova needs a target/)
  })
})

test('names what is wrong with its options', () => {
  const withOptions = (options: object) => () => importances(study, options)
  expect(withOptions({ method: 'shap' })).toThrow(/importances: method is 'shap'; give pedAnova or fanova/)
  expect(withOptions({ params: ['beta'] })).toThrow(/no COMPLETE trial of fixture has a parameter beta/)
  expect(withOptions({ targetQuantile: 1 })).toThrow(/targetQuantile is 1/)
  expect(withOptions({ tree: 3 })).toThrow(/there is no option tree/)
})

test('a parameter with one value matters not at all', () => {
  const distributions = new Map<string, Distribution>([
    ['x', x],
    ['only', { kind: 'categorical', choices: ['a'] }],
  ])
  const trials = Array.from({ length: 20 }, (_, number) => {
    const params: Record<string, ParamValue> = { x: number / 20, only: 'a' }
    return trialOf(number, params, distributions, [number])
  })
  for (const method of ['pedAnova', 'fanova'] as const) {
    expect(importances(studyOf(trials), { method }).get('only')).toBe(0)
  }
})
