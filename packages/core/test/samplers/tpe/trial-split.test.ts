import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/random.js'
import { ABOVE, BELOW, TrialSplit, UNUSED } from '../../../src/samplers/tpe/trial-split.js'
import type { TrialRecord } from '../../../src/trial/trial-record.js'
import { studyOf, trialOf } from '../support/trials.js'

describe('TrialSplit', () => {
  it('takes complete trials by value, then pruned by step and value, then infeasible by violation', () => {
    const trials = [
      trialOf({ number: 0, values: [1], attributes: { constraints: [0.5] } }),
      trialOf({ number: 1, state: 'PRUNED', intermediate: [[3, 9]] }),
      trialOf({ number: 2, state: 'PRUNED', intermediate: [[3, Number.NaN]] }),
      trialOf({ number: 3, state: 'PRUNED' }),
      trialOf({ number: 4, values: [7], attributes: { constraints: [0, -1] } }),
      trialOf({ number: 5, state: 'PRUNED', intermediate: [[8, 99]] }),
      trialOf({ number: 6, values: [5] }),
      trialOf({ number: 7, values: [1], attributes: { 'constraints:memory': 0.25 } }),
      trialOf({ number: 8, state: 'PRUNED', intermediate: [[3, 8]] }),
      trialOf({ number: 9, state: 'FAIL' }),
    ]
    const order = [6, 4, 5, 8, 1, 2, 3, 7, 0]
    for (let good = 1; good <= order.length; good++) {
      const padded = padTo(trials, 10 * good - order.length)
      const split = new TrialSplit(true)
      split.update(studyOf(padded), -1)
      expect(split.below).toEqual(order.slice(0, good).sort((a, b) => a - b))
      expect(split.roles[9]).toBe(UNUSED)
    }
  })

  it('turns to the largest values where these are wanted', () => {
    const split = new TrialSplit(true)
    const trials = [3, 9, 5].map((value, number) => trialOf({ number, values: [value] }))
    split.update(studyOf(trials, ['maximize']), -1)
    expect(split.below).toEqual([1])
  })

  it('counts running trials as bad ones, but for the one to draw for, and where there is a liar', () => {
    const trials = [
      trialOf({ number: 0, values: [1] }),
      trialOf({ number: 1, state: 'RUNNING' }),
      trialOf({ number: 2, state: 'RUNNING' }),
      trialOf({ number: 3, state: 'WAITING' }),
    ]
    const rolesWith = (liar: boolean) => {
      const split = new TrialSplit(liar)
      split.update(studyOf(trials), 2)
      return [...split.roles.slice(0, 4)]
    }
    expect(rolesWith(true)).toEqual([BELOW, ABOVE, UNUSED, UNUSED])
    expect(rolesWith(false)).toEqual([BELOW, UNUSED, UNUSED, UNUSED])
  })

  it('is the same however the trials came in', () => {
    const random = createRandom(5)
    let trials: TrialRecord[] = []
    const growing = new TrialSplit(true)
    for (let step = 0; step < 150; step++) {
      const running = trials.findIndex(({ state }) => state === 'RUNNING')
      trials = trials.slice()
      if (running >= 0 && random.next() < 0.5) {
        trials[running] = trialOf({ number: running, values: [random.int(20)] })
      } else {
        const state = random.next() < 0.3 ? 'RUNNING' : 'COMPLETE'
        trials.push(trialOf({ number: trials.length, state, values: [random.int(20)] }))
      }
      growing.update(studyOf(trials), -1)
      const fresh = new TrialSplit(true)
      fresh.update(studyOf(trials), -1)
      expect(growing.below).toEqual(fresh.below)
      expect([...growing.roles.slice(0, trials.length)]).toEqual([...fresh.roles.slice(0, trials.length)])
    }
    // Another study's trials: nothing of the first is left.
    const other = [4, 2].map((value, number) => trialOf({ number, values: [value] }))
    expect(growing.update(studyOf(other), -1)).toBe(false)
    expect(growing.below).toEqual([1])
    expect(growing.finished).toBe(2)
  })

  it('with several objectives goes by rank, and by hypervolume where a rank does not fit', () => {
    const points = [
      [5, 5],
      [1, 4],
      [2, 3],
      [2.1, 2.9],
      [4, 1],
    ]
    const trials = points.map((values, number) => trialOf({ number, values }))
    const split = new TrialSplit(true)
    split.update(studyOf(padTo(trials, 6, [9, 9]), ['minimize', 'minimize']), -1)
    // Two of the front of four, up to (4.4, 4.4): (2.1, 2.9) has 2.3 * 1.5; then (4, 1) adds 0.4 * 1.9, more than
    // (1, 4) with 1.1 * 0.4.
    expect(split.below).toEqual([3, 4])
  })
})

/** With `count` worthless trials in addition: they come last, so that the number of good ones can be set. */
function padTo(trials: readonly TrialRecord[], count: number, values?: number[]): TrialRecord[] {
  const pads = Array.from({ length: count }, (_, i) =>
    values === undefined
      ? trialOf({ number: trials.length + i, values: [0], attributes: { constraints: [1000] } })
      : trialOf({ number: trials.length + i, values }),
  )
  return [...trials, ...pads]
}
