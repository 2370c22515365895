import { appendFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricRow } from '../../../../src/training/command/metric-row.js'
import { openReader } from '../../../../src/training/command/open-reader.js'
import { crc32c } from '../../../../src/training/command/tensorboard/crc32c.js'
import { RecordFrames } from '../../../../src/training/command/tensorboard/record-frames.js'
import { scalarsOf } from '../../../../src/training/command/tensorboard/scalar-event.js'
import { temporaryFolder } from '../../../support/temporary-folder.js'
import { bytesField, event, record, simple, summary, tensor, varint } from './event-bytes.js'

const float = (...values: number[]) => Buffer.from(new Float32Array(values).buffer)
const double = (...values: number[]) => Buffer.from(new Float64Array(values).buffer)
const scalars = (...values: Buffer[]) => Object.fromEntries(scalarsOf(event(summary(...values))))

describe('crc32c', () => {
  it('gives the check value of the polynomial', () => {
    // The "check" of CRC-32/ISCSI in the catalogue of G. Cook.
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  })
})

describe('scalarsOf', () => {
  it('takes simple values and tensors of one number', () => {
    expect(scalars(simple('val/hmean', 0.5), simple('loss', Number.NaN))).toEqual({
      'val/hmean': 0.5,
      loss: Number.NaN,
    })
    expect(scalars(tensor('float', 1, 4, float(0.25)), tensor('double', 2, 4, double(0.1)))).toEqual({
      float: 0.25,
      double: 0.1,
    })
    expect(scalars(tensor('listed', 1, 5, float(1.5)), tensor('doubles', 2, 6, double(2.5)))).toEqual({
      listed: 1.5,
      doubles: 2.5,
    })
    expect(scalars(tensor('int', 3, 7, varint(-7)), tensor('long', 9, 10, varint(1n << 40n)))).toEqual({
      int: -7,
      long: 2 ** 40,
    })
  })

  it('leaves images, histograms, texts and tensors of many numbers out', () => {
    const image = Buffer.concat([bytesField(1, 'image'), bytesField(4, 'png')])
    const many = tensor('many', 1, 4, float(1, 2))
    const listed = tensor('listed', 1, 5, float(1, 2))
    const ints = tensor('ints', 3, 7, Buffer.concat([varint(1), varint(2)]))
    expect(scalars(image, many, listed, ints, tensor('text', 7, 8, Buffer.from('x')))).toEqual({})
  })

  it('of bytes that are no message is an error, never more', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          scalarsOf(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})

describe('RecordFrames', () => {
  const data = ['', 'a', 'two words', 'x'.repeat(300)].map((text) => Buffer.from(text))
  const file = Buffer.concat(data.map(record))

  it('gives the records however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(file.length)), (cuts) => {
        const places = [0, ...cuts, file.length].sort((a, b) => a - b)
        const frames = new RecordFrames()
        const records = places.slice(1).flatMap((place, i) => frames.take(file.subarray(places[i], place)))
        expect(records.map(String)).toEqual(data.map(String))
      }),
    )
  })

  it('notices any byte that is wrong', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const spoilt = Buffer.from(file)
        spoilt[place]! ^= change
        expect(() => new RecordFrames().take(spoilt)).toThrow(/does not fit its checksum/)
      }),
    )
  })
})

describe('event files', () => {
  const { path, write } = temporaryFolder()
  const version = record(bytesField(3, 'brain.Event:2'))
  const row = (epoch: number, hmean: number) => record(event(summary(simple('val/hmean', hmean)), epoch))
  const values = (rows: readonly MetricRow[]) => rows.map(({ metrics }) => metrics.get('val/hmean'))

  it('are followed in the folder and those in it', async () => {
    const reader = await openReader({ kind: 'tensorboard', path: 'runs' }, [path])
    expect(await reader.poll(false)).toEqual([])
    const file = write(
      'runs/events.out.tfevents.1.host',
      Buffer.concat([version, row(0, 0.5), row(1, 0.75).subarray(0, 20)]),
    )
    expect(values(await reader.poll(false))).toEqual([0.5])
    await appendFile(file, row(1, 0.75).subarray(20))
    expect(values(await reader.poll(false))).toEqual([0.75])
    write('runs/val/events.out.tfevents.2.host', Buffer.concat([version, row(2, 0.875)]))
    expect(values(await reader.poll(true))).toEqual([0.875])
  })

  it('that are damaged are named', async () => {
    const reader = await openReader({ kind: 'tensorboard', path: 'bad' }, [path])
    write('bad/events.out.tfevents.1.host', Buffer.concat([version, Buffer.alloc(64, 'x')]))
    await expect(reader.poll(false)).rejects.toThrow(/tfevents\.1\.host: the record at byte \d+ does not fit/)
  })
})
