import { expect, it } from 'vitest'
import { quote } from '../../src/files/quote.js'

it.each([
  ['plain 가', '"plain 가"'],
  ['a "b"\n\u001b[31m', '"a \\"b\\"\\n\\u001b[31m"'],
  ['\u0085\u2028\u007f', '"\\u0085\\u2028\\u007f"'],
  ['x'.repeat(81), `"${'x'.repeat(80)}…"`],
])('quote(%j)', (text, quoted) => {
  expect(quote(text)).toBe(quoted)
})
