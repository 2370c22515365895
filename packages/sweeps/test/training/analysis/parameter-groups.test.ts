import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  automaticCuts,
  parameterGroups,
  roundestBetween,
} from '../../../src/training/analysis/parameter-groups.js'
import { runSettingsOf } from '../../../src/training/analysis/run-settings.js'
import { type MadeRun, studyOf } from '../study-of.js'

async function groupsOf(runs: readonly MadeRun[], cuts: Record<string, number[]> = {}) {
  return parameterGroups(runSettingsOf(await studyOf(runs)), new Map(Object.entries(cuts)), 0.95)
}

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('where groups are cut', () => {
  test('lies between runs that differ, at the roundest number', () => {
    expect(automaticCuts([1, 2, 3, 4, 5, 6])).toEqual([3, 5])
    expect(automaticCuts([3.8e-4, 4e-4, 4.1e-4, 4.8e-4, 5.1e-4])).toEqual([4.1e-4])
    expect(automaticCuts([1, 1, 1, 1, 1, 1, 2])).toEqual([2])
  })

  test('is above the lower and not above the upper value', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        fc.pre(a !== b)
        const cut = roundestBetween(Math.min(a, b), Math.max(a, b))
        expect(cut > Math.min(a, b) && cut <= Math.max(a, b)).toBe(true)
      }),
    )
  })

  test('leaves no group empty, and equal values together', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 30 }), (values) => {
        fc.pre(new Set(values).size > 1)
        const cuts = automaticCuts(values)
        const groupOf = (value: number) => cuts.filter((cut) => value >= cut).length
        expect(new Set(values.map(groupOf)).size).toBe(cuts.length + 1)
        expect(cuts).toEqual(cuts.toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('groups', () => {
  const RUNS: MadeRun[] = [
    { value: 10, params: { lr: 0.1, opt: 'adam', T_max: 22, same: 1 }, baseline: true },
    { value: 12, params: { lr: 0.2, opt: 'sgd', T_max: 24, same: 1 } },
    { value: 14, params: { lr: 0.3, T_max: 22, same: 1 }, unknown: ['opt'] },
    { value: 16, params: { lr: 0.4, opt: 'sgd', T_max: 24, same: 1 } },
    { value: 90, params: { opt: 'sgd', T_max: 24, same: 1 }, unknown: ['lr'] },
    { state: 'FAIL', params: { lr: 0.5, opt: 'sgd', T_max: 24, same: 1 } },
  ]

  test('are a value each where there are few, and ranges where they are cut', async () => {
    const groups = await groupsOf(RUNS, { lr: [0.25, 0.35] })
    expect(groups.map(({ name, kind, unknown }) => [name, kind, unknown])).toEqual([
      ['lr', 'given', 1],
      ['opt', 'values', 1],
      ['T_max', 'values', 0],
    ])
    expect(groups[0]!.groups.map(({ label, runs, mean, baseline }) => [label, runs, mean, baseline])).toEqual(
      [
        ['below 0.25', 2, 11, true],
        ['0.25 to 0.35', 1, 14, false],
        ['0.35 and up', 1, 16, false],
      ],
    )
    expect(groups[1]!.groups.map(({ label, runs, mean }) => [label, runs, mean])).toEqual([
      ['adam', 1, 10],
      ['sgd', 3, 118 / 3],
    ])
    // Two values, mean 12, sd sqrt(8): 12.706 * sqrt(8) / sqrt(2) = 25.412 either side.
    const [low, high] = groups[2]!.groups[0]!.interval!
    expect([low, high]).toEqual([expect.closeTo(12 - 25.4124, 3), expect.closeTo(12 + 25.4124, 3)])
    expect(groups[1]!.groups[0]!.interval).toBeNull()
  })

  test('a value on the cut belongs to the group above', async () => {
    const [lr] = await groupsOf(RUNS, { lr: [0.2] })
    expect(lr!.groups.map(({ runs }) => runs)).toEqual([1, 3])
  })

  test('are in thirds where nobody cuts, and count every seed', async () => {
    const runs = Array.from({ length: 9 }, (_, i): MadeRun => ({ value: i, params: { x: i / 10 + 0.05 } }))
    const [x] = await groupsOf([...runs, { value: 4, params: { x: 0.05 }, seed: 2 }])
    expect(x).toMatchObject({ kind: 'automatic' })
    expect(x!.groups.map(({ runs: count }) => count)).toEqual([3, 4, 3])
  })

  test('that differ by more than chance are known from shuffling', async () => {
    const apart = Array.from({ length: 10 }, (_, i): MadeRun => ({ value: i, params: { x: i < 5 ? 0 : 1 } }))
    // Of the 252 ways to part ten values in fives two are as far apart: 0.8 %.
    const [parted] = await groupsOf(apart)
    expect(parted!.chance).toBeGreaterThan(0.002)
    expect(parted!.chance).toBeLessThan(0.016)
    const mixed = apart.map((run, i) => ({ ...run, params: { x: i % 2 } }))
    expect((await groupsOf(mixed))[0]!.chance).toBeGreaterThan(0.4)
    expect((await groupsOf(apart.slice(3, 7)))[0]!.chance).toBeNull()
  })
})
