import { DEFAULT_SETTING } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { chooseColumns, headerLine, parameterColumns, rowLine } from '../../src/output/ranking-table.js'
import { lineOf, paint } from '../../src/output/style.js'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { lineWidth } from '../../src/output/text.js'

const AXES = [
  { name: 'thresh', values: [0.2, 0.22, 0.3] },
  { name: 'box_thresh', values: [0.4, 0.55] },
  { name: 'unclip_ratio', values: [1.5, 2] },
] as const
const PARAMETERS = parameterColumns(AXES, DEFAULT_SETTING)
const SCALE = { low: -0.001, high: 0.004 }
const ids = (width: number, compact = false) =>
  chooseColumns(PARAMETERS, width, { compact }).map(({ id }) => id)

describe('parameterColumns', () => {
  test('shows as many decimals as set the values apart', () => {
    expect(PARAMETERS.map(({ name, decimals }) => [name, decimals])).toEqual([
      ['thresh', 2],
      ['box_thresh', 2],
      ['unclip_ratio', 1],
    ])
  })

  test('counts the baseline in', () => {
    const [thresh] = parameterColumns([AXES[0]], { ...DEFAULT_SETTING, thresh: 0.285 })
    expect(thresh?.decimals).toBe(3)
  })

  test('leaves out what has one value, unless nothing varies', () => {
    const fixed = { name: 'min_size', values: [3] } as const
    expect(parameterColumns([AXES[0], fixed], DEFAULT_SETTING).map(({ name }) => name)).toEqual(['thresh'])
    expect(parameterColumns([fixed], DEFAULT_SETTING).map(({ name }) => name)).toEqual(['min_size'])
  })

  test('understands values in exponent form', () => {
    const [column] = parameterColumns([{ name: 'thresh', values: [1e-7, 2e-7] }], {
      ...DEFAULT_SETTING,
      thresh: 0,
    })
    expect(column?.decimals).toBe(7)
  })
})

describe('chooseColumns', () => {
  test('shows everything where there is room', () => {
    expect(ids(200)).toEqual([
      ...['rank', 'hmean', 'precision', 'recall', 'delta', 'interval'],
      ...['thresh', 'box_thresh', 'unclip_ratio', 'verdict'],
    ])
  })

  test('leaves out P, R and the bar when compact', () => {
    expect(ids(200, true)).toEqual([
      'rank',
      'hmean',
      'delta',
      'thresh',
      'box_thresh',
      'unclip_ratio',
      'verdict',
    ])
  })

  test('gives up the bar first, then P and R, then parameters from the right', () => {
    expect(ids(100)).not.toContain('interval')
    expect(ids(100)).toContain('recall')
    expect(ids(80)).toContain('unclip_ratio')
    expect(ids(80)).not.toContain('recall')
    expect(ids(60)).toEqual(['rank', 'hmean', 'delta', 'thresh', 'box_thresh', 'verdict'])
  })

  test.each([40, 50, 58, 78, 98, 118, 198])('stays within %i columns', (width) => {
    const columns = chooseColumns(PARAMETERS, width)
    const row = {
      rank: 1,
      setting: DEFAULT_SETTING,
      scores,
      delta: 0.0018,
      interval,
      verdict: 'better',
    } as const
    expect(lineWidth(headerLine(columns, SCALE))).toBeLessThanOrEqual(Math.max(width, 38))
    expect(lineWidth(rowLine(columns, row, SCALE, UNICODE_SYMBOLS))).toBeLessThanOrEqual(Math.max(width, 38))
  })
})

const scores = { hmean: 0.9671, precision: 0.9699, recall: 0.9661 }
const interval = [0.0006, 0.0031] as const

describe('rowLine', () => {
  const columns = chooseColumns(PARAMETERS, 120)
  const setting = { ...DEFAULT_SETTING, thresh: 0.22, box_thresh: 0.4, unclip_ratio: 2 }
  const row = { rank: 3, setting, scores, delta: 0.0018, interval, verdict: 'better' } as const

  test('says in words what colour repeats', () => {
    const text = paint(rowLine(columns, row, SCALE, UNICODE_SYMBOLS), false)
    expect(text).toMatch(
      /^ {4}3 {2}0\.9671 {2}0\.9699 {2}0\.9661 {5}\+0\.18 pt {2}.*├.*●.*┤.* 0\.22 +0\.40 +2\.0 {2}▲ better$/,
    )
  })

  test('has no code but with colour', () => {
    const line = rowLine(columns, row, SCALE, UNICODE_SYMBOLS)
    expect(paint(line, false)).not.toContain('\u001b')
    expect(paint(line, true)).toContain('\u001b[32m▲ better\u001b[39m')
    expect(paint(lineOf('x'), true)).toBe('x')
  })

  test('is ASCII with the ASCII symbols', () => {
    const text = paint(rowLine(columns, row, SCALE, ASCII_SYMBOLS), false)
    expect(text).toMatch(/^[\x20-\x7e]+$/)
    expect(text).toMatch(/\+ better$/)
  })

  test('the baseline has no difference and no verdict', () => {
    const base = { rank: 'base', setting: DEFAULT_SETTING, scores } as const
    expect(paint(rowLine(columns, base, SCALE, UNICODE_SYMBOLS), false)).not.toMatch(/pt|better|worse|same/)
  })
})

test('the head names the ends of the bars', () => {
  const text = paint(headerLine(chooseColumns(PARAMETERS, 120), SCALE), false)
  expect(text).toContain('-0.10')
  expect(text).toContain('+0.40')
})
