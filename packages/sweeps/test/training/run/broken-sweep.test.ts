import { describe, expect, it } from 'vitest'
import { BrokenSweep } from '../../../src/training/run/broken-sweep.js'

/** What is said after each of some endings: whether it failed, and when. */
function said(...endings: readonly (readonly [failed: boolean, seconds: number])[]): (string | undefined)[] {
  const broken = new BrokenSweep()
  return endings.map(([failed, seconds]) => broken.ended(failed, seconds))
}

describe('BrokenSweep', () => {
  it('gives up after three failures in the first minute', () => {
    expect(said([true, 1], [true, 2], [true, 59])).toEqual([
      undefined,
      undefined,
      '3 runs failed in the first 60 s',
    ])
  })

  it('gives up after five failures whenever', () => {
    const endings = [100, 200, 300, 400, 500].map((seconds) => [true, seconds] as const)
    expect(said(...endings)).toEqual([undefined, undefined, undefined, undefined, 'the first 5 runs failed'])
  })

  it('never does once a run worked', () => {
    expect(said([true, 1], [false, 2], [true, 3], [true, 4], [true, 5], [true, 6], [true, 7])).toEqual(
      Array.from({ length: 7 }, () => undefined),
    )
  })
})
