import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prunerFromOptions } from '../../src/pruners/registry.ts'
import { type WandbHyperbandOptions, wandbHyperband } from '../../src/pruners/wandb-hyperband.ts'
import type { Direction } from '../../src/study/study-snapshot.ts'
import { studyOf, trialRecord } from '../support/trials.ts'

/** The last of the histories is the run that is asked about. */
function decide(
  options: WandbHyperbandOptions,
  histories: readonly (readonly number[])[],
  direction?: Direction,
) {
  const trials = histories.map((reports, number) =>
    trialRecord(number, { state: number === histories.length - 1 ? 'RUNNING' : 'COMPLETE', reports }),
  )
  return wandbHyperband(options).decide(studyOf(trials, direction), trials.at(-1)!)
}

describe("W&B's early termination", () => {
  // Bands 1 and 2 of max_iter 5, eta 2, s 2; of five runs the threshold is the third smallest.
  const bands = { maxIter: 5, s: 2, eta: 2 }

  it('holds a run against the value at place n / eta of all runs at its latest band', () => {
    const others = [
      [10, 9],
      [10, 7, 7],
      [10, 6, 6],
      [10, 8, 8],
    ]
    expect(decide(bands, [...others, [10, 10]])).toEqual({
      prune: true,
      reason: 'band 2: 10 above 8 (5th of 5)',
    })
    expect(decide(bands, [...others, [10, 8]])).toMatchObject({ prune: false })
    expect(decide(bands, [...others, [11]])).toMatchObject({ prune: true })
    expect(decide(bands, [...others, [10]])).toMatchObject({ prune: false })
  })

  it('lets a run live that was good once, unless it is strict', () => {
    const others = [
      [5, 5],
      [4, 4],
      [6, 6],
    ]
    const run = [1, 9]
    expect(decide({ minIter: 1, eta: 2 }, [...others, run])).toMatchObject({ prune: true })
    expect(decide({ minIter: 1, eta: 2, strict: false }, [...others, run])).toMatchObject({ prune: false })
  })

  it('counts reports and not steps, and leaves out what is no finite number', () => {
    const study = studyOf([
      trialRecord(0, {
        reports: new Map([
          [10, 1],
          [20, 2],
          [30, Number.NaN],
          [40, 3],
        ]),
      }),
      trialRecord(1, {
        reports: new Map([
          [7, 1],
          [8, 2],
          [9, 9],
        ]),
        state: 'RUNNING',
      }),
    ])
    const decision = wandbHyperband({ minIter: 3, eta: 3 }).decide(study, study.trials[1]!)
    expect(decision).toEqual({ prune: true, reason: 'band 3: 9 above 3 (2nd of 2)' })
    const first = wandbHyperband({ minIter: 4, eta: 3 }).decide(study, study.trials[1]!)
    expect(first).toEqual({ prune: false })
  })

  it('is the rule told in plain words, whichever way is better', () => {
    const history = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 })
    const options = fc.oneof(
      fc.record({
        minIter: fc.integer({ min: 1, max: 4 }),
        eta: fc.constantFrom(1.5, 2, 3),
        strict: fc.boolean(),
      }),
      fc.record({
        maxIter: fc.integer({ min: 4, max: 14 }),
        s: fc.integer({ min: 1, max: 4 }),
        eta: fc.constantFrom(1.5, 2, 3),
        strict: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(fc.array(history, { minLength: 1, maxLength: 9 }), options, (histories, given) => {
        const bands = new Set<number>()
        if ('minIter' in given) {
          for (let k = 0; k < 10; k++) bands.add(Math.floor(given.minIter * given.eta ** k + 1e-9))
        } else {
          for (let k = 1; k <= given.s; k++) bands.add(Math.floor(given.maxIter / given.eta ** k + 1e-9))
        }
        const own = histories.at(-1)!
        const band = Math.max(...[...bands].filter((place) => place >= 1 && place <= own.length), 0)
        let stopped = false
        if (band > 0) {
          const there = histories.flatMap((values) => values[band - 1] ?? []).sort((a, b) => a - b)
          const threshold = there[Math.floor(there.length / given.eta + 1e-9)]!
          stopped = (given.strict ? own[band - 1]! : Math.min(...own)) > threshold
        }
        expect(decide(given, histories).prune).toBe(stopped)
        const mirrored = histories.map((values) => values.map((value) => -value))
        expect(decide(given, mirrored, 'maximize').prune).toBe(stopped)
      }),
    )
  })

  it('is built again from what stands in a study', () => {
    const pruner = wandbHyperband({ minIter: 3 })
    const again = prunerFromOptions(pruner.name, JSON.parse(JSON.stringify(pruner.options)))
    expect([again.name, again.options]).toEqual([pruner.name, pruner.options])
    expect(pruner.options).toEqual({ minIter: 3, maxIter: null, s: null, eta: 3, strict: true })
  })

  it('refuses what makes no bands', () => {
    expect(() => wandbHyperband({ maxIter: 9 })).toThrow(
      'wandbHyperband: no bands; give minIter, or maxIter and s.',
    )
    expect(() => wandbHyperband({ maxIter: 2, s: 3 })).toThrow(
      'wandbHyperband: maxIter 2 and eta 3 leave no band; give a larger maxIter, or a smaller eta.',
    )
    expect(() => wandbHyperband({ minIter: 1, eta: 1 })).toThrow(
      'wandbHyperband: eta is 1; give a number above 1.',
    )
  })
})
