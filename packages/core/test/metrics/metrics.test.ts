import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  geometricMean,
  matthewsCorrelation,
} from '../../src/metrics/agreement.ts'
import { bestThreshold } from '../../src/metrics/best-threshold.ts'
import { confusionMatrix } from '../../src/metrics/confusion-matrix.ts'
import { averagePrecision, rocAuc, rocCurve } from '../../src/metrics/curves.ts'
import { isotonicCalibration } from '../../src/metrics/isotonic.ts'
import { plattScaling } from '../../src/metrics/platt.ts'
import { perClass, precisionRecall, specificity } from '../../src/metrics/precision-recall.ts'
import { brierScore, expectedCalibrationError, reliabilityCurve } from '../../src/metrics/reliability.ts'

// 4 true positives, 1 false positive, 2 false negatives, 3 true negatives.
const actual = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]
const predicted = [1, 1, 1, 1, 0, 0, 1, 0, 0, 0]
const matrix = confusionMatrix(actual, predicted)

describe('counts by hand', () => {
  it('make the matrix, in the order of labels', () => {
    expect(matrix).toEqual({
      labels: [0, 1],
      counts: [
        [3, 1],
        [2, 4],
      ],
    })
    expect(confusionMatrix(['b', 'a'], ['a', 'a'], ['b', 'a', 'c']).counts).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ])
  })

  it('make precision, recall, F1, specificity', () => {
    const { precision, recall, f1 } = precisionRecall(matrix)
    expect(precision).toBe(4 / 5)
    expect(recall).toBe(4 / 6)
    expect(f1).toBe(8 / 11)
    expect(specificity(matrix)).toBe(3 / 4)
    expect(precisionRecall(matrix, { positive: 0 }).recall).toBe(3 / 4)
    expect(perClass(matrix).map(({ support }) => support)).toEqual([4, 6])
    expect(precisionRecall(matrix, { average: 'micro' })).toEqual({ precision: 0.7, recall: 0.7, f1: 0.7 })
    expect(precisionRecall(matrix, { average: 'macro' }).precision).toBeCloseTo((3 / 5 + 4 / 5) / 2, 14)
  })

  it('make agreement', () => {
    expect(accuracy(matrix)).toBe(0.7)
    expect(balancedAccuracy(matrix)).toBeCloseTo((3 / 4 + 4 / 6) / 2, 14)
    expect(geometricMean(matrix)).toBeCloseTo(Math.sqrt(0.5), 14)
    // p_o = 0.7, p_e = 0.4 * 0.5 + 0.6 * 0.5 = 0.5
    expect(cohenKappa(matrix)).toBeCloseTo(0.4, 14)
    // (4 * 3 - 1 * 2) / sqrt(5 * 6 * 4 * 5)
    expect(matthewsCorrelation(matrix)).toBeCloseTo(10 / Math.sqrt(600), 14)
  })

  it('follow the conventions where there is nothing to divide by', () => {
    const never = confusionMatrix([1, 1], [0, 0])
    expect(precisionRecall(never)).toEqual({ precision: 0, recall: 0, f1: 0 })
    expect(precisionRecall(never, { zeroDivision: 1 })).toEqual({ precision: 1, recall: 0, f1: 0 })
    expect(matthewsCorrelation(never)).toBe(0)
    expect(geometricMean(never)).toBe(0)
    expect(cohenKappa(confusionMatrix([1, 1], [1, 1]))).toBeNaN()
  })

  it('refuse what does not fit', () => {
    expect(() => confusionMatrix([1], [1, 2])).toThrow(
      'confusionMatrix: 1 classes and 2 predictions; give one for each sample.',
    )
    expect(() => confusionMatrix([1], [3], [1, 2])).toThrow(
      'confusionMatrix: sample 0 has class 3, which is none of 1, 2.',
    )
    expect(() => precisionRecall(confusionMatrix([1, 2, 3], [1, 2, 3]))).toThrow(
      'there are 3 classes (1, 2, 3); give positive, or another average than binary.',
    )
  })
})

describe('scores by hand', () => {
  const truths = [false, false, true, true]
  const scores = [0.1, 0.4, 0.35, 0.8]

  it('make curves and areas', () => {
    // Of the four pairs of a positive and a negative three are in order.
    expect(rocAuc(truths, scores)).toBe(0.75)
    expect(rocAuc([0, 1], [0.5, 0.5])).toBe(0.5)
    // Thresholds 0.8, 0.4, 0.35: 1/2 * 1 + 0 + 1/2 * 2/3
    expect(averagePrecision(truths, scores)).toBeCloseTo(0.5 + 1 / 3, 14)
    expect(rocCurve(truths, scores)).toEqual({
      thresholds: [Number.POSITIVE_INFINITY, 0.8, 0.4, 0.35, 0.1],
      falsePositiveRate: [0, 0, 0.5, 0.5, 1],
      truePositiveRate: [0, 0.5, 0.5, 1, 1],
    })
  })

  it('are pairs: the area is the share of pairs in order', () => {
    const sample = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5 }))
    fc.assert(
      fc.property(fc.array(sample, { minLength: 2, maxLength: 20 }), (samples) => {
        const positive = samples.filter(([truth]) => truth)
        const negative = samples.filter(([truth]) => !truth)
        fc.pre(positive.length > 0 && negative.length > 0)
        let pairs = 0
        for (const [, p] of positive) for (const [, n] of negative) pairs += p > n ? 1 : p === n ? 0.5 : 0
        const area = rocAuc(
          samples.map(([truth]) => truth),
          samples.map(([, score]) => score),
        )
        expect(area).toBeCloseTo(pairs / positive.length / negative.length, 12)
      }),
    )
  })

  it('have a best threshold, the highest of equals', () => {
    expect(bestThreshold(truths, scores, 'youden')).toEqual({ threshold: 0.8, value: 0.5 })
    expect(bestThreshold(truths, scores, 'f1')).toEqual({ threshold: 0.35, value: 0.8 })
    expect(bestThreshold(truths, scores, { falsePositive: 10, falseNegative: 1 })).toEqual({
      threshold: 0.8,
      value: 1,
    })
    expect(bestThreshold([0, 0], [0.3, 0.4], { falsePositive: 1, falseNegative: 1 })).toEqual({
      threshold: Number.POSITIVE_INFINITY,
      value: 0,
    })
  })

  it('are refused where they are none', () => {
    expect(() => rocAuc([1, 1], [0.1, 0.2])).toThrow('rocAuc: no truth is negative; the curve needs both.')
    expect(() => rocAuc([1, 0], [0.1, Number.NaN])).toThrow('rocAuc: score 1 is NaN; give a finite number.')
    expect(() => rocAuc([1, 2], [0.1, 0.2])).toThrow('rocAuc: truth 1 is 2; give true or false, 1 or 0.')
    expect(() => averagePrecision([], [])).toThrow(
      'averagePrecision: there are no samples; give at least one.',
    )
  })
})

describe('calibration by hand', () => {
  it('pools violators', () => {
    // 1 0 | 1 -> 0.5 0.5 1
    const { scores, probabilities, probability } = isotonicCalibration([1, 0, 1], [0.1, 0.2, 0.4])
    expect(scores).toEqual([0.1, 0.2, 0.4])
    expect(probabilities).toEqual([0.5, 0.5, 1])
    expect([0, 0.15, 0.3, 0.9].map((score) => Number(probability(score).toFixed(12)))).toEqual([
      0.5, 0.5, 0.75, 1,
    ])
  })

  it('rises, whatever it is given', () => {
    const sample = fc.tuple(fc.boolean(), fc.integer({ min: -5, max: 5 }))
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 30 }), (samples) => {
        const { probabilities } = isotonicCalibration(
          samples.map(([t]) => t),
          samples.map(([, s]) => s),
        )
        expect(probabilities.toSorted((a, b) => a - b)).toEqual(probabilities)
      }),
    )
  })

  it("fits Platt's curve where it can be solved by hand", () => {
    // Two scores, symmetric: at 1 three positives of four, at -1 one of four. Targets 5/6 and 1/6, so the fit meets
    // the mean target at each score: at 1, (3 * 5/6 + 1/6) / 4 = 2/3.
    const { slope, intercept, probability } = plattScaling(
      [1, 1, 1, 0, 1, 0, 0, 0],
      [1, 1, 1, 1, -1, -1, -1, -1],
    )
    expect(probability(1)).toBeCloseTo(2 / 3, 9)
    expect(slope).toBeCloseTo(-Math.LN2, 9)
    expect(intercept).toBeCloseTo(0, 9)
    // Of any size and place.
    const far = plattScaling(
      [1, 1, 1, 0, 1, 0, 0, 0],
      [1e6 + 1, 1e6 + 1, 1e6 + 1, 1e6 + 1, 1e6, 1e6, 1e6, 1e6],
    )
    expect(far.probability(1e6 + 1)).toBeCloseTo(2 / 3, 6)
  })

  it('bins what was claimed', () => {
    const bins = reliabilityCurve([0, 1, 1, 1], [0.1, 0.2, 0.8, 1], { bins: 2 })
    expect(bins).toEqual([
      { count: 2, claimed: expect.closeTo(0.15, 14), observed: 0.5 },
      { count: 2, claimed: 0.9, observed: 1 },
    ])
    // 2/4 * 0.35 + 2/4 * 0.1
    expect(expectedCalibrationError([0, 1, 1, 1], [0.1, 0.2, 0.8, 1], { bins: 2 })).toBeCloseTo(0.225, 14)
    expect(brierScore([0, 1], [0.5, 0.5])).toBe(0.25)
    expect(() => brierScore([1], [1.2])).toThrow(
      'brierScore: probability 0 is 1.2; give numbers from 0 to 1.',
    )
  })
})
