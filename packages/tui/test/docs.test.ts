import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { helpLines } from '../src/monitor/key-lines.js'
import { WATCH_KEYS } from '../src/monitor/training/keys.js'
import { paint } from '../src/output/style.js'
import { UNICODE_SYMBOLS } from '../src/output/symbols.js'

test('docs/monitor.md lists the keys of the watched sweep as the screen does, and no others', async () => {
  const page = await readFile(new URL('../../../docs/monitor.md', import.meta.url), 'utf8')
  const documented = [...page.matchAll(/^\| (.+?) \| (.+) \|$/gm)]
    .map(([, keys, text]) => [keys, text!.replaceAll('\\|', '|')])
    .filter(([keys]) => keys !== 'key')
  const shown = helpLines(WATCH_KEYS, UNICODE_SYMBOLS).map((line) => {
    const [keys, text] = line.map((span) => paint([span], false).trim())
    return [keys, text]
  })
  expect(documented).toEqual(shown)
})
