import { describe, expect, it } from 'vitest'
import { ReportBuilder } from '../../../src/training/command/report-builder.js'

function steps(epochs: readonly (number | undefined)[]): (number | undefined)[] {
  const builder = new ReportBuilder('m')
  return epochs.map((epoch) => builder.take({ epoch, metrics: new Map([['m', 1]]) })?.step)
}

describe('ReportBuilder', () => {
  it.each([
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
    [
      [1, 2, 5],
      [1, 2, 5],
    ],
    [
      [undefined, undefined],
      [0, 1],
    ],
    [
      [0, 0, 1, 1],
      [0, 1, 2, 3],
    ],
    [
      [0.5, 1, 1.5, 2],
      [0, 1, 2, 3],
    ],
    [
      [3, 2, 4],
      [3, 4, 5],
    ],
    [
      [-1, 1e300],
      [0, 1],
    ],
  ])('makes of the epochs %j the steps %j', (epochs, expected) => {
    expect(steps(epochs)).toEqual(expected)
  })

  it('reports rows with the metric only, with the latest of the others', () => {
    const builder = new ReportBuilder('val')
    expect(builder.take({ epoch: 0, metrics: new Map([['train', 0.5]]) })).toBeUndefined()
    expect(builder.reported).toBe(false)
    const report = builder.take({ epoch: 0, metrics: new Map([['val', 0.25]]) })
    expect(report).toEqual({
      step: 0,
      value: 0.25,
      metrics: new Map([
        ['train', 0.5],
        ['val', 0.25],
      ]),
    })
  })
})
