import type { ProbabilityMap } from '@thresher/native'
import type { Bitmap } from './bitmaps.js'
import { between, pick, type Random, uniform } from './random.js'

/**
 * A map whose foreground at `thresh` is the bitmap. A third of the pixels sit as near to the threshold as float32
 * allows: background exactly on it, foreground the next value above. Some maps have a background so faint that a
 * score depends on the order in which its pixels are summed, some have values far above 1.
 */
export function mapOfBitmap(random: Random, bitmap: Bitmap, thresh: number): ProbabilityMap {
  const edge = Math.fround(thresh)
  const above = nextFloat32(edge)
  const faint = pick(random, [1, 1, 1, 1e-9, 1e-30])
  const highest = pick(random, [1, 1, 1, 1, 300])
  const data = Float32Array.from(bitmap.pixels, (pixel) => {
    const close = random.next() < 1 / 3
    if (pixel === 1) return close ? above : Math.max(above, uniform(random, thresh, highest))
    return close ? edge : Math.min(edge, uniform(random, 0, thresh) * faint)
  })
  return { data, width: bitmap.width, height: bitmap.height }
}

/** The least float32 above a float32 that is zero or positive. */
function nextFloat32(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)
  bits[0]! += 1
  return new Float32Array(bits.buffer)[0]!
}

/**
 * A map like a text detector's: lines of rotated words that fade out over a few pixels, with speckle and an uneven
 * background.
 */
export function textMap(random: Random, width: number, height: number): ProbabilityMap {
  const data = new Float32Array(width * height)
  const background = uniform(random, 0.0005, 0.02)
  for (let i = 0; i < data.length; i++) data[i] = background * uniform(random, 0.5, 1.5)
  const angle = uniform(random, -0.5, 0.5)
  const words = between(random, 2, Math.max(3, Math.floor((width * height) / 600)))
  for (let word = 0; word < words; word++) {
    drawWord({ data, width, height }, random, angle + random.normal() * 0.05)
  }
  for (let speck = 0; speck < (width * height) / 500; speck++) {
    data[random.int(data.length)] = uniform(random, 0.05, 0.95)
  }
  return { data, width, height }
}

function drawWord(map: ProbabilityMap, random: Random, angle: number): void {
  const centreX = uniform(random, 0, map.width)
  const centreY = uniform(random, 0, map.height)
  const halfLength = uniform(random, 2, Math.max(4, map.width / 5))
  const halfHeight = uniform(random, 0.8, Math.max(2, map.height / 14))
  const bend = random.next() < 0.3 ? uniform(random, -0.6, 0.6) / halfLength : 0
  const softness = uniform(random, 0.4, 2.5)
  const peak = uniform(random, 0.35, 1)
  const gaps = random.next() < 0.4 ? uniform(random, 3, 9) : 0
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  for (let y = 0; y < map.height; y++) {
    for (let x = 0; x < map.width; x++) {
      const along = (x - centreX) * cos + (y - centreY) * sin
      const across = (y - centreY) * cos - (x - centreX) * sin - bend * along * along
      const depth = Math.min(halfLength - Math.abs(along), halfHeight - Math.abs(across))
      if (depth < -8 * softness) continue
      const dip = gaps > 0 && Math.abs(along % gaps) < 0.7 ? 0.5 : 1
      const value = (peak * dip) / (1 + Math.exp(-depth / softness))
      const i = y * map.width + x
      if (value > map.data[i]!) map.data[i] = value
    }
  }
}
