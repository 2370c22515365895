import type { ResampleSummer, SparseColumns } from '@thresher/core'
import { resampleSums } from '@thresher/native'

/** Native sums over resamples, the columns dealt out to `threads` threads; each column's sums do not depend on it. */
export function parallelSums(threads: number): ResampleSummer {
  return async (resamples, columns, options) => {
    const parts = split(columns, threads)
    const sums = await Promise.all(parts.map((part) => resampleSums(resamples, part, options)))
    if (sums.length === 1) return sums[0]!
    const all = new Float64Array((columns.offsets.length - 1) * resamples.count)
    let end = 0
    for (const part of sums) {
      all.set(part, end)
      end += part.length
    }
    return all
  }
}

/** Runs of neighbouring columns, as many or fewer, of about as much work each. */
function split({ which, amounts, offsets }: SparseColumns, parts: number): SparseColumns[] {
  const columns = offsets.length - 1
  const share = which.length / parts
  const found: SparseColumns[] = []
  for (let first = 0; first < columns; ) {
    let end = first + 1
    while (end < columns && (offsets[end + 1]! <= share * (found.length + 1) || found.length === parts - 1))
      end++
    const from = offsets[first]!
    found.push({
      which: which.subarray(from, offsets[end]!),
      amounts: amounts.subarray(from, offsets[end]!),
      offsets: offsets.slice(first, end + 1).map((offset) => offset - from),
    })
    first = end
  }
  return found.length > 0 ? found : [{ which, amounts, offsets }]
}
