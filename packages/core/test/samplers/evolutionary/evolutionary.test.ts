import { describe, expect, it } from 'vitest'
import { REFERENCE_FUNCTIONS } from '../../../bench/search/functions.js'
import { search } from '../../../bench/search/loop.js'
import { mannWhitney } from '../../../bench/search/mann-whitney.js'
import { InputError } from '../../../src/errors.js'
import { createRandom } from '../../../src/random.js'
import { evolutionary } from '../../../src/samplers/evolutionary/evolutionary.js'
import { mirrored, mutate } from '../../../src/samplers/evolutionary/mutate.js'
import { random } from '../../../src/samplers/random.js'
import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../../src/space/build-distribution.js'
import { contains } from '../../../src/space/param-value.js'
import { contextOf, studyOf, trialOf } from '../support/trials.js'

describe('mutate', () => {
  it.each([
    floatDistribution(-1, 3),
    floatDistribution(1e-5, 0.1, { log: true }),
    floatDistribution(0, 1, { step: 0.25 }),
    intDistribution(5, 50, { step: 5 }),
    categoricalDistribution(['a', 'b', 'c']),
  ])('stays in the domain and moves: %o', (distribution) => {
    const source = createRandom(4)
    let value = distribution.kind === 'categorical' ? 'a' : (distribution.low as number | string)
    for (let i = 0; i < 500; i++) {
      const next = mutate(distribution, value, 0.05, source) as number | string
      expect(contains(distribution, next)).toBe(true)
      expect(next).not.toBe(value)
      value = next
    }
  })

  it('folds what goes beyond a bound', () => {
    expect(mirrored(-0.25)).toBeCloseTo(0.25)
    expect(mirrored(1.25)).toBeCloseTo(0.75)
    expect(mirrored(2.1)).toBeCloseTo(0.1)
  })
})

describe('evolutionary', () => {
  it('is random until there is a population, and then has parents among the latest', async () => {
    const space = new Map([['x', floatDistribution(0, 1)]])
    const trials = Array.from({ length: 30 }, (_, number) =>
      trialOf({
        number,
        values: [number < 10 ? 0 : 1],
        params: { x: number < 10 ? 0 : 0.9 },
        attributes: { 'evolutionary:step': 0.02 },
      }),
    )
    const sampler = evolutionary()
    expect((await sampler.draw(contextOf(studyOf(trials.slice(0, 19))), space)).params.size).toBe(0)
    // The ten best are too old to be parents.
    for (let seed = 0; seed < 20; seed++) {
      const { params, attributes } = await sampler.draw(contextOf(studyOf(trials), seed), space)
      expect(params.get('x') as number).toBeGreaterThan(0.5)
      expect(attributes?.get('evolutionary:step')).toBeGreaterThan(0)
    }
  })

  it('is better than chance', async () => {
    for (const testFunction of REFERENCE_FUNCTIONS) {
      const best = async (make: () => ReturnType<typeof random>) =>
        Promise.all(
          Array.from({ length: 20 }, async (_, seed) =>
            Math.min(...(await search(make(), testFunction, 100, seed))),
          ),
        )
      const [ours, chance] = [await best(() => evolutionary()), await best(() => random())]
      if (median(ours) > median(chance)) expect(mannWhitney(ours, chance)).toBeGreaterThan(0.01)
      if (testFunction.name === 'sphere2') expect(mannWhitney(ours, chance)).toBeLessThan(0.001)
    }
  })

  it('refuses several objectives, and options that it cannot follow', () => {
    const study = studyOf([], ['minimize', 'maximize'])
    expect(() => evolutionary().draw(contextOf(study), new Map())).toThrow(InputError)
    for (const options of [{ population: 1 }, { tournament: 30 }, { crossover: 2 }]) {
      expect(() => evolutionary(options)).toThrow(InputError)
    }
  })
})

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
