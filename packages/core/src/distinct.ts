import type { Channel } from './estimator.js'

/**
 * For every setting the first setting whose values equal its own in every channel and on every image (itself, where
 * it is the first). Neighbours in a grid are often the same setting in effect; what is costly is done for one.
 */
export function firstAlike(channels: readonly Channel[], settings: number, images: number): Int32Array {
  const first = new Int32Array(settings)
  const withHash = new Map<number, number[]>()
  const words = channels.map(
    ({ values }) => new Uint32Array(values.buffer, values.byteOffset, values.length * 2),
  )
  for (let setting = 0; setting < settings; setting++) {
    const hash = rowHash(words, setting, images)
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
export function rowsEqual(a: Float64Array, i: number, b: Float64Array, j: number, width: number): boolean {
  const rowA = i * width
  const rowB = j * width
  if (a === b && rowA === rowB) return true
  for (let k = 0; k < width; k++) if (a[rowA + k] !== b[rowB + k]) return false
  return true
}

/** FNV-1a over 32-bit words. */
function rowHash(words: readonly Uint32Array[], setting: number, images: number): number {
  let hash = 0x811c_9dc5
  const row = setting * images * 2
  for (const channel of words) {
    for (let k = 0; k < images * 2; k++) hash = Math.imul(hash ^ channel[row + k]!, 0x0100_0193)
  }
  return hash
}
