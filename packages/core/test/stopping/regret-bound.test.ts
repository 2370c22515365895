import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Distribution } from '../../src/space/distribution.js'
import { confidenceWidth, crossValidationError, regretBound } from '../../src/stopping/regret-bound.js'
import { regretChange, regretChangeThreshold } from '../../src/stopping/regret-change.js'
import { distributionOf, studyOf, trialOf } from '../support/study-fixture.js'

const read = (topic: string) =>
  JSON.parse(readFileSync(new URL(`../golden/${topic}.json`, import.meta.url), 'utf8'))
/** What Optuna 5.0.0 gave, for the trials of the importance file. */
const golden = read('terminator')
const { dists, rows } = read('importance')
const space = new Map<string, Distribution>(
  Object.entries<Parameters<typeof distributionOf>[0]>(dists)
    .map(([name, distribution]): [string, Distribution] => [name, distributionOf(distribution)])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
)
const trials = (rows as Record<string, number | string>[]).map(({ value, ...params }, number) =>
  trialOf(number, params, space, [value as number]),
)
const study = studyOf(trials)

// Optuna looks at SciPy's Sobol points; of these the one that decides is enough. The fits differ by up to 1e-2 in the
// logarithm of the likelihood, which moves the figures by less than two in a thousand.
const DECISIVE = {
  bound: [0.5086421063169837, 0.49616868793964386, 0.6593904756009579, 0.6559903239831328],
  change: [0.4116340531036258, 0.5550941918045282, 0.3702484918758273, 0.029973317869007587],
}

describe('the regret bound', () => {
  test('agrees with Optuna', () => {
    const bound = regretBound(study, space, Float64Array.from(DECISIVE.bound))!
    expect(Math.abs(bound / golden.regret_bound_seed0 - 1)).toBeLessThan(2e-3)
    expect(confidenceWidth(2, 20)).toBeCloseTo(golden.beta['2,20'], 12)
    expect(confidenceWidth(5, 50)).toBeCloseTo(golden.beta['5,50'], 12)
    const scores = [0.8, 0.82, 0.79, 0.85, 0.81]
    expect(crossValidationError(scores)).toBeCloseTo(golden['cv_error_of_[.8,.82,.79,.85,.81]'], 12)
  })

  test('is the same for what is maximised, and shrinks as a study goes on', () => {
    const turned = studyOf(
      trials.map((trial) => ({ ...trial, values: [-trial.values![0]!] })),
      ['maximize'],
    )
    expect(regretBound(turned, space)).toBe(regretBound(study, space))
    const close = trials.map((trial, number) => {
      const lr = 10 ** (-3 + ((number % 20) - 10) / 100)
      return trialOf(60 + number, { ...Object.fromEntries(trial.params), lr, opt: 'adam' }, space, [
        0.0005 + ((number % 20) - 10) ** 2 / 1e6,
      ])
    })
    expect(regretBound(studyOf([...trials, ...close]), space)!).toBeLessThan(regretBound(study, space)! / 2)
  })

  test('needs 20 trials and something to search', () => {
    expect(regretBound(studyOf(trials.slice(0, 19)), space)).toBeUndefined()
    expect(regretBound(study, new Map())).toBeUndefined()
    const two = studyOf(trials, ['minimize', 'maximize'])
    expect(() => regretBound(two, space)).toThrow(/2 objectives; stopping by regret needs one/)
  })
})

describe('the change of the expected regret', () => {
  test('agrees with Optuna', () => {
    const change = regretChange(study, space, Float64Array.from(DECISIVE.change))!
    expect(Math.abs(change / golden.emmr_seed0 - 1)).toBeLessThan(2e-3)
  })

  test('has a threshold, a hundredth of the median of the first values', () => {
    const samples = Float64Array.from(DECISIVE.change)
    const values = Array.from(
      { length: 19 },
      (_, k) => regretChange(studyOf(trials.slice(10, 12 + k)), space, samples)!,
    )
    values.sort((a, b) => a - b)
    // With the first, infinite one there are 20; the upper of the two middle ones counts.
    expect(regretChangeThreshold(study, space, samples)).toBeCloseTo(values[10]! / 100, 12)
    expect(regretChangeThreshold(studyOf(trials.slice(0, 29)), space)).toBeUndefined()
  })

  test('needs two trials and something to search', () => {
    expect(regretChange(studyOf(trials.slice(0, 1)), space)).toBeUndefined()
    expect(regretChange(study, new Map())).toBeUndefined()
    expect(regretChangeThreshold(study, new Map())).toBeUndefined()
  })
})
