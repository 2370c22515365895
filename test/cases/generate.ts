import { PATTERN_NAMES, PATTERNS } from './bitmaps.js'
import type { PostprocessCase, PostprocessSettings } from './case.js'
import { mapOfBitmap, textMap } from './maps.js'
import { between, createRandom, pick, type Random } from './random.js'
import { MODES, unusualSettings, usualSettings, withSize } from './settings.js'

const THRESHOLDS = [0.3, 0.2, 0.29, 0.25, 0.5, 0.7, 0.1, 1 / 3, 0.05]
const TINY_SIZES = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
  [1, 9],
  [9, 1],
  [2, 7],
  [3, 3],
  [5, 4],
] as const

/** Every pattern, once for each seed from `firstSeed`, each in `modes` random modes with usual or unusual settings. */
export function* patternCases(firstSeed: number, rounds: number, modes: number): Generator<PostprocessCase> {
  for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
    for (const pattern of PATTERN_NAMES) {
      const random = createRandom(seed)
      const [width, height] =
        random.next() < 0.25 ? pick(random, TINY_SIZES) : [between(random, 3, 48), between(random, 3, 40)]
      const thresh = pick(random, THRESHOLDS)
      const map = mapOfBitmap(random, PATTERNS[pattern](random, width, height), thresh)
      for (const options of settingsOf(random, modes, thresh)) {
        yield {
          name: `${pattern} ${width} x ${height}, seed ${seed}`,
          map,
          options: withSize(random, options, map),
        }
      }
    }
  }
}

/** Text-like maps of at most `side` pixels a side, each in `modes` random modes at usual and unusual settings. */
export function* textCases(
  firstSeed: number,
  rounds: number,
  modes: number,
  side: number,
): Generator<PostprocessCase> {
  for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
    const random = createRandom(seed)
    const map = textMap(random, between(random, side / 2, side), between(random, side / 2, side))
    for (const options of settingsOf(random, modes, pick(random, THRESHOLDS))) {
      yield {
        name: `text ${map.width} x ${map.height}, seed ${seed}`,
        map,
        options: withSize(random, options, map),
      }
    }
  }
}

/** Islands of up to 360 pixels a side, whose outlines are long enough for the approximation to simplify them. */
export function* outlineCases(firstSeed: number, rounds: number, modes: number): Generator<PostprocessCase> {
  for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
    const random = createRandom(seed)
    const [width, height] = [between(random, 60, 360), between(random, 60, 360)]
    const thresh = pick(random, THRESHOLDS)
    const map = mapOfBitmap(random, PATTERNS.coastline(random, width, height), thresh)
    for (const options of settingsOf(random, modes, thresh)) {
      yield {
        name: `outline ${width} x ${height}, seed ${seed}`,
        map,
        options: withSize(random, options, map),
      }
    }
  }
}

/** Every bitmap of `width` x `height`, each in one mode at settings that keep everything. */
export function* allBitmapCases(seed: number, width: number, height: number): Generator<PostprocessCase> {
  const random = createRandom(seed)
  for (let code = 0; code < 2 ** (width * height); code++) {
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => (code >> i) & 1)
    const map = mapOfBitmap(random, { pixels, width, height }, 0.3)
    const options = {
      ...unusualSettings(random, pick(random, MODES), 0.3),
      thresh: 0.3,
      boxThresh: 0,
      minSize: 0,
    }
    yield {
      name: `bitmap ${code} of ${width} x ${height}`,
      map,
      options: { ...options, maxCandidates: 1000 },
    }
  }
}

function settingsOf(random: Random, modes: number, thresh: number): PostprocessSettings[] {
  return Array.from({ length: modes }, () => {
    const choose = random.next() < 0.4 ? usualSettings : unusualSettings
    return choose(random, pick(random, MODES), thresh)
  })
}
