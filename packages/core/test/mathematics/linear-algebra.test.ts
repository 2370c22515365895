import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cholesky,
  choleskyInverse,
  choleskyWithJitter,
  dot,
  invert,
  solveLower,
  solveLowerTransposed,
} from '../../src/mathematics/linear-algebra.js'

const positiveDefinite = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n })
    .map((values) => {
      const root = Float64Array.from(values)
      const matrix = new Float64Array(n * n)
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) matrix[i * n + j] = dot(root, i * n, root, j * n, n) + (i === j ? 0.5 : 0)
      }
      return { n, matrix }
    }),
)

const multiply = (matrix: Float64Array, n: number, x: Float64Array) =>
  Float64Array.from({ length: n }, (_, i) => dot(matrix, i * n, x, 0, n))

describe('linear algebra', () => {
  test('the Cholesky factor solves what the matrix multiplies', () => {
    fc.assert(
      fc.property(positiveDefinite, ({ n, matrix }) => {
        const factor = matrix.slice()
        expect(cholesky(factor, n)).toBe(true)
        const x = Float64Array.from({ length: n }, (_, i) => i - 1.5)
        const b = multiply(matrix, n, x)
        solveLower(factor, n, b)
        solveLowerTransposed(factor, n, b)
        for (let i = 0; i < n; i++) expect(b[i]).toBeCloseTo(x[i]!, 8)
      }),
    )
  })

  test('both inverses, times the matrix, are the identity', () => {
    fc.assert(
      fc.property(positiveDefinite, ({ n, matrix }) => {
        const factor = matrix.slice()
        cholesky(factor, n)
        const lower = choleskyInverse(factor, n)
        const full = invert(matrix, n)!
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            expect(dot(full, i * n, matrix, j * n, n)).toBeCloseTo(i === j ? 1 : 0, 8)
            expect(lower[Math.max(i, j) * n + Math.min(i, j)]).toBeCloseTo(full[i * n + j]!, 8)
          }
        }
      }),
    )
  })

  test('a factor is extended by further rows', () => {
    const matrix = Float64Array.of(4, 0, 0, 2, 5, 0, 1, 2, 6)
    const whole = matrix.slice()
    cholesky(whole, 3)
    const extended = matrix.slice()
    extended.set([2, 0, 0, 1, 2, 0])
    expect(cholesky(extended, 3, 2)).toBe(true)
    expect([...extended]).toEqual([...whole])
  })

  test('says that a matrix is not positive definite, and mends only what rounding may have done', () => {
    expect(cholesky(Float64Array.of(1, 0, 2, 1), 2)).toBe(false)
    expect(cholesky(Float64Array.of(Number.NaN), 1)).toBe(false)
    const singular = Float64Array.of(1, 1, 1, 1)
    const factor = choleskyWithJitter(singular, 2)
    expect(factor[3]).toBeCloseTo(0, 4)
    expect([...singular]).toEqual([1, 1, 1, 1])
    expect(() => choleskyWithJitter(Float64Array.of(1, 0, 2, 1), 2)).toThrow(/not positive semidefinite/)
  })

  test('a singular matrix has no inverse', () => {
    expect(invert(Float64Array.of(1, 2, 2, 4), 2)).toBeUndefined()
  })
})
