import { isDeepStrictEqual } from 'node:util'
import { packGroundTruth, packPolygons, scoreImage, sweepImage } from '@thresher/native'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PostprocessCase } from '../cases/case.js'
import { textMap } from '../cases/maps.js'
import { between, createRandom, pick, type Random } from '../cases/random.js'
import { MODES } from '../cases/settings.js'
import { loadReferencePostprocess, type ReferencePostprocess } from '../oracle/postprocess.js'

const GRID = {
  thresh: [0.3, 0.2, 0.45],
  boxThresh: [0, 0.4, 0.6],
  unclipRatio: [1.5, 2.3],
  maxCandidates: [1000, 3],
  minSize: [0, 3, 6],
}
const SETTINGS = GRID.thresh.flatMap((thresh) =>
  GRID.boxThresh.flatMap((boxThresh) =>
    GRID.unclipRatio.flatMap((unclipRatio) =>
      GRID.maxCandidates.flatMap((maxCandidates) =>
        GRID.minSize.map((minSize) => ({ thresh, boxThresh, unclipRatio, maxCandidates, minSize })),
      ),
    ),
  ),
)

/** A grid evaluated at once must give, at each setting, the counts of the reference's boxes at that setting. */
describe('sweepImage against one reference postprocess a setting', () => {
  let reference: ReferencePostprocess
  beforeAll(async () => {
    reference = await loadReferencePostprocess()
  })

  it('gives the same counts at every setting', async () => {
    let [compared, matched, left] = [0, 0, 0]
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed)
      const map = textMap(random, between(random, 40, 110), between(random, 40, 90))
      const mode = { ...pick(random, MODES), dilate: random.next() < 0.2 }
      const size = { width: between(random, 40, 300), height: between(random, 40, 300) }
      const at = (setting: (typeof SETTINGS)[number]): PostprocessCase => ({
        name: `seed ${seed}`,
        map,
        options: { ...mode, ...setting, size },
      })
      const truth = disturbed(random, reference(at(SETTINGS[0]!)).boxes)
      const protocol = pick(random, ['icdar2015', 'iou'] as const)
      const tallies = await sweepImage(map, truth, GRID, { ...mode, protocol, size })
      for (const [i, setting] of SETTINGS.entries()) {
        const { boxes, portable } = reference(at(setting))
        if (!portable) {
          left++
          continue
        }
        const { levels } = await scoreImage({ protocol }, truth, packPolygons(boxes))
        const expected = levels[0]!
        const actual = {
          recallHits: tallies.recallHits[i],
          recallTotal: tallies.recallTotal[i],
          precisionHits: tallies.precisionHits[i],
          precisionTotal: tallies.precisionTotal[i],
        }
        if (!isDeepStrictEqual(actual, expected)) {
          expect(actual, JSON.stringify({ seed, ...mode, ...setting, protocol, size })).toEqual(expected)
        }
        compared++
        matched += expected.recallHits
      }
    }
    process.stdout.write(
      `${compared} settings compared, ${matched} matches; ${left} left out (Clipper's unstable sort)\n`,
    )
    expect(matched).toBeGreaterThan(compared / 4)
  })
})

/** Ground truth that many of the boxes match: some moved, some ignored, some left out. */
function disturbed(random: Random, boxes: readonly (readonly number[])[]) {
  return packGroundTruth(
    boxes
      .filter(() => random.next() < 0.8)
      .map((box) => {
        const shift = random.int(6)
        return { points: box.map((value) => value + shift), ignore: random.next() < 0.15 }
      }),
  )
}
