import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../src/errors.ts'
import { createGrid } from '../src/grid.ts'
import { DEFAULT_SETTING, PARAMETERS, type Setting } from '../src/parameter.ts'
import { parseParam } from '../src/values.ts'

const grid = (...params: string[]) => createGrid(params.map(parseParam), DEFAULT_SETTING)

describe('createGrid', () => {
  it('counts the product, and one setting without parameters', () => {
    expect(grid('thresh=0.15:0.35:0.01', 'box_thresh=0.2:0.5:0.02', 'unclip_ratio=1.6:2.2:0.1').size).toBe(
      2352,
    )
    expect(grid().size).toBe(1)
    expect(grid().setting(0)).toEqual(DEFAULT_SETTING)
  })

  it('runs thresh slowest and min_size fastest, whatever the order given', () => {
    const { setting, size, axes } = grid('min_size=3,5', 'thresh=0.2,0.3')
    expect(Array.from({ length: size }, (_, i) => [setting(i).thresh, setting(i).min_size])).toEqual([
      [0.2, 3],
      [0.2, 5],
      [0.3, 3],
      [0.3, 5],
    ])
    expect(axes).toEqual([
      { name: 'min_size', values: [3, 5] },
      { name: 'thresh', values: [0.2, 0.3] },
    ])
  })

  it('sorts values', () => {
    expect(grid('thresh=0.3,0.1,0.2').values.thresh).toEqual([0.1, 0.2, 0.3])
    expect(grid('max_candidates=1000,200').values.max_candidates).toEqual([200, 1000])
  })

  it('keeps fixed values', () => {
    const fixed: Setting = { ...DEFAULT_SETTING, unclip_ratio: 2 }
    const { values, setting } = createGrid([parseParam('thresh=0.2,0.3')], fixed)
    expect(values).toEqual({
      thresh: [0.2, 0.3],
      box_thresh: [0.6],
      unclip_ratio: [2],
      max_candidates: [1000],
      min_size: [3],
    })
    expect(setting(1)).toEqual({ ...fixed, thresh: 0.3 })
  })

  it('finds every setting where it is, and no other', () => {
    const values = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.tuple(values, values, values, values, values), (lists) => {
        const params = PARAMETERS.map((name, p) => ({
          name,
          values: lists[p]!.map((value) => (p < 2 ? value / 100 : value)),
        }))
        const { size, setting, indexOf } = createGrid(params, DEFAULT_SETTING)
        expect(size).toBe(lists.reduce((product, list) => product * list.length, 1))
        for (let i = 0; i < size; i++) expect(indexOf(setting(i))).toBe(i)
        expect(indexOf({ ...setting(0), unclip_ratio: 1.25 })).toBe(-1)
      }),
      { numRuns: 50 },
    )
  })

  it('finds a value typed in another notation', () => {
    const { indexOf } = grid('thresh=0.2:0.4:0.01')
    expect(indexOf({ ...DEFAULT_SETTING, thresh: 29e-2 })).toBe(9)
    expect(indexOf({ ...DEFAULT_SETTING, thresh: 0.295 })).toBe(-1)
  })

  it('rejects a parameter or a value that comes twice, no values, and values outside the domain', () => {
    expect(() => grid('thresh=0.2', 'thresh=0.3')).toThrow(
      new InputError('thresh comes twice; give all its values at once.'),
    )
    const values = (...list: number[]) => createGrid([{ name: 'thresh', values: list }], DEFAULT_SETTING)
    expect(() => values(0.2, 0.1, 0.2)).toThrow(
      new InputError('thresh: 0.2 comes twice; give every value once.'),
    )
    expect(() => values()).toThrow(new InputError('thresh has no values; give at least one.'))
    expect(() => values(0.2, Number.NaN)).toThrow(InputError)
    expect(() => createGrid([], { ...DEFAULT_SETTING, min_size: -1 })).toThrow('min_size is -1')
  })

  it('rejects grids that nobody waits for, before building them', () => {
    expect(() => grid('thresh=0:1:0.001', 'box_thresh=0:1:0.0001')).toThrow(
      new InputError('1001 x 10001 x 1 x 1 x 1 = 10011001 settings, more than 5000000; take fewer values.'),
    )
  })

  it('has no setting outside', () => {
    for (const index of [-1, 2, 0.5, Number.NaN])
      expect(() => grid('thresh=0.2,0.3').setting(index)).toThrow(RangeError)
  })
})
