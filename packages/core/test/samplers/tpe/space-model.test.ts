import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../../src/random.js'
import { SpaceModel } from '../../../src/samplers/tpe/space-model.js'
import { TrialSplit } from '../../../src/samplers/tpe/trial-split.js'
import { categoricalDistribution, floatDistribution } from '../../../src/space/build-distribution.js'
import type { Distribution, SearchSpace } from '../../../src/space/distribution.js'
import { markPlaces } from '../../../src/trial/changed-places.js'
import type { TrialRecord } from '../../../src/trial/trial-record.js'
import { studyOf, trialOf } from '../support/trials.js'

const SPACE: SearchSpace = new Map<string, Distribution>([
  ['x', floatDistribution(0, 1)],
  ['kind', categoricalDistribution(['a', 'b'])],
])

describe('SpaceModel', () => {
  it.each([true, false])('that follows a study is one made of it anew; arrays marked: %s', (marks) => {
    const random = createRandom(7)
    const [current, log]: [TrialRecord[], number[]] = [[], []]
    const [split, model] = [new TrialSplit(true), new SpaceModel(SPACE)]
    for (let draw = 0; draw < 120; draw++) {
      for (let write = 0; write < 4; write++) log.push(writeOne(current, random))
      const trials = current.slice()
      if (marks) markPlaces(trials, log)
      // The trial to draw for, which is none of the others, is not always the last.
      const study = studyOf(trials)
      split.update(study, draw % 3)
      // A model of a parameter that is drawn now and then misses some of the moves.
      if (draw % 5 === 4) continue
      model.update(trials, split, ({ params }) => params)
      const fresh = new SpaceModel(SPACE)
      const anew = new TrialSplit(true)
      anew.update(study, draw % 3)
      fresh.update(trials, anew, ({ params }) => params)
      for (let i = 0; i < 5; i++) {
        const point = Float64Array.of(random.next(), random.int(2))
        const [followed, made] = [model, fresh].map(({ above }) => above.logDensity(point))
        expect(Math.abs(followed! - made!)).toBeLessThan(1e-12)
      }
    }
  })
})

/** Writes one trial: a new one, or one that runs and ends. Some have one parameter only. */
function writeOne(trials: TrialRecord[], random: Random): number {
  const open = trials.findIndex(({ state }) => state === 'RUNNING' || state === 'WAITING')
  const number = open >= 0 && random.next() < 0.5 ? open : trials.length
  const states = ['RUNNING', 'WAITING', 'COMPLETE', 'COMPLETE', 'PRUNED', 'FAIL'] as const
  const state = states[number === trials.length ? random.int(6) : 2 + random.int(4)]!
  const params = { x: random.next(), ...(random.next() < 0.9 && { kind: random.next() < 0.5 ? 'a' : 'b' }) }
  trials[number] = trialOf({ number, state, values: [random.next()], params })
  return number
}
