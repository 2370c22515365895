import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedPlaces, markPlaces } from '../../src/trial/changed-places.js'
import type { TrialRecord } from '../../src/trial/trial-record.js'
import { trialOf } from '../samplers/support/trials.js'

describe('changedPlaces', () => {
  it('is, of marked arrays, what looking at every place finds', () => {
    const writes = fc.array(fc.tuple(fc.nat(20), fc.boolean()), { maxLength: 60 })
    fc.assert(
      fc.property(writes, (all) => {
        const [current, log]: [TrialRecord[], number[]] = [[], []]
        const marked: (readonly TrialRecord[])[] = []
        for (const [at, copies] of all) {
          const place = Math.min(at, current.length)
          // The same trial again is no change, though it is logged.
          if (at % 3 > 0 || current[place] === undefined) current[place] = trialOf({ number: place })
          log.push(place)
          if (!copies) continue
          marked.push(current.slice())
          markPlaces(marked.at(-1)!, log)
        }
        for (const before of [[], ...marked]) {
          for (const now of marked) {
            expect(changedPlaces(now, before)).toEqual(changedPlaces(now.slice(), before.slice()))
          }
        }
      }),
    )
  })

  it('does not take arrays of two logs for one', () => {
    const trials = [0, 1, 2].map((number) => trialOf({ number }))
    const others = trials.with(1, trialOf({ number: 1 }))
    markPlaces(trials, [])
    markPlaces(others, [])
    expect(changedPlaces(others, trials)).toEqual([1])
    expect(changedPlaces(others, trials.slice(0, 1))).toEqual([1, 2])
  })
})
