import { describe, expect, test } from 'vitest'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { curveChart } from '../../src/training/curve-chart.js'

const draw = (values: readonly number[], width = 20, height = 2, symbols = UNICODE_SYMBOLS) =>
  curveChart(values, { width, height, symbols })

describe('the chart of a curve', () => {
  test('goes from the lowest value to the highest', () => {
    expect(draw([0, 1, 2], 3)).toEqual([' ▁█', '▁██'])
    expect(draw([0, 1, 2], 3, 2, ASCII_SYMBOLS)).toEqual([' _#', '_##'])
  })

  test('draws few values wider, and averages many', () => {
    expect(draw([0, 1], 6, 1)).toEqual(['▁▁▁███'])
    expect(draw([0, 0, 1, 1], 2, 1)).toEqual(['▁█'])
  })

  test('lies in the middle where all are equal, and leaves gaps where nothing is finite', () => {
    expect(draw([0.5, Number.NaN, 0.5], 3)).toEqual(['', '█ █'])
    expect(draw([Number.NaN])).toEqual([])
    expect(draw([])).toEqual([])
  })

  test.each([
    [[-1.7e308, 0, 1.7e308]],
    [[5e-324, 1e-323]],
    [[Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY]],
    [Array.from({ length: 999 }, (_, i) => Math.sin(i))],
  ])('of any numbers fills its frame and never leaves it', (values) => {
    for (const width of [1, 7, 40]) {
      const lines = draw(values, width, 3)
      expect(lines).toHaveLength(3)
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(width)
        expect(line).toMatch(/^[ ▁▂▃▄▅▆▇█]*$/)
      }
      expect(lines.join('')).not.toBe('')
    }
  })
})
