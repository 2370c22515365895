import { basename, extname } from 'node:path'
import { InputError } from '@thresher/core'
import { quote } from '../files/quote.js'
import type { IndexEntry } from './index-file.js'
import { type MapArray, subjectOf } from './map-array.js'
import type { MapEntry } from './types.js'

export interface PlannedArray {
  array: MapArray
  /** One for every plane, in order. */
  entries: MapEntry[]
}

/**
 * Names every plane of every array: the file's stem; `stem/key` where an npz holds several arrays; `#i` after
 * either where an array holds several maps. An index as long as such an array names its maps in order, unless
 * it already knows them by those names.
 *
 * @throws InputError where two maps get the same name.
 */
export function nameMaps(arrays: readonly MapArray[], index?: readonly IndexEntry[]): PlannedArray[] {
  const perFile = new Map<string, number>()
  for (const { file } of arrays) perFile.set(file, (perFile.get(file) ?? 0) + 1)
  const known = new Set(index?.map((entry) => entry.image))
  const only = arrays.length === 1
  const planned = arrays.map((array) => {
    const stem = basename(array.file, extname(array.file))
    const key = perFile.get(array.file)! > 1 ? array.key : ''
    const name = key === '' ? stem : `${stem}/${key}`
    const names = Array.from({ length: array.count }, (_, i) => (array.count > 1 ? `${name}#${i}` : name))
    const listed =
      index?.length === array.count && (only || array.count > 1) && !names.every((n) => known.has(n))
    const entries = names.map(
      (own, i): MapEntry => ({
        image: listed ? index[i]!.image : own,
        file: array.file,
        place: array.key + (array.count > 1 ? `#${i}` : ''),
        width: array.width,
        height: array.height,
      }),
    )
    return { array, entries }
  })
  checkUnique(planned.flatMap((plan) => plan.entries))
  return planned
}

/** How messages call a map: `maps/a.npy: the array`, `maps/a.npz: prob#3`. */
export function subjectOfMap(entry: MapEntry): string {
  return subjectOf(entry.file, entry.place)
}

function checkUnique(entries: readonly MapEntry[]): void {
  const seen = new Map<string, MapEntry>()
  for (const entry of entries) {
    const first = seen.get(entry.image)
    if (first !== undefined) {
      const where = [first, entry].map((e) => (e.place === '' ? e.file : `${e.file} (${e.place})`))
      const text =
        where[0] === where[1] ? `${where[0]} is given twice` : `${where[0]} and ${where[1]} are both maps`
      throw new InputError(
        `${text} of image ${quote(entry.image)}; an image has one map. Remove or rename one.`,
      )
    }
    seen.set(entry.image, entry)
  }
}
