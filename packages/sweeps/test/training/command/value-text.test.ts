import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hydraText, pythonText } from '../../../src/training/command/value-text.js'
import { macro } from '../macro.js'

describe('pythonText', () => {
  it('writes values as Python does', () => {
    const values = [true, false, null, 0.001, 1e-7, 3, 'a b', Number.NaN, Number.NEGATIVE_INFINITY]
    expect(values.map(pythonText)).toEqual([
      'True',
      'False',
      'None',
      '0.001',
      '1e-7',
      '3',
      'a b',
      'nan',
      '-inf',
    ])
  })
})

describe('hydraText', () => {
  it.each([
    [true, 'true'],
    [null, 'null'],
    [4e-4, '0.0004'],
    [-3, '-3'],
    ['adamw', 'adamw'],
    ['cosine_2:3', 'cosine_2:3'],
    ['/data/set-1/*.png', '/data/set-1/*.png'],
    ['two words', 'two words'],
    ['', ''],
    ['a,b', "'a,b'"],
    ['a@b', "'a@b'"],
    ['k=v', "'k=v'"],
    [' padded ', "' padded '"],
    ['[1, 2]', "'[1, 2]'"],
    ['; rm -rf "$(pwd)"', `'; rm -rf "$(pwd)"'`],
    ["it's", String.raw`'it\'s'`],
    [String.raw`C:\data`, String.raw`'C:\data'`],
    [String.raw`ends\ `.trim(), String.raw`'ends\\'`],
    [String.raw`a\'b`, String.raw`'a\\\'b'`],
    [macro('oc.env:HOME'), `'\\${macro('oc.env:HOME')}'`],
    ['학습률', "'학습률'"],
    ['one\ntwo', "'one\ntwo'"],
  ])('writes %j as %s', (value, text) => {
    expect(hydraText(value)).toBe(text)
  })

  it('is read back as it was, by the rules for quoted values', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '\\', '$', '{', 'a', ',', '한') }), (text) => {
        expect(unquoted(hydraText(text))).toBe(text)
      }),
    )
  })
})

/** Hydra 1.3, overrides_parser: in quotes, `\'` is a quote and backslashes before it or at the end halve; OmegaConf: `\${`. */
function unquoted(text: string): string {
  if (!text.startsWith("'")) return text
  const inner = text.slice(1, -1)
  const quoted = inner.replace(/(\\+)('|$)/g, (_, slashes: string, quote: string) => {
    return '\\'.repeat(Math.floor(slashes.length / 2)) + quote
  })
  return quoted.replace(
    /(\\+)\$\{/g,
    (_, slashes: string) => `${'\\'.repeat(Math.floor(slashes.length / 2))}\${`,
  )
}
