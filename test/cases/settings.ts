import type { ProbabilityMap } from '@thresher/native'
import type { PostprocessSettings } from './case.js'
import { between, pick, type Random, uniform } from './random.js'

type Mode = Pick<PostprocessSettings, 'variant' | 'boxType' | 'scoreMode'>

/** Every mode in which the references differ: MMOCR always scores the polygon, and polygons always score fast. */
export const MODES: readonly Mode[] = [
  { variant: 'paddleocr', boxType: 'quad', scoreMode: 'fast' },
  { variant: 'paddleocr', boxType: 'quad', scoreMode: 'slow' },
  { variant: 'paddleocr', boxType: 'poly', scoreMode: 'fast' },
  { variant: 'mhliao', boxType: 'quad', scoreMode: 'fast' },
  { variant: 'mhliao', boxType: 'quad', scoreMode: 'slow' },
  { variant: 'mhliao', boxType: 'poly', scoreMode: 'fast' },
  { variant: 'receipt', boxType: 'quad', scoreMode: 'fast' },
  { variant: 'receipt', boxType: 'quad', scoreMode: 'slow' },
  { variant: 'receipt', boxType: 'poly', scoreMode: 'fast' },
  { variant: 'receipt', boxType: 'poly', scoreMode: 'slow' },
  { variant: 'mmocr', boxType: 'quad', scoreMode: 'fast' },
  { variant: 'mmocr', boxType: 'quad', scoreMode: 'slow' },
  { variant: 'mmocr', boxType: 'poly', scoreMode: 'fast' },
]

/** Settings as people choose them. */
export function usualSettings(random: Random, mode: Mode, thresh: number): PostprocessSettings {
  return {
    ...mode,
    dilate: random.next() < 0.2,
    thresh,
    boxThresh: pick(random, [0.25, 0.4, 0.5, 0.6, 0.7]),
    unclipRatio: pick(random, [1.5, 1.6, 1.8, 2, 2.2]),
    maxCandidates: pick(random, [100, 600, 1000]),
    minSize: 3,
  }
}

/** Settings at the ends of their ranges and beyond what anyone would choose. */
export function unusualSettings(random: Random, mode: Mode, thresh: number): PostprocessSettings {
  return {
    ...mode,
    dilate: random.next() < 0.3,
    thresh: random.next() < 0.1 ? pick(random, [0, 1]) : thresh,
    boxThresh: pick(random, [0, 0, 0.1, 0.5, 1, Math.fround(thresh), uniform(random, 0, 1)]),
    unclipRatio: pick(random, [0.1, 0.3, 0.5, 1, 1.5, 3, 5, uniform(random, 0.05, 6)]),
    maxCandidates: pick(random, [1, 3, between(random, 1, 40), 1000, 2 ** 31 - 1]),
    minSize: pick(random, [0, 0, 1, 2, 3, 10, uniform(random, 0, 6)]),
  }
}

/** Mostly no size, else one whose ratios to the map divide badly. */
export function withSize(
  random: Random,
  settings: PostprocessSettings,
  map: ProbabilityMap,
): PostprocessSettings {
  if (random.next() < 0.4) return settings
  const size = pick(random, [
    { width: map.width * 2, height: map.height * 2 },
    { width: map.width, height: Math.max(1, map.height - 1) },
    { width: between(random, 1, 4000), height: between(random, 1, 4000) },
    { width: map.width * 3 + 1, height: Math.max(1, Math.floor(map.height / 2)) },
    { width: 1, height: 1 },
  ])
  return { ...settings, size }
}
