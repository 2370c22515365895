import { expect, test } from 'vitest'
import { minimizeBrent } from '../../src/mathematics/brent.js'

test.each([
  ['a parabola', (x: number) => (x - 0.3) ** 2, 0.3],
  ['a kink', (x: number) => Math.abs(x - 0.77), 0.77],
  ['a flat bottom', (x: number) => (x - 0.5) ** 6, 0.5],
  ['the left end', (x: number) => x, 0],
  ['the right end', (x: number) => -Math.exp(x), 1],
])('finds %s with few looks', (_, f, place) => {
  let looks = 0
  const found = minimizeBrent(
    (x) => {
      looks++
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(1)
      return f(x)
    },
    0,
    1,
    0.1,
    1e-4,
  )
  expect(Math.abs(found - place)).toBeLessThan(place === 0.5 ? 0.05 : 1e-3)
  expect(looks).toBeLessThan(40)
})
