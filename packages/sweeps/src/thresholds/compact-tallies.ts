import { type ExactValues, exactValues } from '@thresher/core'
import type { GridTallies } from '@thresher/native'
import { TALLY_COLUMNS } from './grid-tallies.js'

/**
 * The tallies of one image, to the bit, in a tenth of the memory or less: most settings leave the same as another, so
 * that each different tally is kept once, its numbers in the smallest kind of array that holds them.
 */
export interface CompactTallies {
  readonly levels: number
  /** Of each (setting, level), at [setting * levels + level], the place of its tally in the columns. */
  readonly places: Uint8Array | Uint16Array | Uint32Array
  /** In the order of TALLY_COLUMNS, one value a different tally. */
  readonly columns: readonly ExactValues[]
}

/** The narrowest array for places among so many. */
export function placesKind(count: number): typeof Uint8Array | typeof Uint16Array | typeof Uint32Array {
  if (count <= 2 ** 8) return Uint8Array
  return count <= 2 ** 16 ? Uint16Array : Uint32Array
}

export function compactTallies(tallies: GridTallies): CompactTallies {
  const columns = TALLY_COLUMNS.map((name) => tallies[name])
  const count = columns[0]!.length
  const words = columns.map(
    ({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, 2 * length),
  )
  const places = new Uint32Array(count)
  const firsts: number[] = []
  // A hash table with open addressing, of places of tallies, from 1; at most half full.
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 1)))
  for (let at = 0; at < count; at++) {
    if (at > 0 && equalAt(words, at - 1, at)) {
      places[at] = places[at - 1]!
      continue
    }
    let slot = hashAt(words, at) & (slots.length - 1)
    while (slots[slot] !== 0 && !equalAt(words, firsts[slots[slot]! - 1]!, at)) {
      slot = (slot + 1) & (slots.length - 1)
    }
    if (slots[slot] === 0) slots[slot] = firsts.push(at)
    places[at] = slots[slot]! - 1
  }
  return {
    levels: tallies.levels,
    places: placesKind(firsts.length).from(places),
    columns: columns.map((column) => exactValues(Float64Array.from(firsts, (at) => column[at]!))),
  }
}

function equalAt(words: readonly Uint32Array[], a: number, b: number): boolean {
  for (const column of words) {
    if (column[2 * a] !== column[2 * b] || column[2 * a + 1] !== column[2 * b + 1]) return false
  }
  return true
}

/** FNV-1a, its upper half folded in: small whole numbers differ in their upper bits only. */
function hashAt(words: readonly Uint32Array[], at: number): number {
  let hash = 0x811c_9dc5
  for (const column of words) {
    hash = Math.imul(hash ^ column[2 * at]!, 0x0100_0193)
    hash = Math.imul(hash ^ (column[2 * at + 1]! >>> 15) ^ column[2 * at + 1]!, 0x0100_0193)
  }
  return hash ^ (hash >>> 16)
}
