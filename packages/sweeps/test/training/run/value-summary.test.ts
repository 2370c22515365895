import { describe, expect, it } from 'vitest'
import { ValueSummary } from '../../../src/training/run/value-summary.js'

function chosen(summary: 'best' | 'last', direction: 'minimize' | 'maximize', values: number[]) {
  const of = new ValueSummary({ name: 'm', direction, target: undefined, summary })
  for (const [step, value] of values.entries()) of.take({ step, value, metrics: new Map() })
  return of.chosen?.step
}

describe('ValueSummary', () => {
  it.each([
    ['best', 'maximize', [1, 3, 2], 1],
    ['best', 'minimize', [2, 1, 3], 1],
    ['best', 'maximize', [Number.NaN, 1, Number.NaN], 1],
    ['best', 'maximize', [2, 2], 0],
    ['best', 'maximize', [Number.NaN, Number.NaN], 0],
    ['last', 'maximize', [3, 1, 2], 2],
    ['last', 'minimize', [1, Number.NaN], 1],
    ['last', 'minimize', [], undefined],
  ] as const)('%s to %s of %j is at %j', (summary, direction, values, step) => {
    expect(chosen(summary, direction, [...values])).toBe(step)
  })
})
