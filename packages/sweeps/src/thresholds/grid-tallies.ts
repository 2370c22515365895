import type { GridTallies } from '@thresher/native'

/** The columns of tallies, in the order in which they are kept. */
export const TALLY_COLUMNS = ['recallHits', 'recallTotal', 'precisionHits', 'precisionTotal'] as const

/** Tallies of some settings, followed by those of others. */
export function joinTallies(a: GridTallies, b: GridTallies): GridTallies {
  const join = (name: (typeof TALLY_COLUMNS)[number]) => {
    const both = new Float64Array(a[name].length + b[name].length)
    both.set(a[name])
    both.set(b[name], a[name].length)
    return both
  }
  return {
    levels: a.levels,
    recallHits: join('recallHits'),
    recallTotal: join('recallTotal'),
    precisionHits: join('precisionHits'),
    precisionTotal: join('precisionTotal'),
  }
}
