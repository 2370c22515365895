import type { ProbabilityMap } from '@thresher/native'
import type { PostprocessCase } from '../cases/case.js'

/**
 * A smaller case that still fails: rows and columns are cut off from every side, then pixels are cleared in ever
 * smaller squares, for as long as that leaves the failure. Stops after `attempts` tries.
 */
export async function shrinkCase(
  failing: PostprocessCase,
  fails: (candidate: PostprocessCase) => Promise<boolean>,
  attempts = 3000,
): Promise<PostprocessCase> {
  let best = failing
  let left = attempts
  const improves = async (map: ProbabilityMap) => {
    if (left-- <= 0) return false
    const candidate = { ...best, map }
    if (!(await fails(candidate))) return false
    best = candidate
    return true
  }
  for (let step = Math.max(best.map.width, best.map.height) >> 1; step >= 1; step >>= 1) {
    for (const side of ['left', 'top', 'right', 'bottom'] as const) {
      let cut = trimmed(best.map, side, step)
      while (cut !== undefined && (await improves(cut))) cut = trimmed(best.map, side, step)
    }
    for (let y = 0; y < best.map.height; y += step) {
      for (let x = 0; x < best.map.width; x += step) {
        const map = cleared(best.map, x, y, step)
        if (map !== undefined) await improves(map)
      }
    }
  }
  return best
}

function trimmed(
  map: ProbabilityMap,
  side: 'left' | 'top' | 'right' | 'bottom',
  by: number,
): ProbabilityMap | undefined {
  const width = map.width - (side === 'left' || side === 'right' ? by : 0)
  const height = map.height - (side === 'top' || side === 'bottom' ? by : 0)
  if (width < 1 || height < 1) return undefined
  const [x0, y0] = [side === 'left' ? by : 0, side === 'top' ? by : 0]
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const start = (y0 + y) * map.width + x0
    data.set(map.data.subarray(start, start + width), y * width)
  }
  return { data, width, height }
}

function cleared(map: ProbabilityMap, x0: number, y0: number, side: number): ProbabilityMap | undefined {
  const data = map.data.slice()
  for (let y = y0; y < Math.min(y0 + side, map.height); y++) {
    data.fill(0, y * map.width + x0, y * map.width + Math.min(x0 + side, map.width))
  }
  return data.every((value, i) => value === map.data[i]) ? undefined : { ...map, data }
}
