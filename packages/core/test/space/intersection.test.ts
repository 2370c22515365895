import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { floatDistribution, intDistribution } from '../../src/space/build-distribution.ts'
import type { Distribution } from '../../src/space/distribution.ts'
import { IntersectionSpace } from '../../src/space/intersection.ts'
import { isSingle } from '../../src/space/param-value.ts'
import { sameDistribution } from '../../src/space/same-distribution.ts'
import type { TrialRecord, TrialState } from '../../src/trial/trial-record.ts'

const distribution = fc.constantFrom<Distribution>(
  floatDistribution(0, 1),
  floatDistribution(0, 2),
  intDistribution(1, 1),
)
const state = fc.constantFrom<TrialState>('RUNNING', 'WAITING', 'COMPLETE', 'PRUNED', 'FAIL')
const names = fc.dictionary(fc.constantFrom('a', 'b', 'c'), distribution)

function record(number: number, state: TrialState, params: Record<string, Distribution>): TrialRecord {
  return { number, state, distributions: new Map(Object.entries(params)) } as unknown as TrialRecord
}

/** Word for word: all COMPLETE and PRUNED trials have it, alike; more than one value; by name. */
function plain(trials: readonly TrialRecord[]): [string, Distribution][] {
  const counted = trials.filter((trial) => trial.state === 'COMPLETE' || trial.state === 'PRUNED')
  return [...(counted[0]?.distributions ?? [])]
    .filter(([name, d]) =>
      counted.every(
        ({ distributions }) => distributions.has(name) && sameDistribution(distributions.get(name)!, d),
      ),
    )
    .filter(([, d]) => !isSingle(d))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

describe('IntersectionSpace', () => {
  it('is that of all finished trials, whenever they finish', () => {
    const trial = fc.tuple(state, state, names)
    fc.assert(
      fc.property(fc.array(trial, { maxLength: 8 }), fc.nat(8), (rows, seen) => {
        const finished = (s: TrialState) => s !== 'RUNNING' && s !== 'WAITING'
        const early = rows.slice(0, seen).map(([s, , d], i) => record(i, s, d))
        const late = rows.map(([s, t, d], i) => (i < seen && finished(s) ? early[i]! : record(i, t, d)))
        const follower = new IntersectionSpace()
        expect([...follower.update(early)]).toEqual(plain(early))
        const space = follower.update(late)
        expect([...space]).toEqual(plain(late))
        expect(follower.update(late)).toBe(space)
      }),
    )
  })
})
