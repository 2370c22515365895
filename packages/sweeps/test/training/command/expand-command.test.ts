import type { ParamValue } from '@thresher/core'
import { describe, expect, it } from 'vitest'
import { expandCommand, type MacroValues, paramsJson } from '../../../src/training/command/expand-command.js'
import { failure } from '../../support/failure.js'
import { macro } from '../macro.js'

const PARAMS = new Map<string, ParamValue>([
  ['lr', 4e-4],
  ['amp', true],
  ['ema', false],
  ['loss', 'a; $(b) "c"'],
])
const VALUES: MacroValues = {
  program: 'train.py',
  interpreter: 'python',
  params: PARAMS,
  environment: { HOME: '/home/kim' },
  jsonFile: '/runs/0001/params.json',
  platform: 'linux',
}

const expand = (...words: string[]) => expandCommand(words, VALUES)

describe('expandCommand', () => {
  it.each([
    ['env', ['/usr/bin/env']],
    ['interpreter', ['python']],
    ['program', ['train.py']],
    ['args', ['--lr=0.0004', '--amp=True', '--ema=False', '--loss=a; $(b) "c"']],
    ['args_no_equals', ['--lr', '0.0004', '--amp', 'True', '--ema', 'False', '--loss', 'a; $(b) "c"']],
    ['args_no_hyphens', ['lr=0.0004', 'amp=true', 'ema=false', `loss='a; $(b) "c"'`]],
    ['args_no_boolean_flags', ['--lr=0.0004', '--amp', '--loss=a; $(b) "c"']],
    ['args_json', ['{"lr":0.0004,"amp":true,"ema":false,"loss":"a; $(b) \\"c\\""}']],
    ['args_json_file', ['/runs/0001/params.json']],
    ['args_append_hydra', ['+lr=0.0004', '+amp=true', '+ema=false', `+loss='a; $(b) "c"'`]],
    ['args_override_hydra', ['++lr=0.0004', '++amp=true', '++ema=false', `++loss='a; $(b) "c"'`]],
    ['envvar:HOME', ['/home/kim']],
  ])('replaces %s', (macro, words) => {
    expect(expand(`\${${macro}}`)).toEqual(words)
  })

  it('leaves other words as they are, and reads variables within them', () => {
    expect(expand('-m', 'a b', '$HOME', `--out=${macro('envvar:HOME')}/x`)).toEqual([
      '-m',
      'a b',
      '$HOME',
      '--out=/home/kim/x',
    ])
  })

  it('has no env on Windows', () => {
    expect(expandCommand([macro('env'), 'x'], { ...VALUES, platform: 'win32' })).toEqual(['x'])
  })

  it('says what is wrong with a command', async () => {
    expect(await failure(() => expand('x', macro('envvar:NOT_SET')))).toContain('NOT_SET')
    expect(await failure(() => expand(`--config=${macro('args_json')}`))).toContain('let it stand alone')
    expect(
      await failure(() => expandCommand([macro('program')], { ...VALUES, program: undefined })),
    ).toContain('name a program')
    expect(await failure(() => expandCommand([macro('args')], { ...VALUES, params: new Map() }))).toContain(
      'no word is left',
    )
    expect(
      await failure(() => expandCommand([macro('args')], { ...VALUES, params: new Map([['a', 'b\0c']]) })),
    ).toContain('NUL')
  })
})

describe('paramsJson', () => {
  it('makes objects of names with dots', () => {
    const params = new Map<string, ParamValue>([
      ['optimizer.lr', 0.1],
      ['epochs', 3],
      ['optimizer.name', 'sgd'],
      ['__proto__.x', null],
    ])
    expect(paramsJson(params)).toBe('{"optimizer":{"lr":0.1,"name":"sgd"},"epochs":3,"__proto__":{"x":null}}')
  })
})
