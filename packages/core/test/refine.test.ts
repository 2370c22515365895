import { describe, expect, it } from 'vitest'
import { createGrid } from '../src/grid.ts'
import { DEFAULT_SETTING } from '../src/parameter.ts'
import { refineGrid } from '../src/refine.ts'

const grid = createGrid(
  [
    { name: 'thresh', values: [0.26, 0.28, 0.3, 0.32, 0.34] },
    { name: 'max_candidates', values: [100, 103, 104] },
  ],
  DEFAULT_SETTING,
)
const at = (low: number, high: number) => ({
  settings: [0],
  ranges: [{ name: 'thresh' as const, low, high }],
})

describe('refineGrid', () => {
  it('halves the steps from one value below the plateau to one above, in exact decimals', () => {
    const finer = refineGrid(grid, at(0.3, 0.3))
    expect(finer.values.thresh).toEqual([0.26, 0.28, 0.29, 0.3, 0.31, 0.32, 0.34])
    expect(finer.values.max_candidates).toEqual([100, 103, 104])
    expect(finer.values.box_thresh).toEqual([0.6])
    expect(refineGrid(finer, at(0.29, 0.29)).values.thresh).toEqual([
      ...[0.26, 0.28, 0.285, 0.29, 0.295, 0.3, 0.31, 0.32, 0.34],
    ])
  })

  it('ends at the ends of the grid', () => {
    expect(refineGrid(grid, at(0.26, 0.28)).values.thresh).toEqual([
      ...[0.26, 0.27, 0.28, 0.29, 0.3, 0.32, 0.34],
    ])
  })

  it('keeps whole numbers whole', () => {
    const ranges = [{ name: 'max_candidates' as const, low: 100, high: 104 }]
    expect(refineGrid(grid, { settings: [0], ranges }).values.max_candidates).toEqual([100, 101, 103, 104])
  })
})
