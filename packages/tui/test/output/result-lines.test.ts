import type { Setting } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { chosenSetting, conclusion, resultLines, titleLine } from '../../src/output/result-lines.js'
import { paint } from '../../src/output/style.js'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { displayWidth } from '../../src/output/text.js'
import { fakeRanking, fakeResult, GRID } from '../support/fake-sweep.js'

const hints = (setting: Setting) => ({
  options: `thresh=${setting.thresh} box_thresh=${setting.box_thresh}`,
  command: 'thresher boxes maps',
  notes: [],
})
const printed = (result = fakeResult(), symbols = UNICODE_SYMBOLS, width = 120, top = 20) =>
  resultLines(result, GRID, hints, { width, top, symbols }).map((line) => paint(line, false))

describe('what is said of a ranking', () => {
  test('names the first setting that is better, with its interval', () => {
    const [line] = conclusion(fakeResult())
    expect(line).toMatch(
      /^\d+ settings are better than the baseline beyond noise \(5 % over all 2,079\)\. #1: \+0\.20 pt, 95 % \+0\.08 to \+0\.32 pt\.$/,
    )
  })

  test('says that the baseline stands where nothing is better', () => {
    const result = fakeResult({ bias: -0.0015 })
    expect(result.ranking.better).toBe(0)
    expect(conclusion(result)).toEqual([
      'No setting is better than the baseline beyond noise: the baseline stands.',
      'The best-looking, #1, is at +0.05 pt, 95 % -0.07 to +0.17 pt.',
    ])
    expect(chosenSetting(result.ranking)).toBeUndefined()
    expect(conclusion(fakeResult({ bias: -0.01 })).at(-1)).toBe('None scores higher than the baseline.')
  })

  test('never recommends a leader that is not better', () => {
    const ranking = fakeRanking()
    const ranked = ranking.ranked.map((row) => (row.rank < 3 ? { ...row, verdict: 'same' as const } : row))
    const result = { ...fakeResult(), ranking: { ...ranking, ranked } }
    expect(chosenSetting(result.ranking)?.rank).toBe(3)
    expect(conclusion(result)).toContain('What ranks above #3 scores higher here, but not beyond noise.')
  })

  test('says that one image tells nothing of noise', () => {
    expect(conclusion(fakeResult({ bias: -0.0015, images: 1 })).join(' ')).toContain(
      'One image says nothing about noise',
    )
  })

  test('says that an interrupted sweep counts finished images only', () => {
    expect(conclusion(fakeResult({ interrupted: true, done: 3 }))[0]).toBe(
      'Interrupted: what was finished counts.',
    )
  })
})

describe('resultLines', () => {
  test('prints counts, baseline, the top rows and the command to use', () => {
    const lines = printed()
    expect(lines[0]).toMatch(
      /^2,079 settings on 12 images, 1\.1 s {3}▲ \d+ better {3}= \d+ same {3}▼ [\d,]+ worse$/,
    )
    expect(lines.filter((line) => / (better|same|worse)$/.test(line))).toHaveLength(21)
    expect(lines.some((line) => line.startsWith(' base  0.9653'))).toBe(true)
    expect(lines).toContain('      2,059 more: --top N shows them, -o FILE keeps them all')
    expect(lines.find((line) => line.startsWith('Use:'))).toBe('Use:  thresh=0.24 box_thresh=0.4')
  })

  test("the command is the baseline's where nothing is better", () => {
    const use = printed(fakeResult({ bias: -0.0015 })).find((line) => line.startsWith('Use:'))
    expect(use).toBe('Use:  thresh=0.3 box_thresh=0.6   (the baseline)')
  })

  test('says that an interrupted sweep counts finished images only', () => {
    expect(printed(fakeResult({ interrupted: true, done: 3 }))[0]).toMatch(/on 3 images.*interrupted/)
  })

  test.each([60, 80, 120, 200])('no line but a command is wider than %i columns', (width) => {
    for (const line of printed(fakeResult(), UNICODE_SYMBOLS, width))
      expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  test('is ASCII with the ASCII symbols', () => {
    for (const line of printed(fakeResult(), ASCII_SYMBOLS)) expect(line).toMatch(/^[\x20-\x7e]*$/)
  })
})

test('the title line says what is swept, and where', () => {
  const mode = { variant: 'receipt', boxType: 'poly', scoreMode: 'fast', dilate: false } as const
  const title = { images: 404, protocol: 'icdar2015', mode, backend: 'cpu, 2 threads' } as const
  expect(paint(titleLine(title, 100, UNICODE_SYMBOLS), false)).toMatch(
    /^thresher {2}thresholds +404 images · icdar2015 · receipt\/poly · cpu, 2 threads$/,
  )
})
