import { describe, expect, it } from 'vitest'
import type { TestFunction } from '../../../bench/search/functions.js'
import { search, studyFrom } from '../../../bench/search/loop.js'
import { mannWhitney } from '../../../bench/search/mann-whitney.js'
import { InputError } from '../../../src/errors.js'
import { nsga2 } from '../../../src/samplers/nsga2/nsga2.js'
import { random } from '../../../src/samplers/random.js'
import { tpe } from '../../../src/samplers/tpe/tpe.js'
import { earlierPoints } from '../../../src/samplers/warm-start/earlier-points.js'
import { warmStart } from '../../../src/samplers/warm-start/warm-start.js'
import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../../src/space/build-distribution.js'
import type { Distribution } from '../../../src/space/distribution.js'
import { contextOf, studyOf, trialOf } from '../support/trials.js'

const SEEDS = 30

/** A bowl in four dimensions around one point of each axis. */
function bowl(centre: number): TestFunction {
  const names = ['a', 'b', 'c', 'd']
  return {
    name: `bowl ${centre}`,
    space: new Map(names.map((name) => [name, floatDistribution(0, 1)])),
    value: (params) => names.reduce((sum, name) => sum + ((params.get(name) as number) - centre) ** 2, 0),
  }
}

describe('warmStart', () => {
  it('is better from the start where the optimum moved a little, and hardly worse where it is elsewhere', async () => {
    const earlier = await studyFrom(tpe(), bowl(0.7), 60, 99)
    const bestOf = async (now: TestFunction, warm: boolean) => {
      const bests: number[] = []
      for (let seed = 0; seed < SEEDS; seed++) {
        const sampler = warm ? warmStart(tpe(), { from: [earlier] }) : tpe()
        bests.push(Math.min(...(await search(sampler, now, 25, seed))))
      }
      return bests
    }
    const near = bowl(0.65)
    const [warm, cold] = [await bestOf(near, true), await bestOf(near, false)]
    expect(median(warm)).toBeLessThan(median(cold) / 3)
    expect(mannWhitney(warm, cold)).toBeLessThan(1e-6)

    const far = bowl(0.1)
    const [misled, alone] = [await bestOf(far, true), await bestOf(far, false)]
    if (median(misled) > median(alone)) expect(mannWhitney(misled, alone)).toBeGreaterThan(1e-3)
  })

  it('carries settings into the space as it is now', async () => {
    const trials = [
      trialOf({ number: 0, values: [1], params: { lr: 0.5, T: 12, opt: 'lion', gone: 1 } }),
      trialOf({ number: 1, values: [2], params: { lr: 0.01, T: 30, opt: 'adam' } }),
    ]
    const space = new Map<string, Distribution>([
      ['T', intDistribution(5, 50, { step: 5 })],
      ['lr', floatDistribution(1e-5, 0.1, { log: true })],
      ['opt', categoricalDistribution(['sgd', 'adam'])],
      ['wd', floatDistribution(0, 1)],
    ])
    const sampler = warmStart(random(), { from: [studyOf(trials)], trials: 2 })
    const first = await sampler.draw(contextOf(studyOf([])), space)
    expect(first.params).toEqual(
      new Map<string, unknown>([
        ['T', 10],
        ['lr', 0.1],
      ]),
    )
    // The objective asks for the rest, of which the earlier study knows nothing, or before the space is known.
    const running = trialOf({ number: 0, state: 'RUNNING', attributes: { 'warm_start:point': 1 } })
    expect(sampler.drawOne(contextOf(studyOf([])), running, 'opt', space.get('opt')!)).toBe('adam')
    expect(sampler.drawOne(contextOf(studyOf([])), running, 'wd', space.get('wd')!)).toBeGreaterThanOrEqual(0)
  })

  it('takes every setting once, also where trials failed or run', async () => {
    const from = studyOf([1, 2, 3].map((x, number) => trialOf({ number, values: [x], params: { x } })))
    const sampler = warmStart(random(), { from: [from], trials: 3 })
    const space = new Map([['x', floatDistribution(0, 10)]])
    const taken = [
      trialOf({ number: 0, state: 'RUNNING', attributes: { 'warm_start:point': 0 } }),
      trialOf({ number: 1, state: 'FAIL', attributes: { 'warm_start:point': 2 } }),
    ]
    const drawn = await sampler.draw(contextOf(studyOf(taken)), space)
    expect([...drawn.params.values()]).toEqual([2])
    const all = [...taken, trialOf({ number: 2, values: [1], attributes: { 'warm_start:point': 1 } })]
    expect((await sampler.draw(contextOf(studyOf(all)), space)).params.size).toBe(0)
  })

  it('makes itself again from what stands in the study', async () => {
    const from = studyOf([trialOf({ number: 0, values: [1], params: { x: 3 } })])
    const { options } = warmStart(tpe(), { from: [from] })
    const { sampler, ...rest } = JSON.parse(JSON.stringify(options))
    expect(warmStart(tpe(sampler.options), rest).options).toEqual(options)
    expect(warmStart(nsga2(), { from: [from] }).usesStudyAttributes).toBe(true)
  })

  it('refuses to start from nothing', () => {
    expect(() => warmStart(tpe(), {})).toThrow(InputError)
    expect(() => warmStart(tpe(), { from: [studyOf([])] })).toThrow(InputError)
    expect(() => warmStart(tpe(), { from: [], trials: -1 })).toThrow(InputError)
  })
})

describe('earlierPoints', () => {
  it('goes through the studies by rank, larger values first where these are wanted, none twice', () => {
    const minimised = studyOf([
      trialOf({ number: 0, values: [5], params: { x: 5 } }),
      trialOf({ number: 1, values: [1], params: { x: 1 } }),
      trialOf({ number: 2, values: [0], params: { x: 0 }, attributes: { constraints: [1] } }),
      trialOf({ number: 3, state: 'PRUNED', values: [0], params: { x: -1 } }),
    ])
    const maximised = studyOf(
      [
        trialOf({ number: 0, values: [100], params: { x: 100 } }),
        trialOf({ number: 1, values: [300], params: { x: 1 } }),
      ],
      ['maximize'],
    )
    expect(earlierPoints([minimised, maximised], 9)).toEqual([{ x: 1 }, { x: 5 }, { x: 100 }])
    expect(earlierPoints([minimised, maximised], 2)).toEqual([{ x: 1 }, { x: 5 }])
  })
})

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
