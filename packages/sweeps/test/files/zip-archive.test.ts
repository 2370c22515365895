import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listZip, readZipEntry } from '../../src/files/zip-archive.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { zipBytes } from '../support/zip-bytes.js'

const CENTRAL = Buffer.from('PK\x01\x02', 'latin1')
const LOCAL = Buffer.from('PK\x03\x04', 'latin1')

describe('zip archives', () => {
  const folder = temporaryFolder()
  const text = 'a line that repeats\n'.repeat(200_000)

  async function readAll(path: string): Promise<Record<string, string>> {
    const contents: Record<string, string> = {}
    for (const entry of await listZip(path))
      contents[entry.name] = Buffer.from(await readZipEntry(entry)).toString()
    return contents
  }

  /** An archive with one field of its only member's central header overwritten. */
  async function forged(
    name: string,
    change: (zip: Buffer, central: number, local: number) => void,
    compress = true,
  ) {
    const zip = await zipBytes({ 'member.txt': 'hello '.repeat(50) }, compress)
    change(zip, zip.indexOf(CENTRAL), zip.indexOf(LOCAL))
    return folder.write(name, zip)
  }

  it.each([true, false])('reads what was packed (deflated: %s)', async (compress) => {
    const path = folder.write(
      'good.zip',
      await zipBytes({ 'b/2.txt': text, 'empty.txt': '', 'a.txt': 'é' }, compress),
    )
    expect(await readAll(path)).toEqual({ 'b/2.txt': text, 'empty.txt': '', 'a.txt': 'é' })
  })

  it.each([
    ['is encrypted', (zip: Buffer, central: number) => zip.writeUInt16LE(1, central + 8)],
    ['is packed with zip method 12', (zip: Buffer, central: number) => zip.writeUInt16LE(12, central + 10)],
    ['its CRC-32 does not match', (zip: Buffer, central: number) => zip.writeUInt32LE(1, central + 16)],
    [
      'unpacks to more than the 299 bytes',
      (zip: Buffer, central: number) => zip.writeUInt32LE(299, central + 24),
    ],
    [
      'unpacks to 300 bytes, not the 301',
      (zip: Buffer, central: number) => zip.writeUInt32LE(301, central + 24),
    ],
    ['cannot hold them', (zip: Buffer, central: number) => zip.writeUInt32LE(0x7fffffff, central + 24)],
    ['overflows file bounds', (zip: Buffer, central: number) => zip.writeUInt32LE(0x7fffffff, central + 20)],
    ['not a readable zip archive', (zip: Buffer, _: number, local: number) => zip.writeUInt8(0, local)],
    [
      'not a readable zip archive',
      (zip: Buffer, _: number, local: number) => zip.fill(0xff, local + 42, local + 50),
    ],
  ])('says that a member %s', async (message, change) => {
    const path = await forged('forged.zip', change)
    expect(await failure(() => readAll(path))).toContain(message)
  })

  it('notices a stored member whose two sizes differ', async () => {
    const path = await forged('stored.zip', (zip, central) => zip.writeUInt32LE(299, central + 24), false)
    expect(await failure(() => readAll(path))).toContain('stored.zip')
  })

  it('notices a file that is cut short or no archive at all', async () => {
    const zip = await zipBytes({ 'a.txt': text })
    for (const length of [0, 1, 21, zip.length - 30, zip.length - 1]) {
      const path = folder.write('cut.zip', zip.subarray(0, length))
      expect(await failure(() => readAll(path))).toContain('cut.zip: not a readable zip archive')
    }
  })

  it('notices a file that shrinks or vanishes between listing and reading', async () => {
    const path = folder.write('shrinking.zip', await zipBytes({ 'a.txt': text, 'b.txt': text }, false))
    const entries = await listZip(path)
    writeFileSync(path, '')
    expect(await failure(() => readZipEntry(entries[0]!))).toContain('a.txt unpacks to 0 bytes')
    expect(await failure(() => readZipEntry({ ...entries[0]!, archive: `${path}.gone` }))).toContain(
      'no such file',
    )
  })

  it('does not leave the archive for names that point outside', async () => {
    const zip = await zipBytes({ 'aa/member.txt': 'x' })
    for (let at = zip.indexOf('aa/member'); at >= 0; at = zip.indexOf('aa/member')) zip.write('../member', at)
    const path = folder.write('outside.zip', zip)
    expect(await failure(() => listZip(path))).toContain('invalid relative path')
  })
})
