import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineSplitter } from '../../../src/training/command/line-splitter.js'

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '한', '\n', '\r', '🙂') })
    fc.assert(
      fc.property(text, fc.array(fc.nat(60)), (whole, cuts) => {
        const bytes = Buffer.from(whole)
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
        const splitter = new LineSplitter()
        const lines = places.slice(1).flatMap((place, i) => splitter.take(bytes.subarray(places[i], place)))
        expect([...lines, ...splitter.end()]).toEqual(whole.split(/[\r\n]+/).filter((line) => line !== ''))
      }),
    )
  })

  it('drops a line that is too long, and goes on after it', () => {
    const splitter = new LineSplitter()
    const long = Buffer.alloc(300_000, 'x')
    const lines: string[] = []
    lines.push(...splitter.take(Buffer.from('first\n')))
    for (let i = 0; i < 20; i++) lines.push(...splitter.take(long))
    lines.push(...splitter.take(Buffer.from('\nlast')))
    expect([...lines, ...splitter.end()]).toEqual(['first', 'last'])
  })
})
