import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crowdingDistances } from '../../src/multi-objective/crowding-distance.js'
import { constrainedDominates, dominates } from '../../src/multi-objective/domination.js'
import { exclusiveVolume, hypervolume } from '../../src/multi-objective/hypervolume.js'
import { lossesOf } from '../../src/multi-objective/losses.js'
import { nonDominationRanks } from '../../src/multi-objective/rank.js'
import { selectByHypervolume } from '../../src/multi-objective/subset-selection.js'

const golden = JSON.parse(readFileSync(new URL('../golden/multi-objective.json', import.meta.url), 'utf8'))

/** Few distinct losses, so that there are ties and repeats. */
const losses = (objectives: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: objectives, maxLength: objectives }), {
    minLength: 1,
    maxLength: 14,
  })

describe('beside Optuna', () => {
  it('ranks, with violations and without', () => {
    expect([...nonDominationRanks(golden.pts2)]).toEqual(golden.rank2)
    expect([...nonDominationRanks(golden.pts3)]).toEqual(golden.rank3)
    expect([...nonDominationRanks(golden.pts2, { violations: golden.penalty })]).toEqual(golden.rank2_penalty)
  })

  it('crowding distances', () => {
    const distances = crowdingDistances(golden.pts2)
    for (const [i, text] of Object.entries<string>(golden.crowding2)) {
      const expected = text === 'inf' ? Number.POSITIVE_INFINITY : Number(text)
      if (expected === Number.POSITIVE_INFINITY) expect(distances[Number(i)]).toBe(expected)
      else expect(distances[Number(i)]).toBeCloseTo(expected, 12)
    }
  })

  it('hypervolumes and the greedy subset', () => {
    expect(hypervolume(golden.pts2, golden.ref2)).toBeCloseTo(golden.hv2, 12)
    expect(hypervolume(golden.pts3, [1.1, 1.1, 1.1])).toBeCloseTo(golden['hv3_ref1.1'], 12)
    expect(selectByHypervolume(golden.pts2, 5, golden.ref2)).toEqual(golden.hssp2_k5)
  })
})

describe('nonDominationRanks', () => {
  it.each([1, 2, 3, 4])('takes front after front, %d objectives', (objectives) => {
    fc.assert(
      fc.property(losses(objectives), (points) => {
        const ranks = nonDominationRanks(points)
        points.forEach((point, i) => {
          const dominators = points.flatMap((other, j) => (dominates(other, point) ? [ranks[j]!] : []))
          expect(ranks[i]).toBe(dominators.length === 0 ? 0 : Math.max(...dominators) + 1)
        })
      }),
    )
  })

  it('stops early without changing who is among the first', () => {
    fc.assert(
      fc.property(losses(3), fc.integer({ min: 0, max: 14 }), (points, enough) => {
        const all = nonDominationRanks(points)
        const some = nonDominationRanks(points, { enough })
        const reached = Math.max(...some)
        all.forEach((rank, i) => {
          expect(some[i]).toBe(Math.min(rank, reached))
        })
        const before = some.filter((rank) => rank < reached).length
        if (reached < Math.max(...all)) expect(before).toBeGreaterThanOrEqual(enough)
      }),
    )
  })
})

describe('hypervolume', () => {
  it.each([1, 2, 3, 4])('counts the unit cells that are dominated, %d objectives', (objectives) => {
    fc.assert(
      fc.property(losses(objectives), (points) => {
        const reference = Array.from({ length: objectives }, () => 4)
        let cells = 0
        for (let code = 0; code < 4 ** objectives; code++) {
          const cell = reference.map((_, m) => Math.floor(code / 4 ** m) % 4)
          if (points.some((point) => point.every((loss, m) => loss <= cell[m]!))) cells++
        }
        expect(hypervolume(points, reference)).toBe(cells)
      }),
    )
  })

  it('is infinite with an infinite loss, and 0 beyond the reference', () => {
    expect(hypervolume([[Number.NEGATIVE_INFINITY, 0]], [1, 1])).toBe(Number.POSITIVE_INFINITY)
    expect(hypervolume([[2, 0]], [1, 1])).toBe(0)
    expect(hypervolume([], [1, 1])).toBe(0)
  })
})

describe('selectByHypervolume', () => {
  it.each([2, 3, 4])('adds the most at each step, %d objectives', (objectives) => {
    fc.assert(
      fc.property(losses(objectives), fc.integer({ min: 1, max: 6 }), (drawn, size) => {
        const ranks = nonDominationRanks(drawn)
        const points = drawn.filter((_, i) => ranks[i] === 0)
        const reference = Array.from({ length: objectives }, () => 6)
        const distinct = new Set(points.map(String)).size
        const chosen = selectByHypervolume(points, size, reference)
        expect(chosen).toHaveLength(Math.min(size, points.length))
        expect(new Set(chosen).size).toBe(chosen.length)
        if (size >= distinct) return
        chosen.forEach((place, k) => {
          const before = chosen.slice(0, k).map((i) => points[i]!)
          const gains = points.map((point) => exclusiveVolume(point, before, reference))
          expect(gains[place]).toBe(Math.max(...gains))
        })
      }),
    )
  })
})

describe('constraints', () => {
  it('puts the feasible first, then less violation', () => {
    const at = (violation: number, ...point: number[]) => ({ violation, losses: point })
    expect(constrainedDominates(at(0, 9), at(1, 0))).toBe(true)
    expect(constrainedDominates(at(2, 0), at(1, 9))).toBe(false)
    expect(constrainedDominates(at(0, 1), at(0, 1))).toBe(false)
    expect(constrainedDominates(at(0, 1), at(0, 2))).toBe(true)
  })

  it('negates what is maximised', () => {
    expect(lossesOf({ values: [3, 4] }, ['minimize', 'maximize'])).toEqual([3, -4])
  })
})
