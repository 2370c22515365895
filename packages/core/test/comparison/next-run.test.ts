import { describe, expect, it } from 'vitest'
import { nextRun } from '../../src/comparison/next-run.ts'

const values = (...list: number[]) => new Map(list.entries())
const ask = (
  baseline: Map<number, number>,
  candidates: Record<string, Map<number, number>>,
  options: Partial<Parameters<typeof nextRun>[2]> = {},
) =>
  nextRun(baseline, new Map(Object.entries(candidates)), {
    direction: 'maximize',
    seeds: [0, 1, 2, 3],
    ...options,
  })

describe('the next run', () => {
  it('is the baseline first, then each setting, seed by seed', () => {
    expect(ask(values(), { a: values(), b: values() }).next).toEqual({ id: undefined, seed: 0 })
    expect(ask(values(1), { a: values(1), b: values() }).next).toEqual({ id: 'b', seed: 0 })
    expect(ask(values(1), { a: values(1), b: values(1) }).next).toEqual({ id: undefined, seed: 1 })
  })

  it('drops nobody after one seed unless asked to', () => {
    const candidates = { a: values(9), b: values(1), c: values(5) }
    expect(ask(values(5), candidates).surviving).toEqual(['a', 'b', 'c'])
    const halved = ask(values(5), candidates, { shrink: 2 })
    expect(halved.surviving).toEqual(['a', 'c'])
    expect(halved.eliminated.get('b')).toBe('not among the best 2 after 1 seed')
  })

  it('drops who is clearly behind the leader', () => {
    const candidates = {
      a: values(9, 10.1, 11),
      near: values(8.9, 10.3, 10.8),
      far: values(1, 2.2, 3),
    }
    const { surviving, eliminated, next } = ask(values(8.8, 10, 11.2), candidates)
    expect(surviving).toEqual(['a', 'near'])
    expect(eliminated.get('far')).toMatch(
      /^behind near by [78](\.\d)? on \d seeds$|^behind a by [78](\.\d+)? on \d seeds$/,
    )
    expect(next).toEqual({ id: undefined, seed: 3 })
  })

  it('drops all where the baseline is best, and ends', () => {
    const { surviving, next } = ask(values(10, 10.1, 9.9, 10), { a: values(1, 1.1, 0.9, 1.05) })
    expect(surviving).toEqual([])
    expect(next).toBeUndefined()
  })

  it('ends where every survivor has every seed', () => {
    expect(ask(values(1, 2, 3, 4), { a: values(2, 1, 4, 3) }).next).toBeUndefined()
  })

  it('minimises the other way round', () => {
    const candidates = { a: values(1, 2, 3), b: values(9, 10.1, 11.2) }
    expect(ask(values(1.2, 1.9, 3.1), candidates, { direction: 'minimize' }).surviving).toEqual(['a'])
  })

  it('drops a setting with a failed seed', () => {
    const { eliminated } = ask(values(1, 2), { a: values(1, Number.NaN), b: values(1.1, 2) })
    expect(eliminated.get('a')).toBe('a value is not finite')
  })

  it('refuses seeds given twice', () => {
    expect(() => ask(values(1), {}, { seeds: [1, 1] })).toThrow(
      'nextRun: seeds are [1, 1]; give at least one, none twice.',
    )
  })
})
