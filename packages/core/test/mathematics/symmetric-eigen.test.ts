import fc from 'fast-check'
import { expect, test } from 'vitest'
import { symmetricEigen } from '../../src/mathematics/symmetric-eigen.js'

test('eigenvectors are orthonormal and are scaled by the matrix', () => {
  const matrices = fc.integer({ min: 1, max: 8 }).chain((n) =>
    fc
      .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: n * n, maxLength: n * n })
      .map((values) => {
        const matrix = new Float64Array(n * n)
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) matrix[i * n + j] = values[i * n + j]! + values[j * n + i]!
        return { n, matrix }
      }),
  )
  fc.assert(
    fc.property(matrices, ({ n, matrix }) => {
      const { values, vectors } = symmetricEigen(matrix, n)
      for (let a = 0; a < n; a++) {
        if (a > 0) expect(values[a]).toBeGreaterThanOrEqual(values[a - 1]!)
        for (let b = 0; b < n; b++) {
          let product = 0
          for (let i = 0; i < n; i++) product += vectors[i * n + a]! * vectors[i * n + b]!
          expect(product).toBeCloseTo(a === b ? 1 : 0, 10)
        }
        for (let i = 0; i < n; i++) {
          let image = 0
          for (let j = 0; j < n; j++) image += matrix[i * n + j]! * vectors[j * n + a]!
          expect(image).toBeCloseTo(values[a]! * vectors[i * n + a]!, 8)
        }
      }
    }),
  )
})

test('small entries keep their digits beside large ones', () => {
  const { values } = symmetricEigen(Float64Array.of(1e12, 1, 1, 1e-6), 2)
  // The determinant, 1e6 - 1, over the larger one.
  expect(Math.abs(values[0]! / ((1e6 - 1) / 1e12) - 1)).toBeLessThan(1e-6)
})
