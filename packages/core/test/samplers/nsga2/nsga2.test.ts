import { describe, expect, it } from 'vitest'
import { search } from '../../../bench/search/loop.js'
import { InputError } from '../../../src/errors.js'
import { createRandom } from '../../../src/random.js'
import { selectElite } from '../../../src/samplers/nsga2/elite.js'
import { nextGeneration } from '../../../src/samplers/nsga2/generations.js'
import { nsga2 } from '../../../src/samplers/nsga2/nsga2.js'
import { offspring } from '../../../src/samplers/nsga2/offspring.js'
import { categoricalDistribution, floatDistribution } from '../../../src/space/build-distribution.js'
import type { Distribution } from '../../../src/space/distribution.js'
import type { TrialRecord } from '../../../src/trial/trial-record.js'
import { contextOf, studyOf, trialOf } from '../support/trials.js'

const SPACE = new Map<string, Distribution>([
  ['a', floatDistribution(0, 1)],
  ['b', floatDistribution(0, 1)],
  ['c', categoricalDistribution(['u', 'v'])],
])

/** Members of a generation, with one objective. */
function generation(number: number, values: readonly number[], from: number): TrialRecord[] {
  return values.map((value, i) =>
    trialOf({
      number: from + i,
      values: [value],
      params: { a: value / 100, b: (100 - value) / 100, c: 'u' },
      distributions: SPACE,
      attributes: { 'NSGAIISampler:generation': number },
    }),
  )
}

describe('generations', () => {
  it('go on once one is full of complete trials', () => {
    expect(nextGeneration([], 3)).toBe(0)
    expect(nextGeneration(generation(0, [1, 2], 0), 3)).toBe(0)
    expect(nextGeneration(generation(0, [1, 2, 3], 0), 3)).toBe(1)
    const second = [...generation(0, [1, 2, 3], 0), ...generation(1, [1, 2, 3, 4], 3)]
    expect(nextGeneration(second, 3)).toBe(2)
    expect(nextGeneration([...second, trialOf({ number: 9, values: [0] })], 3)).toBe(2)
  })

  it('stand in the trials and the study, parents by id', async () => {
    const trials = [...generation(0, [5, 1, 9, 3], 0), ...generation(1, [2, 8, 7, 6], 4)]
    const drawn = await nsga2({ population: 4 }).draw(contextOf(studyOf(trials)), SPACE)
    expect(drawn.attributes).toEqual(new Map([['NSGAIISampler:generation', 2]]))
    // Of all eight the values 1, 2, 3 and 5; an id is the number and one.
    expect(drawn.studyAttributes).toEqual(new Map([['NSGAIISampler:parent:2', [2, 5, 4, 1]]]))
  })

  it('take the parents that stand there', async () => {
    const trials = generation(0, [50, 10, 90, 30], 0)
    const cached = new Map([['NSGAIISampler:parent:1', [3]]])
    const sampler = nsga2({ population: 4, mutation: 0 })
    const drawn = await sampler.draw(contextOf(studyOf(trials), 1, cached), SPACE)
    expect(drawn.params).toEqual(trials[2]!.params)
    expect(drawn.studyAttributes).toBeUndefined()
  })
})

describe('selectElite', () => {
  it('takes whole fronts, then those with the most room', () => {
    const points = [
      [0, 10],
      [10, 0],
      [5, 5],
      [5.1, 4.9],
      [2, 8],
      [11, 11],
    ]
    const trials = points.map((values, number) => trialOf({ number, values }))
    const numbers = (population: number) =>
      selectElite(trials, ['minimize', 'minimize'], population).map(({ number }) => number)
    expect(numbers(5).sort()).toEqual([0, 1, 2, 3, 4])
    expect(new Set(numbers(3))).toEqual(new Set([0, 1, 3]))
    expect(numbers(9).at(-1)).toBe(5)
  })

  it('puts feasible ones first', () => {
    const trials = [
      trialOf({ number: 0, values: [0], attributes: { constraints: [2] } }),
      trialOf({ number: 1, values: [0], attributes: { constraints: [1] } }),
      trialOf({ number: 2, values: [9], attributes: { constraints: [-1] } }),
    ]
    expect(selectElite(trials, ['minimize'], 2).map(({ number }) => number)).toEqual([2, 1])
  })
})

describe('offspring', () => {
  const parents = generation(0, [10, 90], 0)
  const rates = { crossover: 1, swapping: 0.5, mutation: 0 }

  it('takes each parameter from one of its parents', () => {
    const random = createRandom(1)
    let mixed = 0
    for (let i = 0; i < 200; i++) {
      const child = offspring(parents, SPACE, ['minimize'], rates, random)
      expect([0.1, 0.9]).toContain(child.get('a'))
      expect([0.1, 0.9]).toContain(child.get('b'))
      if (child.get('a') === child.get('b')) mixed++
    }
    expect(Math.abs(mixed - 100)).toBeLessThan(5 * Math.sqrt(50))
  })

  it('leaves out what mutates, and what a parent has not or no longer can have', () => {
    const random = createRandom(2)
    expect(offspring(parents, SPACE, ['minimize'], { ...rates, mutation: 1 }, random).size).toBe(0)
    const narrower = new Map<string, Distribution>([
      ['a', floatDistribution(0.5, 0.6)],
      ['c', SPACE.get('c')!],
      ['new', floatDistribution(0, 1)],
    ])
    expect([...offspring(parents, narrower, ['minimize'], rates, random).keys()]).toEqual(['c'])
  })

  it('is bred from the better of two more often', () => {
    const random = createRandom(3)
    const one = { ...rates, swapping: 0 }
    let better = 0
    for (let i = 0; i < 1000; i++) {
      if (offspring(parents, SPACE, ['minimize'], one, random).get('a') === 0.1) better++
    }
    // Three tournaments of four.
    expect(Math.abs(better - 750)).toBeLessThan(5 * Math.sqrt(1000 * 0.75 * 0.25))
  })
})

describe('nsga2', () => {
  it('gets better by generations', async () => {
    const sphere = {
      name: 'sphere',
      space: new Map([
        ['x', floatDistribution(-5, 5)],
        ['y', floatDistribution(-5, 5)],
      ] as const),
      value: (params: ReadonlyMap<string, unknown>) =>
        (params.get('x') as number) ** 2 + (params.get('y') as number) ** 2,
    }
    const values = await search(nsga2({ population: 10 }), sphere, 200, 1)
    expect(Math.min(...values)).toBeLessThan(0.5)
  })

  it('refuses options that it cannot follow', () => {
    for (const options of [{ population: 1 }, { crossover: 2 }, { mutation: -1 }, { swap: 1 } as object]) {
      expect(() => nsga2(options)).toThrow(InputError)
    }
    const { options } = nsga2({ population: 20 })
    expect(nsga2(options as object).options).toEqual(options)
  })
})
