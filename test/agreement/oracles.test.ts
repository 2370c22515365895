import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outlineCases, patternCases, textCases } from '../cases/generate.js'
import { loadReferencePostprocess } from '../oracle/postprocess.js'
import { postprocessByPython, pythonMissing } from '../oracle/python.js'
import { difference } from './compare.js'
import { SHARED, sharedMissing } from './shared-data.js'

const SCRIPT = 'tools/reference_postprocess.py'
const missing = sharedMissing(SCRIPT) ?? pythonMissing(['cv2', 'pyclipper', 'shapely'])

/** The oracles themselves, against the script that settles what the reference does. */
describe.skipIf(missing)(`both oracles against ${SCRIPT}${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('give its boxes and scores', async () => {
    const cases = [
      ...patternCases(80_001, 8, 6),
      ...outlineCases(80_001, 10, 4),
      ...textCases(80_001, 20, 6, 128),
    ]
    const npm = await loadReferencePostprocess()
    const [settled, python] = [
      await postprocessByPython(cases, join(SHARED, SCRIPT)),
      await postprocessByPython(cases),
    ]
    let compared = 0
    for (const [i, input] of cases.entries()) {
      expect(difference(settled[i]!, python[i]!), input.name).toBeUndefined()
      const answer = npm(input)
      if (!answer.portable) continue
      expect(difference(settled[i]!, answer), input.name).toBeUndefined()
      compared++
    }
    process.stdout.write(`${compared} cases compared\n`)
    expect(compared).toBeGreaterThan(cases.length / 2)
  })
})
