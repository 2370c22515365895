import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors.js'
import { createRandom } from '../../../src/random.js'
import { axesOf, toPoint, toValue } from '../../../src/samplers/tpe/axis.js'
import { ParzenMixture } from '../../../src/samplers/tpe/parzen.js'
import { tpe } from '../../../src/samplers/tpe/tpe.js'
import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../../src/space/build-distribution.js'
import type { Distribution, SearchSpace } from '../../../src/space/distribution.js'
import { sortedSpace } from '../../../src/space/intersection.js'
import { contains } from '../../../src/space/param-value.js'
import { fromUnit, toUnit } from '../../../src/space/transform.js'
import { createStudy } from '../../../src/study/create-study.js'
import type { TrialRecord } from '../../../src/trial/trial-record.js'
import { contextOf, studyOf, trialOf } from '../support/trials.js'

const SPACE: SearchSpace = sortedSpace(
  new Map<string, Distribution>([
    ['T', intDistribution(5, 50, { step: 5 })],
    ['lr', floatDistribution(1e-5, 0.1, { log: true })],
    ['opt', categoricalDistribution(['sgd', 'adam'])],
  ]),
)

describe('draws of the mixture', () => {
  it.each([
    ['float', floatDistribution(-1, 3)],
    ['log float', floatDistribution(1e-5, 0.1, { log: true })],
    ['step', floatDistribution(0, 1, { step: 0.05 })],
    ['int', intDistribution(1, 1024, { log: true })],
    ['category', categoricalDistribution(['a', 'b', 'c'])],
  ] as const)('20,000 of a %s fall as the density says, by chi-square', (_, distribution) => {
    const [axis] = axesOf(new Map([['x', distribution]]))
    const places = [0.02, 0.3, 0.31, 0.55, 0.97]
    const points = Float64Array.from(places, (place) => toPoint(axis!, fromUnit(distribution, place)))
    const mixture = new ParzenMixture([axis!], [points], new Float64Array(5).fill(1))
    const cells = cellsOf(distribution)
    const expected = cells.map((cell) => massOf(mixture, distribution, cell))
    expect(sum(expected)).toBeCloseTo(1, 4)

    const observed = cells.map(() => 0)
    const random = createRandom(11)
    const point = new Float64Array(1)
    for (let i = 0; i < 20_000; i++) {
      mixture.draw(random, point)
      const value = toValue(axis!, point[0]!)
      expect(contains(distribution, value)).toBe(true)
      observed[cells.findIndex(([low, high]) => isIn(toUnit(distribution, value), low, high))]!++
    }
    const chiSquare = sum(expected.map((share, i) => (observed[i]! - 20_000 * share) ** 2 / (20_000 * share)))
    // Wilson and Hilferty: the cube root is nearly normal; 4.5 standard deviations.
    const freedom = cells.length - 1
    const z = ((chiSquare / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom))
    expect(z).toBeLessThan(4.5)
  })
})

describe('tpe', () => {
  it('leaves the first trials to chance', () => {
    const sampler = tpe()
    const study = studyOf(randomTrials(9, 1))
    expect(sampler.draw(contextOf(study), SPACE)).toEqual({ params: new Map() })
    const drawn = sampler.drawOne(contextOf(study, 3), study.trials[0]!, 'lr', SPACE.get('lr')!)
    expect(drawn).toBe(fromUnit(SPACE.get('lr')!, createRandom(3).next()))
  })

  it('draws the joint space inside its bounds, and tells other processes in pieces', async () => {
    const choices = Array.from({ length: 3 }, (_, i) => `${i}${'x'.repeat(2500)}`)
    const space = sortedSpace(
      new Map<string, Distribution>([...SPACE, ['long', categoricalDistribution(choices)]]),
    )
    const { params, attributes } = await tpe().draw(contextOf(studyOf(randomTrials(40, 2, space))), space)
    expect([...params.keys()]).toEqual([...space.keys()])
    for (const [name, value] of params) expect(contains(space.get(name)!, value)).toBe(true)
    const pieces = [...attributes!].map(([key, piece], i) => {
      expect(key).toBe(`tpe:relative_params:${i}`)
      return piece as string
    })
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.slice(0, -1).every((piece) => piece.length === 2045)).toBe(true)
    expect(JSON.parse(pieces.join(''))).toEqual(Object.fromEntries(params))
  })

  it('is a function of the study and the stream, whatever it drew for before', async () => {
    const trials = randomTrials(60, 4)
    const once = await tpe().draw(contextOf(studyOf(trials), 8), SPACE)
    const sampler = tpe()
    for (let n = 12; n <= 60; n += 4) await sampler.draw(contextOf(studyOf(trials.slice(0, n)), n), SPACE)
    await sampler.draw({ ...contextOf(studyOf(randomTrials(30, 9))) }, SPACE)
    expect(await sampler.draw(contextOf(studyOf(trials), 8), SPACE)).toEqual(once)
  })

  it('keeps away from what runs, by parameters that it did not ask for yet', async () => {
    const lr = sortedSpace(new Map([['lr', floatDistribution(0, 1)]]))
    const done = Array.from({ length: 20 }, (_, i) =>
      trialOf({ number: i, values: [Math.abs(i / 20 - 0.5)], params: { lr: i / 20 }, distributions: lr }),
    )
    const running = Array.from({ length: 10 }, (_, i) =>
      trialOf({
        number: 20 + i,
        state: 'RUNNING',
        attributes: { 'tpe:relative_params:0': `{"lr": ${0.5 + i / 1000}}` },
      }),
    )
    const near = async (constantLiar: boolean) => {
      let count = 0
      for (let seed = 0; seed < 200; seed++) {
        const context = contextOf(studyOf([...done, ...running]), seed)
        const { params } = await tpe({ constantLiar }).draw(context, lr)
        if (Math.abs((params.get('lr') as number) - 0.5) < 0.02) count++
      }
      return count
    }
    expect(await near(true)).toBeLessThan((await near(false)) / 2)
  })

  it('survives what another program is still writing', async () => {
    const half = trialOf({
      number: 40,
      state: 'RUNNING',
      attributes: { 'tpe:relative_params:0': '{"lr": 0.0' },
    })
    const { params } = await tpe().draw(contextOf(studyOf([...randomTrials(40, 2), half])), SPACE)
    expect(params.size).toBe(3)
  })

  it('draws groups of parameters that occur together', async () => {
    const [sgd, adam] = [floatDistribution(0, 1), floatDistribution(0, 1)]
    const trials = Array.from({ length: 40 }, (_, number) => {
      const even = number % 2 === 0
      const distributions = new Map<string, Distribution>([
        ['lr', floatDistribution(0, 1)],
        [even ? 'momentum' : 'beta', even ? sgd : adam],
      ])
      const params = { lr: number / 40, [even ? 'momentum' : 'beta']: 0.9 }
      return trialOf({ number, values: [number], params, distributions })
    })
    const { params } = await tpe({ group: true }).draw(contextOf(studyOf(trials)), new Map())
    expect([...params.keys()].sort()).toEqual(['beta', 'lr', 'momentum'])
  })

  it('draws parameters one by one with several objectives', async () => {
    const trials = randomTrials(40, 6).map((trial) => ({ ...trial, values: [trial.number, -trial.number] }))
    const context = contextOf(studyOf(trials, ['minimize', 'minimize']))
    expect((await tpe().draw(context, SPACE)).params.size).toBe(0)
    for (const [name, distribution] of SPACE) {
      expect(contains(distribution, tpe().drawOne(context, trials[0]!, name, distribution))).toBe(true)
    }
    expect((await tpe({ multivariate: true }).draw(context, SPACE)).params.size).toBe(3)
  })

  it('learns from the trials that a pruner shows, whose numbers have gaps', async () => {
    const trials = randomTrials(80, 7).filter(({ number }) => number % 3 === 0)
    const context = { ...contextOf(studyOf(trials)), number: 80 }
    expect((await tpe().draw(context, SPACE)).params.size).toBe(3)
  })

  it('keeps trying a category that fell behind, as often as the floor says', async () => {
    const trials = randomTrials(100, 3).map((trial) => {
      const params = new Map(trial.params).set('opt', trial.number < 5 ? 'sgd' : 'adam')
      return { ...trial, params, values: [params.get('opt') === 'sgd' ? 5 : trial.values![0]!] }
    })
    const share = async (categoryFloor: number) => {
      const sampler = tpe({ categoryFloor })
      let count = 0
      for (let seed = 0; seed < 300; seed++) {
        const { params } = await sampler.draw(contextOf(studyOf(trials), seed), SPACE)
        if (params.get('opt') === 'sgd') count++
      }
      return count / 300
    }
    const plain = await share(0)
    const floored = await share(4)
    // Four draws in ten, at 100 trials, beside those of the rest that would go there anyway.
    expect(Math.abs(floored - (0.4 + 0.6 * plain))).toBeLessThan(5 * Math.sqrt(0.25 / 300))
  })

  it('refuses options that it cannot follow', () => {
    for (const options of [
      { startupTrials: 0 },
      { candidates: 1.5 },
      { categoryFloor: -1 },
      { group: true, multivariate: false },
      { gamma: 3 } as object,
    ]) {
      expect(() => tpe(options)).toThrow(InputError)
    }
  })

  it('says its options so that it can be made again', () => {
    const { options } = tpe({ candidates: 12 })
    expect(tpe(JSON.parse(JSON.stringify(options))).options).toEqual(options)
  })
})

function randomTrials(count: number, seed: number, space = SPACE): TrialRecord[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, number) => {
    const params = Object.fromEntries([...space].map(([name, d]) => [name, fromUnit(d, random.next())]))
    return trialOf({ number, values: [random.next()], params, distributions: space })
  })
}

type Cell = readonly [low: number, high: number]

/** Places of [0, 1] that share it: each value its own where there are few. */
function cellsOf(distribution: Distribution): Cell[] {
  const count =
    distribution.kind === 'categorical' ? distribution.choices.length : distribution.step === 0.05 ? 21 : 16
  const edges = Array.from({ length: count + 1 }, (_, i) => i / count)
  if (distribution.kind === 'int') {
    // Between whole numbers: each edge on the border of two of their cells.
    const whole = [1, 2, 3, 4, 6, 9, 14, 21, 33, 52, 81, 128, 200, 320, 512, 768, 1025]
    const at = (n: number) => (n === 1 ? 0 : n === 1025 ? 1 : toUnit(distribution, n - 0.5))
    return whole.slice(1).map((n, i) => [at(whole[i]!), at(n)])
  }
  return edges.slice(1).map((edge, i) => [edges[i]!, edge])
}

/** The mixture's mass in a cell, by Simpson's rule, or by adding up its values. */
function massOf(mixture: ParzenMixture, distribution: Distribution, [low, high]: Cell): number {
  const [axis] = mixture.axes
  const density = (point: number) => Math.exp(mixture.logDensity(Float64Array.of(point)))
  if (axis!.kind === 'continuous') {
    const at = (place: number) => axis!.low + place * (axis!.high - axis!.low)
    const steps = 200
    const h = (high - low) / steps
    let total = 0
    for (let i = 0; i <= steps; i++) {
      total += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * density(at(low + i * h))
    }
    return ((total * h) / 3) * (axis!.high - axis!.low)
  }
  const values =
    distribution.kind === 'categorical'
      ? distribution.choices
      : Array.from(
          { length: Math.round((distribution.high - distribution.low) / distribution.step!) + 1 },
          (_, i) => distribution.low + i * distribution.step!,
        )
  return sum(
    values
      .filter((value) => isIn(toUnit(distribution, value), low, high))
      .map((value) => density(toPoint(axis!, value))),
  )
}

function isIn(place: number, low: number, high: number): boolean {
  return place >= low && (place < high || high === 1)
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

describe('cells that floating point makes empty', () => {
  it.each([
    ['int', intDistribution(0, Number.MAX_SAFE_INTEGER)],
    ['log int', intDistribution(1, Number.MAX_SAFE_INTEGER, { log: true })],
    ['step', floatDistribution(0, 1, { step: 1e-16 })],
  ])('do not keep a draw from ending: %s', async (_, seed) => {
    const study = await createStudy({ name: 's', seed: 1, sampler: tpe() })
    await study.optimize(
      async (trial) => {
        const drawn = (await trial.suggest('seed', seed)) as number
        expect(contains(seed, drawn)).toBe(true)
        return (await trial.suggestFloat('x', 0, 1)) ** 2 + (drawn % 7)
      },
      { trials: 40 },
    )
    expect(study.trials).toHaveLength(40)
  })
})
