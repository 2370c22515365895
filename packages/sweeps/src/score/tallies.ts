import type { Tally } from '@thresher/native'

export const NO_TALLY: Tally = { recallHits: 0, recallTotal: 0, precisionHits: 0, precisionTotal: 0 }

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    recallHits: a.recallHits + b.recallHits,
    recallTotal: a.recallTotal + b.recallTotal,
    precisionHits: a.precisionHits + b.precisionHits,
    precisionTotal: a.precisionTotal + b.precisionTotal,
  }
}
