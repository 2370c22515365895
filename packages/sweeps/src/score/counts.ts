import type { Counts } from './types.js'

const END_TO_END = 'e2e_'
/** Of an image's counts, those that are settings of the scoring and mean nothing when summed. */
const NOT_SUMMED = 'scoreThreshold'

/** The counts of detection. */
export function detectionCounts(counts: Counts): Counts {
  return Object.fromEntries(
    Object.entries(counts).filter(([name]) => !name.startsWith(END_TO_END) && name !== NOT_SUMMED),
  )
}

/** The counts of what was read, under the names that detection has for them. */
export function endToEndCounts(counts: Counts): Counts {
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([name]) => name.startsWith(END_TO_END))
      .map(([name, count]) => [name.slice(END_TO_END.length), count]),
  )
}

export function sumCounts(all: readonly Counts[]): Counts {
  const sums: Record<string, number> = {}
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
  }
  return sums
}
