// Draws docs/monitor.svg from a real run of the monitor on the embedded sample, in tmux.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root, tool } from './run.mjs'

const { Terminal } = createRequire(join(root, 'packages/tui/package.json'))('@xterm/headless')

const COLUMNS = 128
const ROWS = 30
const CELL = { width: 8.4, height: 18 }
const PADDING = 16
const COLOURS = { background: '#1b1e24', text: '#d6d9df', dim: '#8b919c' }
const PALETTE = ['#1b1e24', '#e06c75', '#8fbf6f', '#d9b36c', '#6ca6e0', '#c08ad6', '#62b8c0', '#d6d9df']
const SESSION = 'thresher-picture'

const tmux = (...args) => execFileSync('tmux', ['-L', SESSION, ...args], { encoding: 'utf8' })

async function screen() {
  tmux(
    'new-session',
    '-d',
    '-x',
    String(COLUMNS),
    '-y',
    String(ROWS),
    tool('thresher'),
    'thresholds',
    '--sample',
  )
  try {
    for (let i = 0; i < 120; i++) {
      await sleep(500)
      const text = tmux('capture-pane', '-p', '-e')
      if (/better.*same.*worse/.test(tmux('capture-pane', '-p'))) return text
    }
    throw new Error('the sweep did not end within a minute')
  } finally {
    tmux('kill-server')
  }
}

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c])

function style(cell) {
  const colour = cell.isFgPalette()
    ? PALETTE[cell.getFgColor() % 8]
    : cell.isDim()
      ? COLOURS.dim
      : COLOURS.text
  return `${cell.isBold() ? 'font-weight="bold" ' : ''}${cell.isInverse() ? 'text-decoration="underline" ' : ''}fill="${colour}"`
}

function svg(terminal) {
  const parts = []
  for (let y = 0; y < ROWS; y++) {
    const line = terminal.buffer.active.getLine(y)
    for (let x = 0; x < COLUMNS; ) {
      const start = x
      const attributes = style(line.getCell(x))
      let text = ''
      for (; x < COLUMNS && style(line.getCell(x)) === attributes; x++)
        text += line.getCell(x).getChars() || ' '
      if (text.trim() === '') continue
      const at = `x="${(PADDING + start * CELL.width).toFixed(1)}" y="${PADDING + (y + 1) * CELL.height - 5}"`
      parts.push(
        `<text ${at} textLength="${(text.length * CELL.width).toFixed(1)}" ${attributes}>${escaped(text)}</text>`,
      )
    }
  }
  const width = Math.round(COLUMNS * CELL.width + 2 * PADDING)
  const height = ROWS * CELL.height + 2 * PADDING
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">`,
    `<title>The monitor after a sweep of 2,079 settings over the embedded sample</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${COLOURS.background}"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

const terminal = new Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true, convertEol: true })
const text = (await screen()).replace(/\n$/, '').replaceAll(process.env.HOME ?? '~', '~')
await new Promise((done) => terminal.write(text, done))
writeFileSync(join(root, 'docs/monitor.svg'), svg(terminal))
console.log('docs/monitor.svg')
