import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '@thresher/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { type CompactTallies, compactTallies } from '../../src/thresholds/compact-tallies.js'
import { TallyFile } from '../../src/thresholds/tally-file.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
let count = 0
let path: string
beforeEach(() => {
  path = join(folder.path, `${count++}.tallies`)
})

const IDENTITY = { settings: 'a', groundTruth: 'b', maps: 'c' }
const tallies = (first: number): CompactTallies =>
  compactTallies({
    levels: 2,
    recallHits: Float64Array.of(first, -1.5),
    recallTotal: Float64Array.of(first + 1, 4),
    precisionHits: Float64Array.of(first, 0.1),
    precisionTotal: Float64Array.of(first + 2, 9),
  })
const reopened = () => TallyFile.open(path, IDENTITY)

async function write(...positions: number[]): Promise<void> {
  const file = await reopened()
  for (const position of positions) await file.add(0, position, tallies(position))
  await file.close()
}

describe('TallyFile', () => {
  test('gives back what was added, by round and position', async () => {
    const file = await reopened()
    await Promise.all([file.add(0, 3, tallies(30)), file.add(1, 3, tallies(31)), file.add(0, 1, tallies(10))])
    await file.close()
    const again = await reopened()
    expect(again.tallies(0, 3)).toEqual(tallies(30))
    expect(again.tallies(1, 3)).toEqual(tallies(31))
    expect(again.tallies(0, 1)).toEqual(tallies(10))
    expect(again.tallies(0, 2)).toBeUndefined()
    await again.close()
  })

  test('wherever writing was cut off, whole records are there and more can be added', async () => {
    await write(1, 2)
    const whole = await readFile(path)
    const header = whole.indexOf('\n') + 1
    const record = (whole.length - header) / 2
    for (const length of [0, 1, header - 1, header, header + 1, header + record, whole.length - 1]) {
      await writeFile(path, whole)
      await truncate(path, length)
      const file = await reopened()
      expect(file.tallies(0, 1), `cut at ${length}`).toEqual(
        length < header + record ? undefined : tallies(1),
      )
      expect(file.tallies(0, 2)).toBeUndefined()
      await file.add(0, 2, tallies(2))
      await file.close()
      const again = await reopened()
      expect(again.tallies(0, 2)).toEqual(tallies(2))
      await again.close()
    }
  })

  test('a damaged record and what follows it are done again', async () => {
    await write(1, 2)
    const bytes = await readFile(path)
    bytes[bytes.length - 3] = bytes[bytes.length - 3]! ^ 1
    await writeFile(path, bytes)
    const file = await reopened()
    expect(file.tallies(0, 1)).toEqual(tallies(1))
    expect(file.tallies(0, 2)).toBeUndefined()
    await file.close()
  })

  test.each([
    [{ settings: 'x' }, 'the grid, the baseline, the mode or the protocol'],
    [{ groundTruth: 'x' }, 'the ground truth'],
    [{ maps: 'x' }, 'the maps or their sizes'],
  ])('refuses tallies of another sweep: %j', async (change, what) => {
    await write(1)
    const opened = TallyFile.open(path, { ...IDENTITY, ...change })
    await expect(opened).rejects.toThrow(`${path}: is of a sweep that differs in ${what}. Remove it`)
    await expect(opened).rejects.toBeInstanceOf(InputError)
  })

  test.each(['{}', 'no json\n', '{"kind":"other"}\n', '\n\n'])(
    'refuses what is something else: %j',
    async (text) => {
      await writeFile(path, `${text}${'x'.repeat(300)}\n`)
      await expect(reopened()).rejects.toThrow(`${path}: holds no tallies of a sweep.`)
      expect(await readFile(path, 'utf8')).toBe(`${text}${'x'.repeat(300)}\n`)
    },
  )

  test('refuses what an earlier version wrote, and leaves it as it is', async () => {
    const text = `${JSON.stringify({ kind: 'thresher tallies 1', ...IDENTITY })}\n${'x'.repeat(300)}`
    await writeFile(path, text)
    await expect(reopened()).rejects.toThrow(`${path}: was written by an earlier version`)
    await expect(reopened()).rejects.toBeInstanceOf(InputError)
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  test('names a folder that is not there', async () => {
    await expect(TallyFile.open(join(folder.path, 'no', 'file'), IDENTITY)).rejects.toThrow(
      /no such file or folder/,
    )
  })
})
