import { isDeepStrictEqual } from 'node:util'
import { type Fate, packGroundTruth, packPolygons, scoreImage } from '@thresher/native'
import { describe, expect, it } from 'vitest'
import { type ScoringCase, scoringCases } from '../cases/polygons.js'
import { askPython, pythonMissing } from '../oracle/python.js'

/** What became of an image's polygons, as scoring.py answers. */
interface Counts {
  matched: number
  gtCare: number
  detCare: number
  matchedGt: number[]
  gtRoles: string[]
  detRoles: string[]
}

const missing = pythonMissing(['shapely'])

describe.skipIf(missing)(`scoring against shapely${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('gives the counts and matches of icdar2015 for simple polygons', async () => {
    await expectAgreement([...scoringCases('icdar2015', 1, 3000)])
  })

  it('gives the counts and matches of iou for any polygons', async () => {
    await expectAgreement([...scoringCases('iou', 100_001, 5000)])
  })

  async function expectAgreement(cases: readonly ScoringCase[]): Promise<void> {
    const answers = await askPython<Counts | null>('scoring.py', cases)
    let [compared, matched] = [0, 0]
    for (const [i, input] of cases.entries()) {
      const expected = answers[i]
      if (!expected) continue
      const actual = await productCounts(input)
      if (!isDeepStrictEqual(actual, expected)) expect(actual, JSON.stringify(input)).toEqual(expected)
      compared++
      matched += expected.matched
    }
    const left = cases.length - compared
    process.stdout.write(
      `${compared} images compared, ${matched} matches; ${left} that shapely cannot judge\n`,
    )
    expect(left).toBeLessThan(cases.length / 10)
    expect(matched).toBeGreaterThan(compared / 10)
  }
})

async function productCounts({ protocol, gt, ignore, det }: ScoringCase): Promise<Counts> {
  const truth = packGroundTruth(gt.map((points, i) => ({ points, ignore: ignore[i]! })))
  const { levels, links, gtFates, detFates } = await scoreImage({ protocol }, truth, packPolygons(det))
  const { recallHits, recallTotal, precisionTotal } = levels[0]!
  const matchedGt = det.map(() => -1)
  for (const link of links) matchedGt[link.det] = link.gt
  return {
    matched: recallHits,
    gtCare: recallTotal,
    detCare: precisionTotal,
    matchedGt,
    gtRoles: gtFates.map(roleOf),
    detRoles: detFates.map(roleOf),
  }
}

/** What the polygon is to the protocol, whatever became of it. */
function roleOf(fate: Fate): string {
  return fate === 'dont-care' || fate === 'invalid' ? fate : 'care'
}
