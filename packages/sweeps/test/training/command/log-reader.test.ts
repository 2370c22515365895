import { appendFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricRow } from '../../../src/training/command/metric-row.js'
import { openReader } from '../../../src/training/command/open-reader.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const plain = (rows: readonly MetricRow[]) =>
  rows.map(({ epoch, metrics }) => ({
    ...(epoch === undefined ? {} : { epoch }),
    ...Object.fromEntries(metrics),
  }))

describe('a CSV log', () => {
  const { path, write } = temporaryFolder()
  const open = (name: string, folders = [path]) =>
    openReader({ kind: 'file', path: name, format: 'csv' }, folders)

  it('is followed from when it is there, row by row', async () => {
    const reader = await open('grows.csv')
    expect(await reader.poll(false)).toEqual([])
    const file = write('grows.csv', 'epoch,hmean\n0,0.5\n1,0.')
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 0, hmean: 0.5 }])
    await appendFile(file, '75\n')
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 1, hmean: 0.75 }])
    expect(await reader.poll(false)).toEqual([])
    await appendFile(file, '2,0.8')
    expect(plain(await reader.poll(true))).toEqual([{ epoch: 2, hmean: 0.8 }])
  })

  it('may leave most cells blank, and is written anew where a column is added', async () => {
    const reader = await open('lightning.csv')
    const file = write('lightning.csv', 'epoch,step,train_loss\n0,49,1.5\n')
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 0, train_loss: 1.5 }])
    await writeFile(file, 'epoch,step,train_loss,val/hmean\n0,49,1.5,\n0,49,,0.5\n')
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 0, 'val/hmean': 0.5 }])
    const next = write(
      'next.csv',
      'epoch,step,train_loss,val/hmean,lr\n0,49,1.5,,\n0,49,,0.5,\n1,99,,0.6,1e-3\n',
    )
    await rename(next, file)
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 1, 'val/hmean': 0.6, lr: 0.001 }])
  })

  it('of an earlier run is appended to', async () => {
    const file = write('kept.csv', 'epoch,hmean\n0,0.1\n1,0.2\n')
    const reader = await open('kept.csv')
    expect(await reader.poll(false)).toEqual([])
    await appendFile(file, '0,0.5\n')
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 0, hmean: 0.5 }])
  })

  it('of an earlier run is left alone, or is replaced', async () => {
    const file = write('replaced.csv', 'epoch,hmean\n0,0.1\n1,0.2\n')
    const reader = await open('replaced.csv')
    expect(await reader.poll(true)).toEqual([])
    await writeFile(file, 'epoch,hmean\n0,0.7\n')
    expect(plain(await reader.poll(true))).toEqual([{ epoch: 0, hmean: 0.7 }])
  })

  it("is looked for in the run's folder first, and by a pattern", async () => {
    const folders = [join(path, 'run'), path]
    const reader = await open('logs/version_*/metrics.csv', folders)
    write('logs/version_0/metrics.csv', 'hmean\n0.1\n')
    expect(plain(await reader.poll(false))).toEqual([{ hmean: 0.1 }])
    write('run/logs/version_3/metrics.csv', 'hmean\n0.2\n')
    expect(plain(await reader.poll(true))).toEqual([{ hmean: 0.2 }])
  })

  it('has quotes, CRLF and words that are no numbers', async () => {
    const reader = await open('odd.csv')
    write('odd.csv', '"epoch","a ""b"", c",note\r\n1,"0.5","two\nlines"\r\n2,nan,x\r\n3,-inf,\r\n')
    expect(plain(await reader.poll(true))).toEqual([
      { epoch: 1, 'a "b", c': 0.5 },
      { epoch: 2, 'a "b", c': Number.NaN },
      { epoch: 3, 'a "b", c': Number.NEGATIVE_INFINITY },
    ])
  })

  it('gives each row once, wherever it is cut while it grows', async () => {
    let file = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(200), { maxLength: 6 }),
        fc.integer({ min: 1, max: 12 }),
        async (cuts, count) => {
          const name = `cut-${file++}.csv`
          const rows = Array.from({ length: count }, (_, epoch) => ({ epoch, m: epoch / 8 }))
          const bytes = Buffer.from(`epoch,m\n${rows.map(({ epoch, m }) => `${epoch},${m}\n`).join('')}`)
          const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
          const reader = await open(name)
          const seen: MetricRow[] = []
          for (const place of places) {
            write(name, bytes.subarray(0, place))
            seen.push(...(await reader.poll(place === bytes.length)))
          }
          expect(plain(seen)).toEqual(rows)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('a CSV log that is written whole at each epoch', () => {
  const { path, write } = temporaryFolder()

  it('gives each row once, whatever of it is there when it is looked at', async () => {
    let file = 0
    const saves = fc.array(fc.record({ cut: fc.nat(400), wider: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(saves, async (list) => {
        const name = `whole-${file++}.csv`
        const reader = await openReader({ kind: 'file', path: name, format: 'csv' }, [path])
        const seen: MetricRow[] = []
        const columns = ['epoch', 'm']
        for (const [epoch, { cut, wider }] of list.entries()) {
          if (wider) columns.push(`extra_${epoch}`)
          const rows = Array.from({ length: epoch + 1 }, (_, i) =>
            columns.map((_, c) => [i, i / 8][c] ?? '').join(),
          )
          const bytes = Buffer.from(`${[columns.join(), ...rows].join('\n')}\n`)
          write(name, bytes.subarray(0, cut % bytes.length))
          seen.push(...(await reader.poll(false)))
          write(name, bytes)
          seen.push(...(await reader.poll(epoch === list.length - 1)))
        }
        expect(plain(seen)).toEqual(list.map((_, epoch) => ({ epoch, m: epoch / 8 })))
      }),
      { numRuns: 40 },
    )
  })
})

describe('a JSON Lines log', () => {
  const { path, write } = temporaryFolder()

  it('is followed, garbage and all', async () => {
    const reader = await openReader({ kind: 'file', path: 'log.jsonl', format: 'jsonl' }, [path])
    const file = write('log.jsonl', '{"epoch": 0, "m": 0.5}\n# a comment\n{"epoch": 1, "m"')
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 0, m: 0.5 }])
    await appendFile(file, ': Infinity}\n')
    expect(plain(await reader.poll(true))).toEqual([{ epoch: 1, m: Number.POSITIVE_INFINITY }])
  })
})

describe('trainer_state.json', () => {
  const { path, write } = temporaryFolder()
  const state = (...history: object[]) => JSON.stringify({ epoch: 1, log_history: history })
  const first = { epoch: 0.5, loss: 1.5, step: 10 }
  const second = { epoch: 1, eval_hmean: 0.5, step: 20 }

  it('gives the entries that are new, also where it is half written', async () => {
    const source = { kind: 'file', path: 'checkpoint-*/trainer_state.json', format: 'trainer-state' } as const
    const reader = await openReader(source, [path])
    expect(await reader.poll(false)).toEqual([])
    write('checkpoint-10/trainer_state.json', state(first))
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 0.5, loss: 1.5 }])
    write('checkpoint-20/trainer_state.json', state(first, second).slice(0, 40))
    expect(await reader.poll(false)).toEqual([])
    write('checkpoint-20/trainer_state.json', state(first, second))
    expect(plain(await reader.poll(false))).toEqual([{ epoch: 1, eval_hmean: 0.5 }])
    expect(await reader.poll(true)).toEqual([])
  })

  it('that is none is an error, with its name', async () => {
    const reader = await openReader({ kind: 'file', path: 'x.json', format: 'trainer-state' }, [path])
    write('x.json', '{"a": 1}')
    await expect(reader.poll(false)).rejects.toThrow(/x\.json: has no list log_history/)
    write('x.json', '{"a"')
    await expect(reader.poll(true)).rejects.toThrow(/x\.json: cannot be read as JSON/)
  })
})
