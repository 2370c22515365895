/** Characters that tables, bars and hints are drawn with. Each is one column wide. */
export interface Symbols {
  readonly better: string
  readonly same: string
  readonly worse: string
  readonly point: string
  readonly low: string
  readonly high: string
  readonly rule: string
  readonly zero: string
  readonly dot: string
  readonly offLeft: string
  readonly offRight: string
  readonly barDone: string
  readonly barLeft: string
  readonly cursor: string
  readonly separator: string
  readonly ellipsis: string
  readonly upDown: string
  readonly times: string
  readonly undecided: string
  readonly complete: string
  readonly running: string
  readonly waiting: string
  readonly pruned: string
  readonly failed: string
  readonly up: string
  readonly down: string
  readonly none: string
  /** Eight heights of a curve, the lowest first. */
  readonly heights: string
}

export const UNICODE_SYMBOLS: Symbols = {
  better: '▲',
  same: '=',
  worse: '▼',
  point: '●',
  low: '├',
  high: '┤',
  rule: '─',
  zero: '│',
  dot: '·',
  offLeft: '◂',
  offRight: '▸',
  barDone: '━',
  barLeft: '─',
  cursor: '❯',
  separator: '·',
  ellipsis: '…',
  upDown: '↑↓',
  times: '×',
  undecided: '?',
  complete: '✓',
  running: '●',
  waiting: '○',
  pruned: '✂',
  failed: '✗',
  up: '↑',
  down: '↓',
  none: '–',
  heights: '▁▂▃▄▅▆▇█',
}

export const ASCII_SYMBOLS: Symbols = {
  better: '+',
  same: '=',
  worse: '-',
  point: 'o',
  low: '[',
  high: ']',
  rule: '-',
  zero: '|',
  dot: '.',
  offLeft: '<',
  offRight: '>',
  barDone: '#',
  barLeft: '-',
  cursor: '>',
  separator: '|',
  ellipsis: '~',
  upDown: 'up/down',
  times: 'x',
  undecided: '?',
  complete: '#',
  running: '*',
  waiting: '.',
  pruned: '%',
  failed: 'x',
  up: '^',
  down: 'v',
  none: '-',
  heights: '_.,-~=+#',
}
