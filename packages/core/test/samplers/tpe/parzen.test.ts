import { describe, expect, it } from 'vitest'
import { logNormalMass } from '../../../src/mathematics/truncated-normal.js'
import { axesOf, toPoint } from '../../../src/samplers/tpe/axis.js'
import { ParzenMixture } from '../../../src/samplers/tpe/parzen.js'
import { ageWeight, belowCount } from '../../../src/samplers/tpe/weights.js'
import { toExternal } from '../../../src/space/param-value.js'
import { golden, type ParzenCase, spaceOf } from './golden.js'

describe('weights', () => {
  it('takes as many trials as good as Optuna', () => {
    golden.gamma.n.forEach((n, i) => {
      expect(belowCount(n, 1)).toBe(golden.gamma.single[i])
      expect(belowCount(n, 2)).toBe(golden.gamma.multi[i])
    })
  })

  it.each(Object.keys(golden.weights))('weighs %s observations by age as Optuna', (key) => {
    const expected = golden.weights[key]!
    const count = Number(key)
    expect(expected).toHaveLength(count)
    expected.forEach((weight, place) => {
      expect(Math.abs(ageWeight(place, count) - weight)).toBeLessThan(1e-15)
    })
  })
})

describe('ParzenMixture, beside Optuna', () => {
  it.each(golden.parzen)('$tag', (parzenCase) => {
    const mixture = mixtureOf(parzenCase)
    expectClose(mixture.weights, parzenCase.weights)
    parzenCase.kernels.forEach((expected, a) => {
      const kernels = mixture.kernels[a]!
      if ('cat' in expected) {
        expectClose('rows' in kernels ? kernels.rows : [], expected.cat.flat())
        return
      }
      if (!('mean' in kernels)) throw new Error('numeric kernels expected')
      expectClose(kernels.mean, expected.mu)
      expectClose(arranged(expected.mu, [...kernels.deviation]), arranged(expected.mu, expected.sigma))
      // Which of several equal observations has which of their gaps is left to the machine by numpy's argsort, and
      // to the oldest here: the density is compared in Optuna's arrangement.
      if (parzenCase.tag.endsWith('n=30')) {
        const { low, high } = mixture.axes[a]!
        expected.sigma.forEach((sigma, k) => {
          kernels.deviation[k] = sigma
          kernels.logMass[k] = logNormalMass(
            (low - kernels.mean[k]!) / sigma,
            (high - kernels.mean[k]!) / sigma,
          )
        })
      }
    })
    expectClose(
      pointsOf(parzenCase).map((point) => mixture.logDensity(point)),
      parzenCase.log_pdf,
    )
  })
})

function mixtureOf(parzenCase: ParzenCase): ParzenMixture {
  const axes = axesOf(spaceOf(parzenCase))
  const points = axes.map((axis) =>
    Float64Array.from(parzenCase.obs[axis.name]!, (x) => toPoint(axis, toExternal(axis.distribution, x))),
  )
  const count = points[0]!.length
  return new ParzenMixture(
    axes,
    points,
    Float64Array.from({ length: count }, (_, i) => ageWeight(i, count)),
  )
}

function pointsOf(parzenCase: ParzenCase): Float64Array[] {
  const axes = axesOf(spaceOf(parzenCase))
  const columns = axes.map((axis) =>
    parzenCase.points[axis.name]!.map((x) => toPoint(axis, toExternal(axis.distribution, x))),
  )
  return columns[0]!.map((_, i) => Float64Array.from(columns, (column) => column[i]!))
}

/** The deviations by mean, and by size where the means are equal. */
function arranged(means: readonly number[], deviations: readonly number[]): number[] {
  return means
    .map((mean, k) => [mean, deviations[k]!] as const)
    .sort(([a, b], [c, d]) => a - c || b - d)
    .map(([, deviation]) => deviation)
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)))
  })
}
