import { beforeAll, describe, expect, it } from 'vitest'
import {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  geometricMean,
  matthewsCorrelation,
} from '../../src/metrics/agreement.ts'
import { bestThreshold } from '../../src/metrics/best-threshold.ts'
import { confusionMatrix } from '../../src/metrics/confusion-matrix.ts'
import { averagePrecision, precisionRecallCurve, rocAuc, rocCurve } from '../../src/metrics/curves.ts'
import { isotonicCalibration } from '../../src/metrics/isotonic.ts'
import { plattScaling } from '../../src/metrics/platt.ts'
import { type Average, precisionRecall, specificity } from '../../src/metrics/precision-recall.ts'
import { brierScore, expectedCalibrationError, reliabilityCurve } from '../../src/metrics/reliability.ts'
import { createRandom } from '../../src/random.ts'
import { askSklearn, sklearnMissing } from './sklearn.ts'

const missing = sklearnMissing()
const random = createRandom(20)

/** Samples of a few classes, some taken for others, some classes never seen or never guessed. */
const classCases = Array.from({ length: 60 }, (_, i) => {
  const kinds = i < 20 ? 2 : 2 + random.int(4)
  const labels = Array.from({ length: kinds }, (_, label) => label)
  const samples = 1 + random.int(i % 3 === 0 ? 6 : 60)
  const skill = random.next()
  const actual = Array.from({ length: samples }, () =>
    random.int(i % 4 === 0 ? 1 + random.int(kinds) : kinds),
  )
  const predicted = actual.map((label) => (random.next() < skill ? label : random.int(kinds)))
  return { kind: 'classes', labels, actual, predicted }
})

/** Truths and scores, with ties in every third case. */
const scoreCases = Array.from({ length: 30 }, (_, i) => {
  const samples = 6 + random.int(150)
  const truths = Array.from({ length: samples }, (_, sample) => (sample < 2 ? sample : random.int(2)))
  const scores = truths.map((truth) => {
    const score = Math.min(1, Math.max(0, 0.4 + 0.2 * truth + 0.25 * random.normal()))
    return i % 3 === 0 ? Math.round(score * 8) / 8 : score
  })
  return { kind: 'scores', truths, scores }
})

interface ClassAnswer extends Partial<Record<`${Average}${0 | 1}`, number[]>> {
  matrix: number[][]
  accuracy: number
  balanced: number
  adjusted: number | null
  kappa: number | null
  kappaLinear: number | null
  kappaQuadratic: number | null
  mcc: number
  gMean: number
  specificity?: number
}

interface ScoreAnswer {
  fpr: number[]
  tpr: number[]
  auc: number
  precision: number[]
  recall: number[]
  ap: number
  youden: number
  f1: number
  cost: number
  platt: [number, number]
  isotonic: number[]
  brier: number
  uniform: [number[], number[]]
  quantile: [number[], number[]]
  ece: number
}

/** NaN where scikit-learn says NaN. */
function expectSame(actual: number, expected: number | null, tolerance = 1e-12): void {
  if (expected === null) expect(actual).toBeNaN()
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance)
}

function expectAllSame(actual: readonly number[], expected: readonly number[], tolerance = 1e-12): void {
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of actual.entries()) expectSame(value, expected[i]!, tolerance)
}

describe.skipIf(missing !== undefined)('as scikit-learn', { timeout: 60_000 }, () => {
  let classAnswers: ClassAnswer[]
  let scoreAnswers: ScoreAnswer[]

  beforeAll(() => {
    const answers = askSklearn([...classCases, ...scoreCases])
    classAnswers = answers.slice(0, classCases.length) as ClassAnswer[]
    scoreAnswers = answers.slice(classCases.length) as ScoreAnswer[]
  }, 60_000)

  it('counts and agreement', () => {
    for (const [i, { actual, predicted, labels }] of classCases.entries()) {
      const matrix = confusionMatrix(actual, predicted, labels)
      const expected = classAnswers[i]!
      expect(matrix.counts).toEqual(expected.matrix)
      expectSame(accuracy(matrix), expected.accuracy)
      expectSame(balancedAccuracy(matrix), expected.balanced)
      expectSame(balancedAccuracy(matrix, { adjusted: true }), expected.adjusted)
      expectSame(geometricMean(matrix), expected.gMean)
      expectSame(matthewsCorrelation(matrix), expected.mcc)
      expectSame(cohenKappa(matrix), expected.kappa)
      expectSame(cohenKappa(matrix, { weights: 'linear' }), expected.kappaLinear)
      expectSame(cohenKappa(matrix, { weights: 'quadratic' }), expected.kappaQuadratic)
    }
  })

  it('precision, recall and F1 of every average and zero division', () => {
    for (const [i, { actual, predicted, labels }] of classCases.entries()) {
      const matrix = confusionMatrix(actual, predicted, labels)
      for (const zeroDivision of [0, 1] as const) {
        for (const average of ['macro', 'micro', 'weighted', 'binary'] as const) {
          const expected = classAnswers[i]![`${average}${zeroDivision}`]
          if (expected === undefined) continue
          const { precision, recall, f1 } = precisionRecall(matrix, { average, zeroDivision })
          expectAllSame([precision, recall, f1], expected)
        }
      }
      const expected = classAnswers[i]!.specificity
      if (expected !== undefined) expectSame(specificity(matrix), expected)
    }
  })

  it('ROC and precision-recall curves and their areas', () => {
    for (const [i, { truths, scores }] of scoreCases.entries()) {
      const expected = scoreAnswers[i]!
      const roc = rocCurve(truths, scores)
      expectAllSame(roc.falsePositiveRate, expected.fpr)
      expectAllSame(roc.truePositiveRate, expected.tpr)
      expectSame(rocAuc(truths, scores), expected.auc)
      const curve = precisionRecallCurve(truths, scores)
      // scikit-learn goes from the lowest threshold up, and ends at precision 1, recall 0.
      expectAllSame([1, ...curve.precision], expected.precision.toReversed())
      expectAllSame([0, ...curve.recall], expected.recall.toReversed())
      expectSame(averagePrecision(truths, scores), expected.ap)
    }
  })

  it('best thresholds', () => {
    for (const [i, { truths, scores }] of scoreCases.entries()) {
      const expected = scoreAnswers[i]!
      expectSame(bestThreshold(truths, scores, 'youden').value, expected.youden)
      expectSame(bestThreshold(truths, scores, 'f1').value, expected.f1)
      const cost = bestThreshold(truths, scores, { falsePositive: 3, falseNegative: 1 })
      expectSame(cost.value, expected.cost)
    }
  })

  it('calibration', () => {
    const grid = Array.from({ length: 57 }, (_, i) => -0.2 + (i * 1.4) / 56)
    for (const [i, { truths, scores }] of scoreCases.entries()) {
      const expected = scoreAnswers[i]!
      const platt = plattScaling(truths, scores)
      // scikit-learn minimises by BFGS, to a gradient of about 1e-5.
      const theirs = (score: number) => 1 / (1 + Math.exp(expected.platt[0] * score + expected.platt[1]))
      for (const score of grid) expectSame(platt.probability(score), theirs(score), 1e-4)
      expectAllSame(grid.map(isotonicCalibration(truths, scores).probability), expected.isotonic, 1e-9)
      expectSame(brierScore(truths, scores), expected.brier)
      for (const strategy of ['uniform', 'quantile'] as const) {
        const curve = reliabilityCurve(truths, scores, { bins: 5, strategy })
        expectAllSame(
          curve.map(({ observed }) => observed),
          expected[strategy][0],
        )
        expectAllSame(
          curve.map(({ claimed }) => claimed),
          expected[strategy][1],
        )
      }
      expectSame(expectedCalibrationError(truths, scores, { bins: 5 }), expected.ece)
    }
  })
})
