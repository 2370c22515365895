import { beforeAll, describe, expect, it } from 'vitest'
import type { PostprocessCase } from '../cases/case.js'
import { allBitmapCases, outlineCases, patternCases, textCases } from '../cases/generate.js'
import { loadReferencePostprocess, type ReferencePostprocess } from '../oracle/postprocess.js'
import { describeCase, difference, productBoxes } from './compare.js'
import { shrinkCase } from './shrink.js'

/** Agreement with OpenCV 4.6.0 and Clipper 6.4.2 as npm packages carry them, compiled to WebAssembly. */
describe('postprocess against OpenCV.js and Clipper', () => {
  let reference: ReferencePostprocess
  beforeAll(async () => {
    reference = await loadReferencePostprocess()
  })

  it('agrees on every bitmap of 3 x 3, 2 x 4, 4 x 2, 1 x 6 and 6 x 1 pixels', async () => {
    const sizes = [
      [3, 3],
      [2, 4],
      [4, 2],
      [1, 6],
      [6, 1],
    ] as const
    await expectAgreement(sizes.flatMap(([width, height]) => [...allBitmapCases(1, width, height)]))
  })

  it('agrees on shapes that are hard to follow, fill and offset', async () => {
    await expectAgreement(patternCases(1, 120, 6))
  })

  it('agrees on outlines long enough to be simplified', async () => {
    await expectAgreement(outlineCases(10_001, 80, 6))
  })

  it('agrees on maps like a text detector gives', async () => {
    await expectAgreement(textCases(20_001, 400, 6, 128))
  })

  it('keeps a box whose score is exactly box_thresh, and drops it at the next number', async () => {
    const cases = [...textCases(30_001, 40, 3, 80)].flatMap((input) => {
      const at = (boxThresh: number) => ({ ...input, options: { ...input.options, boxThresh } })
      return reference(at(0)).scores.flatMap((score) => [at(score), at(score + Number.EPSILON)])
    })
    await expectAgreement(cases)
  })

  async function expectAgreement(cases: Iterable<PostprocessCase>): Promise<void> {
    let [compared, boxes, left] = [0, 0, 0]
    const disagreement = async (input: PostprocessCase) => {
      const expected = reference(input)
      if (!expected.portable) return undefined
      return difference(expected, await productBoxes(input))
    }
    for (const input of cases) {
      const expected = reference(input)
      if (!expected.portable) {
        left++
        continue
      }
      const wrong = difference(expected, await productBoxes(input))
      if (wrong !== undefined) {
        const small = await shrinkCase(
          input,
          async (candidate) => (await disagreement(candidate)) !== undefined,
        )
        expect.fail(`${wrong}\n${input.name}, reduced: ${await disagreement(small)}\n${describeCase(small)}`)
      }
      compared++
      boxes += expected.boxes.length
    }
    process.stdout.write(
      `${compared} cases compared, ${boxes} boxes; ${left} left to pyclipper (Clipper's unstable sort)\n`,
    )
    expect(boxes).toBeGreaterThan(0)
    expect(left).toBeLessThan(compared / 5)
  }
})
