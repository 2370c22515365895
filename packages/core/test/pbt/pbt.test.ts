import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/pbt/explore.ts'
import { type PbtOptions, pbt } from '../../src/pbt/pbt.ts'
import { pbtSchedule, replay } from '../../src/pbt/schedule.ts'
import { parentCheckpointOf, segmentOf } from '../../src/pbt/segment.ts'
import { CHECKPOINT } from '../../src/pruners/resume.ts'
import { createRandom } from '../../src/random.ts'
import { floatDistribution, intDistribution } from '../../src/space/build-distribution.ts'
import type { Distribution } from '../../src/space/distribution.ts'
import { contains } from '../../src/space/param-value.ts'
import { createStudy } from '../../src/study/create-study.ts'
import type { Study } from '../../src/study/study.ts'

const STEPS = 4

/**
 * The toy of Jaderberg et al., section 3.2: theta climbs the surrogate 1.2 - h0 theta0^2 - h1 theta1^2, and is judged
 * by 1.2 - theta0^2 - theta1^2. No fixed h leads there from both sides at once but in time; h with one entry 0 never.
 */
async function climb(study: Study<unknown>, concurrency = 1): Promise<void> {
  await study.optimize(
    async (trial) => {
      const h = [trial.suggestFloat('h0', 0, 1), trial.suggestFloat('h1', 0, 1)]
      const record = trial.record()
      const segment = segmentOf(record)!
      let theta = (parentCheckpointOf(record) as number[] | undefined) ?? [0.9, 0.9]
      for (let step = segment.firstStep; step < segment.endStep; step++) {
        theta = theta.map((value, i) => value - 0.02 * 2 * h[i]! * value)
        if (concurrency > 1) await Promise.resolve()
      }
      await trial.setUserAttribute(CHECKPOINT, theta)
      return 1.2 - theta[0]! ** 2 - theta[1]! ** 2
    },
    { concurrency },
  )
}

function studyWith(seed: number, options: Partial<PbtOptions> = {}): Promise<Study<unknown>> {
  return createStudy({
    name: 'toy',
    directions: ['maximize'],
    seed,
    sampler: pbt({ population: 8, generations: 20, interval: STEPS, ...options }),
    pruner: null,
  }) as Promise<Study<unknown>>
}

const snapshotOf = (study: Study<unknown>) => ({
  name: study.name,
  directions: study.directions,
  trials: study.trials,
})

describe('population based training', () => {
  it('runs every member through every generation, each from a checkpoint of the one before', async () => {
    const study = await studyWith(1)
    await climb(study)
    const { trials } = snapshotOf(study)
    expect(trials).toHaveLength(8 * 20)
    for (const trial of trials) {
      const segment = segmentOf(trial)!
      expect(segment.firstStep).toBe(segment.generation * STEPS)
      if (segment.generation === 0) {
        expect(segment.parent).toBeUndefined()
        continue
      }
      const parent = trials[segment.parent!]!
      expect(segmentOf(parent)!.generation).toBe(segment.generation - 1)
      expect(parentCheckpointOf(trial)).toEqual(parent.userAttributes.get(CHECKPOINT))
      expect(segmentOf(parent)!.member === segment.member).toBe(!segment.copied)
      if (!segment.copied) expect(trial.params).toEqual(parent.params)
    }
    // Two of eight at each of 19 turns.
    expect(trials.filter((trial) => segmentOf(trial)!.copied)).toHaveLength(2 * 19)
  })

  it('copies from the best to the worst alone', async () => {
    const study = await studyWith(2)
    await climb(study)
    const { trials } = snapshotOf(study)
    for (const trial of trials) {
      const segment = segmentOf(trial)!
      if (!segment.copied) continue
      const before = trials.filter((other) => segmentOf(other)!.generation === segment.generation - 1)
      const ranked = before.toSorted((a, b) => b.values![0]! - a.values![0]!)
      expect(ranked.slice(0, 2)).toContain(trials[segment.parent!])
      expect(ranked.slice(-2).map((other) => segmentOf(other)!.member)).toContain(segment.member)
    }
  })

  it('climbs further than the same members without copying', async () => {
    const best = async (options: Partial<PbtOptions>, seed: number) => {
      const study = await studyWith(seed, options)
      await climb(study)
      return pbtSchedule(snapshotOf(study)).value
    }
    let gained = 0
    for (const seed of [1, 2, 3, 4, 5]) {
      if ((await best({}, seed)) > (await best({ burnIn: 1e6 }, seed))) gained++
    }
    expect(gained).toBe(5)
  })

  it('gives the same run for the same seed', async () => {
    const paramsOf = async (seed: number) => {
      const study = await studyWith(seed)
      await climb(study)
      return snapshotOf(study).trials.map(({ params, values }) => [[...params], values])
    }
    expect(await paramsOf(3)).toEqual(await paramsOf(3))
    expect(await paramsOf(3)).not.toEqual(await paramsOf(4))
  })

  it('runs as many members at once as there are, and more workers than that end', async () => {
    const study = await studyWith(5)
    await climb(study, 11)
    const { trials } = snapshotOf(study)
    expect(trials).toHaveLength(8 * 20)
    expect(trials.every(({ state }) => state === 'COMPLETE')).toBe(true)
  })

  it('runs a failed segment again, as a copy of one of the best', async () => {
    const study = await studyWith(6, { generations: 3 })
    let failures = 0
    await study.optimize(
      async (trial) => {
        const lr = trial.suggestFloat('lr', 0, 1)
        const segment = segmentOf(trial.record())!
        await trial.setUserAttribute(CHECKPOINT, trial.number)
        if (segment.member === 3 && segment.generation === 1 && failures++ === 0) throw new Error('diverged')
        return lr
      },
      { catch: true },
    )
    const { trials } = snapshotOf(study)
    expect(trials).toHaveLength(8 * 3 + 1)
    const tries = trials.filter((trial) => {
      const segment = segmentOf(trial)!
      return segment.member === 3 && segment.generation === 1
    })
    expect(tries.map(({ state }) => state)).toEqual(['FAIL', 'COMPLETE'])
    expect(segmentOf(tries[1]!)!.copied).toBe(true)
  })

  it('can be taken up again by another process', async () => {
    const whole = await studyWith(7, { generations: 6 })
    await climb(whole)
    const study = await studyWith(7, { generations: 6 })
    // A sampler that knows nothing but the trials: the first one's state would be missed.
    for (let part = 0; part < 6; part++) {
      await study.optimize(
        async (trial) => {
          const h = [trial.suggestFloat('h0', 0, 1), trial.suggestFloat('h1', 0, 1)]
          const segment = segmentOf(trial.record())!
          let theta = (parentCheckpointOf(trial.record()) as number[] | undefined) ?? [0.9, 0.9]
          for (let step = segment.firstStep; step < segment.endStep; step++) {
            theta = theta.map((value, i) => value - 0.02 * 2 * h[i]! * value)
          }
          await trial.setUserAttribute(CHECKPOINT, theta)
          return 1.2 - theta[0]! ** 2 - theta[1]! ** 2
        },
        { trials: 8 },
      )
    }
    const paramsOf = (of: Study<unknown>) => snapshotOf(of).trials.map(({ params }) => [...params])
    expect(paramsOf(study)).toEqual(paramsOf(whole))
  })
})

describe('the schedule', () => {
  it('is the line of segments behind the best, and replays to the same value', async () => {
    const study = await studyWith(1)
    await climb(study)
    const schedule = pbtSchedule(snapshotOf(study))
    expect(schedule.segments).toHaveLength(20)
    expect(schedule.transfers).toHaveLength(2 * 19)
    const paramsAt = replay(JSON.parse(JSON.stringify(schedule)))
    let theta = [0.9, 0.9]
    for (let step = 0; step < 20 * STEPS; step++) {
      const { h0, h1 } = paramsAt(step) as { h0: number; h1: number }
      theta = [theta[0]! - 0.02 * 2 * h0 * theta[0]!, theta[1]! - 0.02 * 2 * h1 * theta[1]!]
    }
    expect(1.2 - theta[0]! ** 2 - theta[1]! ** 2).toBe(schedule.value)
  })

  it('refuses gaps, and studies without one', async () => {
    const segment = { params: {}, trial: 0 }
    expect(() => replay({ segments: [{ ...segment, firstStep: 1, endStep: 2 }] })).toThrow(
      'replay: segment 0 is steps 1 to 2 after step 0; give segments that follow on one another from 0.',
    )
    expect(() => pbtSchedule({ name: 's', directions: ['minimize'], trials: [] })).toThrow(
      'study s: no segment of population based training is finished yet.',
    )
  })
})

describe('exploring', () => {
  const change = { resampleProbability: 0, factors: [0.8, 1.2] as const }
  const over = (value: number | string, distribution: Distribution) => {
    const random = createRandom(1)
    return new Set(Array.from({ length: 40 }, () => explore(value, distribution, change, random)))
  }

  it('multiplies, steps, and takes neighbours', () => {
    expect(over(1, floatDistribution(0.1, 10, { log: true }))).toEqual(new Set([0.8, 1.2]))
    // Small whole numbers, too: 3 * 1.2 truncates to 3.
    expect(over(3, intDistribution(1, 100))).toEqual(new Set([2, 4]))
    const choices: Distribution = { kind: 'categorical', choices: ['a', 'b', 'c'] }
    expect(over('b', choices)).toEqual(new Set(['a', 'c']))
    expect(over('c', choices)).toEqual(new Set(['b', 'c']))
    // From 0 nothing multiplies away.
    expect(over(0, floatDistribution(-1, 1))).toEqual(new Set([(0.8 - 1) * 2, (1.2 - 1) * 2]))
  })

  it('stays in the domain, whatever it is', () => {
    const float = fc
      .tuple(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.boolean(),
      )
      .filter(([low, , log]) => !log || low > 1e-9)
      .map(([low, range, log]) => floatDistribution(low, low + range, { log }))
    const int = fc
      .tuple(fc.integer({ min: -20, max: 20 }), fc.nat(40), fc.integer({ min: 1, max: 5 }))
      .map(([low, range, step]) => intDistribution(low, low + range * step, { step }))
    fc.assert(
      fc.property(fc.oneof(float, int), fc.nat(), (distribution, seed) => {
        const random = createRandom(seed)
        let value: number = distribution.low
        for (let turn = 0; turn < 20; turn++) {
          value = explore(value, distribution, { ...change, resampleProbability: 0.2 }, random) as number
          expect(contains(distribution, value)).toBe(true)
        }
      }),
    )
  })
})

describe('options', () => {
  it.each([
    [{ generations: 1 }, 'pbt: generations is 1; give a whole number from 2 up.'],
    [{ generations: 5, quantile: 0.6 }, 'pbt: quantile is 0.6; give a number above 0 up to 0.5.'],
    [{ generations: 5, population: 1 }, 'pbt: population is 1; give a whole number from 2 up.'],
  ])('%j are refused', (options, message) => {
    expect(() => pbt(options)).toThrow(message)
  })
})
