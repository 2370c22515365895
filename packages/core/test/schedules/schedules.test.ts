import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cosineAnnealing } from '../../src/schedules/cosine-annealing.ts'
import {
  exponentialDecay,
  linearSchedule,
  multiStepDecay,
  polynomialDecay,
  stepDecay,
} from '../../src/schedules/decays.ts'
import { oneCycle } from '../../src/schedules/one-cycle.ts'
import { curveOf, sparkline } from '../../src/schedules/preview.ts'
import { reduceOnPlateau } from '../../src/schedules/reduce-on-plateau.ts'
import type { Schedule } from '../../src/schedules/schedule.ts'
import { cosineWarmRestarts } from '../../src/schedules/warm-restarts.ts'
import { withWarmup } from '../../src/schedules/warmup.ts'

/** Values of epochs 0 to n - 1 by stepping. */
function stepped(schedule: Schedule, epochs: number): number[] {
  const stepper = schedule.stepper()
  return Array.from({ length: epochs }, (_, epoch) => (epoch === 0 ? stepper.value : stepper.step()))
}

/** By value, to a share of it, plus the rounding of a value that should be 0. */
function expectNear(actual: number, expected: number, relative = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-18)
}

const WITH_CLOSED_FORM: Record<string, Schedule> = {
  cosine: cosineAnnealing({ lr: 0.1, tMax: 50 }),
  'cosine above a floor': cosineAnnealing({ lr: 0.1, tMax: 100, etaMin: 0.001 }),
  'cosine of one epoch': cosineAnnealing({ lr: 0.1, tMax: 1, etaMin: 0.02 }),
  'cosine upwards': cosineAnnealing({ lr: 0.1, tMax: 10, etaMin: 0.5 }),
  restarts: cosineWarmRestarts({ lr: 0.1, t0: 10 }),
  'longer restarts': cosineWarmRestarts({ lr: 0.1, t0: 3, tMult: 2, etaMin: 0.001 }),
  step: stepDecay({ lr: 0.05, stepSize: 30 }),
  'multi-step': multiStepDecay({ lr: 0.05, milestones: [80, 30, 80, 0] }),
  exponential: exponentialDecay({ lr: 0.1, gamma: 0.95 }),
  polynomial: polynomialDecay({ lr: 0.1, totalIters: 40, power: 2.5 }),
  linear: linearSchedule({ lr: 0.1, startFactor: 0.25, endFactor: 0.5, totalIters: 20 }),
  'one-cycle': oneCycle({ maxLr: 0.1, totalSteps: 100 }),
  'one-cycle in three': oneCycle({ maxLr: 0.1, totalSteps: 100, threePhase: true, annealStrategy: 'linear' }),
  warmup: withWarmup(cosineAnnealing({ lr: 0.1, tMax: 50 }), { epochs: 5, startFactor: 0.1 }),
  'warmup by a cosine': withWarmup(stepDecay({ lr: 1, stepSize: 7 }), { epochs: 5, shape: 'cos' }),
}

describe('the closed form and the stepping form agree', () => {
  it.each(Object.keys(WITH_CLOSED_FORM))('%s', (name) => {
    const schedule = WITH_CLOSED_FORM[name]!
    // Cosine and all, far past their ends.
    for (const [epoch, value] of stepped(schedule, 400).entries()) expectNear(value, schedule.at(epoch))
  })

  it('cosine annealing with any options: on the way down to 1e-12, further on as near as one increment allows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1500 }),
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tMax, lr, share) => {
          const schedule = cosineAnnealing({ lr, tMax, etaMin: lr * share })
          const values = stepped(schedule, Math.min(5 * tMax, 3000))
          const gaps = values.map((value, epoch) => Math.abs(value - schedule.at(epoch)))
          expect(Math.max(...gaps.slice(0, tMax + 1))).toBeLessThanOrEqual(1e-12 * lr)
          // cos(pi / tMax) is 1 - (pi / tMax)^2 / 2, rounded to 2^-53: what is left of it in 1 - cos.
          const rounding = 2 ** -53 * 2 * (tMax / Math.PI) ** 2
          expect(Math.max(...gaps)).toBeLessThanOrEqual((1e-12 + 1.2 * rounding) * lr)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('cosine annealing', () => {
  it('has the values of the formula', () => {
    // By hand: cos(pi / 4) = sqrt(2) / 2, cos(pi / 2) = 0, cos(3 pi / 4) = -sqrt(2) / 2.
    const { at } = cosineAnnealing({ lr: 0.1, tMax: 4, etaMin: 0.02 })
    expect(at(0)).toBe(0.1)
    expectNear(at(1), 0.02 + 0.04 * (1 + Math.SQRT1_2), 1e-15)
    expectNear(at(2), 0.06, 1e-15)
    expectNear(at(3), 0.02 + 0.04 * (1 - Math.SQRT1_2), 1e-15)
    expect(at(4)).toBe(0.02)
  })

  it('rises again past tMax, to the top at 2 tMax, in both forms', () => {
    const schedule = cosineAnnealing({ lr: 0.1, tMax: 50 })
    const values = stepped(schedule, 151)
    expect(values[50]).toBe(0)
    for (let past = 1; past <= 50; past++) expectNear(values[50 + past]!, values[50 - past]!, 1e-11)
    expectNear(values[100]!, 0.1)
    expectNear(values[150]!, 0, 0)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  })

  it('takes the recursive formula of the documentation step by step', () => {
    // eta(t + 1) = eta_min + (eta(t) - eta_min) (1 + cos(pi (t + 1) / T)) / (1 + cos(pi t / T))
    const stepper = cosineAnnealing({ lr: 0.3, tMax: 7, etaMin: 0.01 }).stepper()
    let value = 0.3
    for (let t = 0; t < 6; t++) {
      const ratio = (1 + Math.cos((Math.PI * (t + 1)) / 7)) / (1 + Math.cos((Math.PI * t) / 7))
      value = ratio * (value - 0.01) + 0.01
      expect(stepper.step()).toBe(value)
    }
  })
})

describe('other schedules have the values of their formulas', () => {
  it('warm restarts', () => {
    const schedule = cosineWarmRestarts({ lr: 1, t0: 2, tMult: 2 })
    // Periods of 2, 4, 8: tops at 0, 2, 6, 14.
    for (const top of [0, 2, 6, 14]) expect(schedule.at(top)).toBe(1)
    expectNear(schedule.at(1), 0.5)
    expectNear(schedule.at(4), 0.5)
    expectNear(schedule.at(10), 0.5)
    expectNear(schedule.at(13), (1 + Math.cos((7 * Math.PI) / 8)) / 2)
  })

  it('step, multi-step, exponential, polynomial, linear', () => {
    expect([0, 29, 30, 59, 60].map(stepDecay({ lr: 1, stepSize: 30, gamma: 0.5 }).at)).toEqual([
      1, 1, 0.5, 0.5, 0.25,
    ])
    const multi = multiStepDecay({ lr: 1, milestones: [30, 80], gamma: 0.5 })
    expect([0, 29, 30, 79, 80, 500].map(multi.at)).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25])
    expect([0, 1, 2].map(exponentialDecay({ lr: 8, gamma: 0.5 }).at)).toEqual([8, 4, 2])
    expect([0, 1, 2, 4, 9].map(polynomialDecay({ lr: 16, totalIters: 4, power: 2 }).at)).toEqual([
      16, 9, 4, 0, 0,
    ])
    const linear = linearSchedule({ lr: 8, startFactor: 0.5, totalIters: 4 })
    expect([0, 1, 2, 3, 4, 5].map(linear.at)).toEqual([4, 5, 6, 7, 8, 8])
  })

  it('one cycle', () => {
    // total 10, pct 0.3: the top at step 2, the end at step 9.
    const { at } = oneCycle({ maxLr: 1, totalSteps: 10, divFactor: 10, finalDivFactor: 100 })
    expectNear(at(0), 0.1)
    expectNear(at(1), 0.55)
    expectNear(at(2), 1)
    expectNear(at(9), 0.001)
    expectNear(at(20), 0.001)
    expectNear(at(5.5), (1 + 0.001) / 2)
    const three = oneCycle({
      maxLr: 1,
      totalSteps: 10,
      divFactor: 10,
      threePhase: true,
      annealStrategy: 'linear',
    })
    expectNear(three.at(2), 1)
    expectNear(three.at(3), 0.55)
    expectNear(three.at(4), 0.1)
    expectNear(three.at(9), 1e-5)
    // A rise shorter than a step.
    expect(oneCycle({ maxLr: 1, totalSteps: 10, pctStart: 0.1 }).at(0)).toBe(1)
  })

  it('warm-up', () => {
    const schedule = withWarmup(exponentialDecay({ lr: 1, gamma: 0.5 }), { epochs: 4, startFactor: 0.2 })
    for (const [epoch, value] of [
      [0, 0.2],
      [2, 0.6],
      [4, 1],
      [5, 0.5],
    ] as const)
      expectNear(schedule.at(epoch), value)
  })

  it('reduce on plateau', () => {
    // Best 10, then nothing better by 1e-4 of it: epochs 1 and 2 are let pass, 3 reduces.
    const plateau = reduceOnPlateau({ lr: 1, factor: 0.5, patience: 2 })
    expect(plateau.values([10, 9.9999, 10, 10, 10, 10, 10])).toEqual([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25])
    const cooling = reduceOnPlateau({ lr: 1, factor: 0.5, patience: 0, cooldown: 2 })
    expect(cooling.values([1, 1, 1, 1, 1])).toEqual([1, 1, 0.5, 0.5, 0.5, 0.25])
    const max = reduceOnPlateau({
      lr: 1,
      factor: 0.5,
      patience: 0,
      mode: 'max',
      thresholdMode: 'abs',
      threshold: 0.1,
    })
    expect(max.values([1, 1.05, 1.2, Number.NaN])).toEqual([1, 1, 0.5, 0.5, 0.25])
    expect(reduceOnPlateau({ lr: 1, factor: 0.1, patience: 0, minLr: 0.5 }).values([1, 1, 1])).toEqual([
      1, 1, 0.5, 0.5,
    ])
  })
})

describe('preview', () => {
  it('is the curve, and a line of blocks', () => {
    const curve = curveOf(cosineAnnealing({ lr: 1, tMax: 2 }), 4)
    expect([...curve].map((value) => Number(value.toFixed(9)))).toEqual([1, 0.5, 0, 0.5])
    expect(sparkline(curve, 80)).toBe('█▅▁▄')
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
    expect(sparkline([0, 0, 1, 1], 2)).toBe('▁█')
    expect(sparkline([3, 3, Number.NaN], 3)).toBe('▄▄ ')
    expect(sparkline([], 3)).toBe('')
    expect([...sparkline(curveOf(exponentialDecay({ lr: 1, gamma: 0.9 }), 100), 17)]).toHaveLength(17)
  })
})

describe('options', () => {
  it.each([
    [
      () => cosineAnnealing({ lr: 0.1, tMax: 0 }),
      'cosineAnnealing: tMax is 0; give a whole number from 1 up.',
    ],
    [() => cosineAnnealing({ lr: Number.NaN, tMax: 5 }), 'cosineAnnealing: lr is NaN; give a number from 0.'],
    [
      () => oneCycle({ maxLr: 1, totalSteps: 9, pctStart: 1 }),
      'oneCycle: pctStart is 1; give a number above 0 and below 1.',
    ],
    [() => sparkline([1], 0), 'sparkline: width is 0; give a whole number from 1 up.'],
    [
      () => curveOf(cosineAnnealing({ lr: 1, tMax: 1 }), -1),
      'curveOf: epochs is -1; give a whole number from 0 up.',
    ],
  ])('%# are refused', (make, message) => {
    expect(make).toThrow(message)
  })
})
