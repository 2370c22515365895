import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InputError } from '@thresher/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openReplacement } from '../../src/output/replace-file.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thresher-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('openReplacement', () => {
  test('the file appears at commit, whole', async () => {
    const path = join(folder, 'out.json')
    const file = await openReplacement(path)
    await file.write('one')
    await file.write('two')
    expect(await readdir(folder)).not.toContain('out.json')
    await file.commit()
    expect(await readFile(path, 'utf8')).toBe('onetwo')
    expect(await readdir(folder)).toEqual(['out.json'])
  })

  test('discard leaves the old file and nothing else', async () => {
    const path = join(folder, 'out.json')
    await writeFile(path, 'old')
    const file = await openReplacement(path)
    await file.write('half')
    await file.discard()
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['out.json'])
  })

  test('follows a symbolic link to the file behind it', async () => {
    const [path, link] = [join(folder, 'out.json'), join(folder, 'link.json')]
    await writeFile(path, 'old')
    await symlink(path, link)
    const file = await openReplacement(link)
    await file.write('new')
    await file.commit()
    expect(await readFile(path, 'utf8')).toBe('new')
  })

  test('a device is written to, not replaced', async () => {
    const file = await openReplacement('/dev/null')
    await file.write('gone')
    await file.commit()
    expect(await readFile('/dev/null', 'utf8')).toBe('')
  })

  test('a full disk is a failure that leaves nothing', async () => {
    const file = await openReplacement('/dev/full')
    await expect(file.write('x'.repeat(10_000))).rejects.toThrow(
      '/dev/full: no space left on the device; nothing was written',
    )
  })

  test('says before any work what cannot be written', async () => {
    await expect(openReplacement(join(folder, 'no', 'out.json'))).rejects.toThrow(
      /its folder does not exist\. Make .*no first\./,
    )
    await mkdir(join(folder, 'taken'))
    await expect(openReplacement(join(folder, 'taken'))).rejects.toThrow(/is a folder\. Name a file\./)
    await expect(openReplacement(join(folder, 'no', 'out.json'))).rejects.toBeInstanceOf(InputError)
  })
})
