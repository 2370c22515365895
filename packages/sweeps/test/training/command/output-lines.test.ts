import { describe, expect, it } from 'vitest'
import { patternReader, readJsonLine } from '../../../src/training/command/output-lines.js'
import { failure } from '../../support/failure.js'

describe('readJsonLine', () => {
  it('takes numbers, of inner objects too, and the epoch', () => {
    const row = readJsonLine(
      '{"epoch": 3, "step": 900, "val": {"hmean": 0.5, "loss": NaN}, "note": "x", "ok": true}',
    )
    expect(row?.epoch).toBe(3)
    expect([...row!.metrics]).toEqual([
      ['val.hmean', 0.5],
      ['val.loss', Number.NaN],
    ])
  })

  it.each(['', 'epoch 3', '{', '{"a": }', '[1, 2]', '{"epoch": 3}', '{"a": "b"}', '"x"'])(
    'finds nothing in %j',
    (line) => {
      expect(readJsonLine(line)).toBeUndefined()
    },
  )
})

describe('patternReader', () => {
  it('takes several metrics of a line', () => {
    const read = patternReader(String.raw`(?<name>\w+)=(?<value>\S+)`, 'hmean')
    expect([...read('loss=0.25 hmean=9.5e-1 lr=x')!.metrics]).toEqual([
      ['loss', 0.25],
      ['hmean', 0.95],
    ])
    expect(read('nothing here')).toBeUndefined()
  })

  it('takes the step, and the metric where no name is given; groups as Python writes them', () => {
    const read = patternReader(String.raw`Epoch (?P<step>\d+).*hmean: (?P<value>\S+)`, 'val/hmean')
    expect(read('Epoch 12/22, hmean: nan')).toEqual({
      epoch: 12,
      metrics: new Map([['val/hmean', Number.NaN]]),
    })
  })

  it('says what is wrong with a pattern', async () => {
    expect(await failure(() => patternReader('(', 'x'))).toMatch(/^pattern "\(": /)
    expect(await failure(() => patternReader(String.raw`\d+`, 'x'))).toContain('no group named value')
  })
})
