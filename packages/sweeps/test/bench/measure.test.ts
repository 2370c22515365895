import { expect, test } from 'vitest'
import { measure, timingOf } from '../../src/bench/measure.js'

test('median and quartiles, linear between order statistics', () => {
  expect(timingOf([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1.75, high: 3.25, runs: 4 })
  expect(timingOf([7])).toEqual({ median: 7, low: 7, high: 7, runs: 1 })
})

test('the first run is not counted', async () => {
  let runs = 0
  const timing = await measure(3, async () => {
    runs++
  })
  expect([runs, timing.runs]).toEqual([4, 3])
})

test('an abort ends it', async () => {
  await expect(measure(3, async () => undefined, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
    'enough',
  )
})
