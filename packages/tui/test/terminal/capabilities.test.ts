import { describe, expect, test } from 'vitest'
import { ASCII_SYMBOLS, UNICODE_SYMBOLS } from '../../src/output/symbols.js'
import { canShowScreen, chooseSymbols, wantsColour } from '../../src/terminal/capabilities.js'
import { Sink } from '../support/context.js'

const PIPE = new Sink()
const TERMINAL = Object.assign(new Sink(), { isTTY: true }) as unknown as typeof PIPE

describe('wantsColour', () => {
  test.each([
    ['auto', {}, TERMINAL, true],
    ['auto', {}, PIPE, false],
    ['auto', { TERM: 'dumb' }, TERMINAL, false],
    ['auto', { NO_COLOR: '1' }, TERMINAL, false],
    ['auto', { NO_COLOR: '' }, TERMINAL, true],
    ['auto', { FORCE_COLOR: '1' }, PIPE, true],
    ['auto', { FORCE_COLOR: '0' }, TERMINAL, false],
    ['auto', { FORCE_COLOR: '1', NO_COLOR: '1' }, PIPE, false],
    ['always', { NO_COLOR: '1' }, PIPE, true],
    ['never', { FORCE_COLOR: '1' }, TERMINAL, false],
  ] as const)('--color %s, %o', (choice, env, stream, wanted) =>
    expect(wantsColour(choice, env, stream)).toBe(wanted),
  )
})

describe('chooseSymbols', () => {
  test.each([
    [false, { LANG: 'ko_KR.UTF-8' }, UNICODE_SYMBOLS],
    [false, { LANG: 'en_US.utf8' }, UNICODE_SYMBOLS],
    [false, { LANG: 'C' }, ASCII_SYMBOLS],
    [false, { LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, ASCII_SYMBOLS],
    [false, { LANG: 'ko_KR.EUC-KR' }, ASCII_SYMBOLS],
    [false, {}, UNICODE_SYMBOLS],
    [false, { TMUX: '/tmp/tmux-0/default,1,0' }, ASCII_SYMBOLS],
    [true, { LANG: 'ko_KR.UTF-8' }, ASCII_SYMBOLS],
  ] as const)('--ascii %s, %o', (ascii, env, symbols) => expect(chooseSymbols(ascii, env)).toBe(symbols))

  test('both sets have one column a sign, but for words and the heights of a curve', () => {
    const several = new Set(['upDown', 'heights'])
    const signs = Object.entries(UNICODE_SYMBOLS).filter(([name]) => !several.has(name))
    for (const [, sign] of signs) expect([...sign]).toHaveLength(1)
    expect([...UNICODE_SYMBOLS.heights]).toHaveLength([...ASCII_SYMBOLS.heights].length)
    for (const sign of Object.values(ASCII_SYMBOLS)) expect(sign).toMatch(/^[\x20-\x7e]+$/)
  })
})

describe('canShowScreen', () => {
  const keyboard = { isTTY: true }
  test.each([
    [{}, keyboard, TERMINAL, true],
    [{ TERM: 'dumb' }, keyboard, TERMINAL, false],
    [{ CI: 'true' }, keyboard, TERMINAL, false],
    [{ CI: '' }, keyboard, TERMINAL, false],
    [{ CI: 'false' }, keyboard, TERMINAL, true],
    [{ CI_JOB_ID: '4' }, keyboard, TERMINAL, false],
    [{}, { isTTY: false }, TERMINAL, false],
    [{}, keyboard, PIPE, false],
  ] as const)('%o', (env, stdin, stdout, can) => expect(canShowScreen(env, stdin, stdout)).toBe(can))
})
