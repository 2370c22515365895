import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { imageSizes, openMaps, readIndex } from '@thresher/sweeps'
import { describe, expect, it } from 'vitest'
import type { PostprocessCase } from '../cases/case.js'
import { MODES } from '../cases/settings.js'
import { PYTHON, postprocessByPython, pythonMissing } from '../oracle/python.js'
import { describeCase, difference, productBoxes } from './compare.js'
import { SHARED, sharedMissing, THRESHER } from './shared-data.js'

const run = promisify(execFile)
const MAPS = join(SHARED, 'data/maps')
const INDEX = join(MAPS, 'index.json')
const REFERENCE = join(SHARED, 'tools/reference_postprocess.py')
const SETTINGS = [
  { thresh: 0.3, boxThresh: 0.6, unclipRatio: 1.5, maxCandidates: 1000, minSize: 3, dilate: false },
  { thresh: 0.29, boxThresh: 0.25, unclipRatio: 2, maxCandidates: 600, minSize: 3, dilate: false },
  { thresh: 0.2, boxThresh: 0.4, unclipRatio: 1.8, maxCandidates: 1000, minSize: 3, dilate: true },
  { thresh: 0.25, boxThresh: 0.5, unclipRatio: 1.6, maxCandidates: 20, minSize: 5, dilate: false },
  { thresh: 0.5, boxThresh: 0.3, unclipRatio: 2.2, maxCandidates: 1000, minSize: 0, dilate: false },
  { thresh: 0.05, boxThresh: 0, unclipRatio: 0.7, maxCandidates: 1000, minSize: 0, dilate: false },
]

const missing =
  sharedMissing('data/maps/index.json', 'tools/reference_postprocess.py') ??
  pythonMissing(['cv2', 'pyclipper', 'shapely'])

describe.skipIf(missing)(`real probability maps${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('give the boxes of the reference in every mode', async () => {
    const maps = await openMaps([MAPS])
    const sizes = imageSizes(maps.entries, await readIndex(INDEX))
    let [compared, boxes] = [0, 0]
    for await (const { entry, map } of maps.read()) {
      const size = sizes.get(entry.image)!
      const cases: PostprocessCase[] = MODES.flatMap((mode) =>
        SETTINGS.map((setting, i) => ({
          name: entry.image,
          map,
          options: { ...mode, ...setting, ...(i % 2 === 0 ? { size } : {}) },
        })),
      )
      const answers = await postprocessByPython(cases, REFERENCE)
      for (const [i, input] of cases.entries()) {
        const wrong = difference(answers[i]!, await productBoxes(input))
        if (wrong !== undefined) expect.fail(`${wrong}\n${describeCase(input).split('\n')[0]}`)
        boxes += answers[i]!.boxes.length
      }
      compared += cases.length
    }
    process.stdout.write(`${compared} cases compared, ${boxes} boxes\n`)
    expect(compared).toBe(maps.entries.length * MODES.length * SETTINGS.length)
  })

  it.each([
    ['--variant', 'paddleocr'],
    [
      '--variant',
      'receipt',
      '--box-type',
      'poly',
      '--thresh',
      '0.29',
      '--box-thresh',
      '0.25',
      '--unclip-ratio',
      '2',
    ],
    [
      '--variant',
      'mhliao',
      '--score-mode',
      'slow',
      '--max-candidates',
      '30',
      '--dilate',
      '--box-thresh',
      '0.5',
    ],
    ['--variant', 'mmocr', '--box-type', 'poly', '--thresh', '0.2', '--box-thresh', '0.3'],
  ])('give the lines of the reference through `thresher boxes` %s %s', async (...options) => {
    const indexed = [...options, '--index', INDEX]
    const files = (await openMaps([MAPS])).entries.map((entry) => entry.file)
    const [here, there] = await Promise.all([
      run(process.execPath, [THRESHER, 'boxes', MAPS, ...indexed], { maxBuffer: 2 ** 28 }),
      run(PYTHON, ['-B', REFERENCE, ...files, ...indexed], { maxBuffer: 2 ** 28 }),
    ])
    expect(parsedLines(here.stdout)).toEqual(parsedLines(there.stdout))
  })
})

function parsedLines(text: string): unknown[] {
  const lines = text.trim().split('\n')
  return lines.map((line) => JSON.parse(line) as unknown)
}
