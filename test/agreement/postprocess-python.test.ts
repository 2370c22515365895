import { describe, expect, it } from 'vitest'
import type { PostprocessCase } from '../cases/case.js'
import { outlineCases, patternCases, textCases } from '../cases/generate.js'
import { postprocessByPython, pythonMissing } from '../oracle/python.js'
import { describeCase, difference, productBoxes } from './compare.js'
import { shrinkCase } from './shrink.js'

const missing = pythonMissing(['cv2', 'pyclipper', 'shapely'])

/** Agreement with the very libraries that the public implementations call. */
describe.skipIf(missing)(
  `postprocess against OpenCV, pyclipper and shapely${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    it('agrees on shapes that are hard to follow, fill and offset', async () => {
      await expectAgreement([...patternCases(50_001, 50, 6)])
    })

    it('agrees on outlines long enough to be simplified', async () => {
      await expectAgreement([...outlineCases(70_001, 60, 6)])
    })

    it('agrees on maps like a text detector gives', async () => {
      await expectAgreement([...textCases(60_001, 150, 6, 192)])
    })
  },
)

async function expectAgreement(cases: readonly PostprocessCase[]): Promise<void> {
  const answers = await postprocessByPython(cases)
  for (const [i, input] of cases.entries()) {
    const wrong = difference(answers[i]!, await productBoxes(input))
    if (wrong === undefined) continue
    const disagreement = async (candidate: PostprocessCase) => {
      const [expected] = await postprocessByPython([candidate])
      return difference(expected!, await productBoxes(candidate))
    }
    const small = await shrinkCase(
      input,
      async (candidate) => (await disagreement(candidate)) !== undefined,
      100,
    )
    expect.fail(`${wrong}\n${input.name}, reduced: ${await disagreement(small)}\n${describeCase(small)}`)
  }
  const boxes = answers.reduce((sum, { boxes }) => sum + boxes.length, 0)
  process.stdout.write(`${cases.length} cases compared, ${boxes} boxes\n`)
  expect(boxes).toBeGreaterThan(cases.length / 2)
}
