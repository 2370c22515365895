import { DEFAULT_SETTING } from '@thresher/core'
import type { ScreenView } from '../../src/monitor/thresholds/screen-lines.js'
import { type Symbols, UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { usageHints } from '../../src/output/usage-hints.js'
import { GRID } from './fake-sweep.js'

const MODE = { variant: 'paddleocr', boxType: 'quad', scoreMode: 'fast', dilate: false } as const

/** The unchanging part of a monitor on the made-up sweep. */
export function fakeView(symbols: Symbols = UNICODE_SYMBOLS): ScreenView {
  return {
    title: { images: 12, protocol: 'icdar2015', mode: MODE, backend: 'cpu, 2 threads' },
    grid: GRID,
    baseline: DEFAULT_SETTING,
    symbols,
    hints: (setting) => usageHints(setting, [], MODE, { maps: ['maps'] }),
  }
}
