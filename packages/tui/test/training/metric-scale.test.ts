import { describe, expect, test } from 'vitest'
import { metricScale, metricTitle } from '../../src/training/metric-scale.js'

describe('the scale of a metric', () => {
  test('scores of 0 to 1 differ in points', () => {
    const { format, difference } = metricScale([0.9653, 0.2], 'maximize')
    expect(format(0.96534)).toBe('0.9653')
    expect(difference(0.0007)).toBe('+0.07 pt')
    expect(difference(-0.0006)).toBe('-0.06 pt')
  })

  test('percentages differ in the same points', () => {
    const { format, difference } = metricScale([96.53, 96.6, 0.4], 'maximize')
    expect(format(96.6)).toBe('96.60')
    expect(difference(96.6 - 96.53)).toBe('+0.07 pt')
  })

  test.each([
    ['a loss', [2.31, 0.4], 'minimize', '0.4000', '-0.0120'],
    ['a loss below 1', [0.31, 0.04], 'minimize', '0.4000', '-0.0120'],
    ['what may be negative', [-0.2, 0.4], 'maximize', '0.4000', '-0.0120'],
    ['more than a percentage', [312.5, 80], 'maximize', '0.40', '-0.01'],
  ] as const)('%s has its own unit', (_, values, direction, value, delta) => {
    const { format, difference } = metricScale(values, direction)
    expect(format(0.4)).toBe(value)
    expect(difference(-0.012)).toBe(delta)
  })

  test('a tiny metric has an exponent', () => {
    const { format, difference } = metricScale([3.2e-7], 'minimize')
    expect([format(3.2e-7), format(0), difference(-1e-8)]).toEqual(['3.200e-7', '0.0000', '-1.000e-8'])
  })

  test('what is not finite neither decides nor breaks', () => {
    const scale = metricScale([Number.POSITIVE_INFINITY, Number.NaN, 0.5], 'maximize')
    expect(scale.kind).toBe('score')
    expect(scale.format(Number.NaN)).toBe('NaN')
    expect(metricScale([Number.NaN], 'minimize').format(Number.POSITIVE_INFINITY)).toBe('Infinity')
    expect(metricScale([], 'maximize').kind).toBe('score')
  })
})

test.each([
  ['val/hmean', 'H-Mean'],
  ['val_hmean', 'H-Mean'],
  ['h-mean', 'H-Mean'],
  ['whmean', 'whmean'],
  ['eval/loss', 'loss'],
  ['a_very_long_metric', 'a_very_long…'],
  ['evil\u001b[2J', 'evil?[2J'],
  [undefined, 'value'],
])('the title of %j is %s', (name, title) => expect(metricTitle(name, '…')).toBe(title))
