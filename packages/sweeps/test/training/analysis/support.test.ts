import { describe, expect, test } from 'vitest'
import { judgeRuns } from '../../../src/training/analysis/judge-runs.js'
import { runSettingsOf } from '../../../src/training/analysis/run-settings.js'
import { expectedMaximum, singleRunSupport } from '../../../src/training/analysis/support.js'
import { studyOf } from '../study-of.js'

test('the expected largest of standard normal values is that of tables', () => {
  // H. L. Harter, Biometrika 48, 1961; the first three in closed form.
  expect(expectedMaximum(1)).toBeCloseTo(0, 9)
  expect(expectedMaximum(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 9)
  expect(expectedMaximum(3)).toBeCloseTo(3 / (2 * Math.sqrt(Math.PI)), 9)
  expect(expectedMaximum(8)).toBeCloseTo(1.4236, 4)
  expect(expectedMaximum(20)).toBeCloseTo(1.86748, 4)
})

describe('what one run each supports', () => {
  test('is the noise below which the difference would be a verdict', async () => {
    const values = [10, 10.5, 9.9, 9.8, 9.7]
    const settings = runSettingsOf(
      await studyOf(values.map((value, x) => ({ value, params: { x }, baseline: x === 0 }))),
    )
    const [baseline, ...candidates] = settings
    const { beyondNoiseBelow } = singleRunSupport(0.5, candidates.length, 0.95)
    const verdictAt = (deviation: number) =>
      judgeRuns(
        baseline!,
        candidates,
        { source: 'given', deviation, freedom: null },
        {
          direction: 'maximize',
          level: 0.95,
          equivalence: undefined,
        },
      )[0]!.verdict
    expect(verdictAt(beyondNoiseBelow * 0.999)).toBe('better')
    expect(verdictAt(beyondNoiseBelow * 1.001)).toBe('undecided')
  })

  test('says how many repeats would tell the difference, more where runs deviate more', () => {
    const { repeats, luckAt } = singleRunSupport(-0.07, 8, 0.95)
    expect(repeats.map(({ deviation }) => deviation)).toEqual(
      [0.035, 0.07, 0.14, 0.28].map((x) => expect.closeTo(x, 12)),
    )
    // Standardised differences of sqrt(2), 1/sqrt(2), 1/sqrt(8), 1/sqrt(32): G*Power gives 7, 18, 65, 254 or so.
    expect(repeats.map(({ runs }) => runs)).toEqual([7, 18, 65, 254])
    expect(luckAt).toBeCloseTo(0.07 / 1.4236, 5)
    expect(singleRunSupport(0.07, 1, 0.95).luckAt).toBeNull()
  })
})
