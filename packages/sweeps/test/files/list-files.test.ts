import { mkdirSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../../src/files/list-files.js'
import { failure } from '../support/failure.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('listFiles', () => {
  const folder = temporaryFolder()

  it('goes into sub-folders in natural order and leaves the rest alone', async () => {
    for (const name of [
      'm/10.npy',
      'm/9.npy',
      'm/9a/2.NPZ',
      'm/readme.txt',
      'm/.hidden.npy',
      'm/.git/1.npy',
    ]) {
      folder.write(name, '')
    }
    mkdirSync(join(folder.path, 'm/looks-like.npy'))
    const found = await listFiles(join(folder.path, 'm'), ['.npy', '.npz'])
    expect(found.map((file) => relative(folder.path, file))).toEqual(['m/9.npy', 'm/9a/2.NPZ', 'm/10.npy'])
  })

  it('follows links and survives a link to a parent', async () => {
    folder.write('links/a/1.npy', '')
    folder.write('elsewhere/2.npy', '')
    symlinkSync(join(folder.path, 'links'), join(folder.path, 'links/a/up'))
    symlinkSync(join(folder.path, 'elsewhere'), join(folder.path, 'links/b'))
    symlinkSync(join(folder.path, 'elsewhere/2.npy'), join(folder.path, 'links/c.npy'))
    symlinkSync(join(folder.path, 'nowhere'), join(folder.path, 'links/dangling'))
    const found = await listFiles(join(folder.path, 'links'), ['.npy'])
    expect(found.map((file) => relative(folder.path, file))).toEqual([
      'links/a/1.npy',
      'links/b/2.npy',
      'links/c.npy',
    ])
  })

  it('names a dangling link that was wanted', async () => {
    mkdirSync(join(folder.path, 'broken'))
    symlinkSync(join(folder.path, 'nowhere'), join(folder.path, 'broken/1.npy'))
    expect(await failure(() => listFiles(join(folder.path, 'broken'), ['.npy']))).toBe(
      `${folder.path}/broken/1.npy: no such file or folder. Check the path.`,
    )
  })
})
