import type { Channel } from './estimator.js'
import type { ExactValues } from './exact-values.js'

/**
 * For every setting the first setting whose values equal its own in every channel and on every image (itself, where
 * it is the first). Neighbours in a grid are often the same setting in effect; what is costly is done for one.
 */
export function firstAlike(channels: readonly Channel[], settings: number, images: number): Int32Array {
  const first = new Int32Array(settings)
  const withHash = new Map<number, number[]>()
  const words = channels.map(({ values }) => wordsOf(values))
  for (let setting = 0; setting < settings; setting++) {
    const hash = rowHash(words, setting, settings)
    const candidates = withHash.get(hash) ?? []
    const alike = candidates.find((other) =>
      channels.every(({ values }) => rowsEqual(values, setting, values, other, images)),
    )
    first[setting] = alike ?? setting
    if (alike === undefined) withHash.set(hash, [...candidates, setting])
  }
  return first
}

/** Whether row `i` of `a` equals row `j` of `b`, rows being `width` long. */
export function rowsEqual(a: ExactValues, i: number, b: ExactValues, j: number, width: number): boolean {
  const rowA = i * width
  const rowB = j * width
  if (a === b && rowA === rowB) return true
  for (let k = 0; k < width; k++) if (a[rowA + k] !== b[rowB + k]) return false
  return true
}

/** Whole numbers that tell the values: themselves, or the bits of those that may have fractions. */
function wordsOf(values: ExactValues): ExactValues {
  const words = values.byteLength / Uint32Array.BYTES_PER_ELEMENT
  const fractional = values instanceof Float64Array || values instanceof Float32Array
  return fractional ? new Uint32Array(values.buffer, values.byteOffset, words) : values
}

/** FNV-1a over the numbers of a setting's row. */
function rowHash(words: readonly ExactValues[], setting: number, settings: number): number {
  let hash = 0x811c_9dc5
  for (const channel of words) {
    const width = channel.length / settings
    const end = (setting + 1) * width
    for (let k = setting * width; k < end; k++) hash = Math.imul(hash ^ channel[k]!, 0x0100_0193)
  }
  return hash
}
