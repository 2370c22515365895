import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DifferentiableFunction, minimizeLbfgsb } from '../../src/mathematics/lbfgs-b.js'

/** The chained Rosenbrock function of any dimension; its minimum is 0 at all ones. */
const rosenbrock: DifferentiableFunction = (x, gradient) => {
  let value = 0
  gradient.fill(0)
  for (let i = 0; i + 1 < x.length; i++) {
    const bend = x[i + 1]! - x[i]! ** 2
    value += 100 * bend ** 2 + (1 - x[i]!) ** 2
    gradient[i]! += -400 * x[i]! * bend - 2 * (1 - x[i]!)
    gradient[i + 1]! += 200 * bend
  }
  return value
}

describe('L-BFGS-B', () => {
  test.each([2, 5, 20])('finds the minimum of the Rosenbrock function in %i dimensions', (n) => {
    const minimum = minimizeLbfgsb(rosenbrock, new Float64Array(n).fill(-1), {
      gradientTolerance: 1e-9,
      valueTolerance: 0,
    })
    // In more than three dimensions there is a second minimum near (-1, 1, ..., 1), at about 3.9.
    expect(minimum.converged).toBe(true)
    if (minimum.value < 1) for (const x of minimum.x) expect(x).toBeCloseTo(1, 6)
    else expect(minimum.value).toBeCloseTo(3.98, 1)
    expect(minimum.iterations).toBeLessThan(200)
  })

  test('stops at a bound that keeps it from the minimum', () => {
    const minimum = minimizeLbfgsb(rosenbrock, Float64Array.of(-1.2, 1), {
      lower: Float64Array.of(-2, -2),
      upper: Float64Array.of(0.5, 2),
    })
    expect(minimum.x[0]).toBe(0.5)
    expect(minimum.x[1]).toBeCloseTo(0.25, 6)
    expect(minimum.converged).toBe(true)
  })

  test('moves a start outside into the bounds and leaves a minimum in a corner alone', () => {
    const away: DifferentiableFunction = (x, gradient) => {
      gradient.set([1, -1])
      return x[0]! - x[1]!
    }
    const bounds = { lower: Float64Array.of(0, 0), upper: Float64Array.of(1, 1) }
    expect([...minimizeLbfgsb(away, Float64Array.of(7, -7), bounds).x]).toEqual([0, 1])
  })

  test('steps back from where the function is not finite', () => {
    const logarithm: DifferentiableFunction = (x, gradient) => {
      gradient[0] = 1 - 1 / x[0]!
      return x[0]! > 0 ? x[0]! - Math.log(x[0]!) : Number.POSITIVE_INFINITY
    }
    expect(minimizeLbfgsb(logarithm, Float64Array.of(30)).x[0]).toBeCloseTo(1, 4)
  })

  test('meets the conditions of Karush, Kuhn and Tucker on convex quadratics in a box', () => {
    const unit = fc.double({ min: -1, max: 1, noNaN: true })
    const problem = fc.integer({ min: 1, max: 8 }).chain((n) =>
      fc.record({
        root: fc.array(fc.array(unit, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
        linear: fc.array(
          unit.map((u) => 5 * u),
          { minLength: n, maxLength: n },
        ),
        start: fc.array(unit, { minLength: n, maxLength: n }),
      }),
    )
    fc.assert(
      fc.property(problem, ({ root, linear, start }) => {
        const n = linear.length
        const hessian = root.map((a, i) =>
          root.map((b, j) => a.reduce((sum, v, k) => sum + v * b[k]!, i === j ? 0.1 : 0)),
        )
        const gradientAt = (x: Float64Array) =>
          hessian.map((row, i) => row.reduce((sum, h, j) => sum + h * x[j]!, linear[i]!))
        const f: DifferentiableFunction = (x, gradient) => {
          gradient.set(gradientAt(x))
          return x.reduce((sum, v, i) => sum + (v * (gradient[i]! + linear[i]!)) / 2, 0)
        }
        const { x } = minimizeLbfgsb(f, Float64Array.from(start), {
          lower: new Float64Array(n).fill(-1),
          upper: new Float64Array(n).fill(1),
          gradientTolerance: 1e-8,
          valueTolerance: 0,
        })
        for (const [i, g] of gradientAt(x).entries()) {
          if (x[i]! > -1 + 1e-7) expect(g).toBeLessThan(1e-5)
          if (x[i]! < 1 - 1e-7) expect(g).toBeGreaterThan(-1e-5)
        }
      }),
    )
  })
})
