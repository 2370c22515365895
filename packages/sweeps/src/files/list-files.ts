import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileError } from './file-error.js'
import { compareNatural } from './natural-order.js'

/**
 * The files under `folder` whose extension is one of `extensions` (lower case, with the dot), sub-folders
 * included, in natural order.
 *
 * Names that begin with a dot are skipped, as are other extensions. Symbolic links are followed; a folder that
 * links back to one of its parents is visited once.
 */
export async function listFiles(folder: string, extensions: readonly string[]): Promise<string[]> {
  const found: string[] = []
  await visit(folder, new Set())
  return found

  async function visit(path: string, parents: ReadonlySet<string>): Promise<void> {
    const here = await guarded(path, () => realpath(path))
    if (parents.has(here)) return
    const within = new Set(parents).add(here)
    const items = await guarded(path, () => readdir(path, { withFileTypes: true }))
    for (const item of items.toSorted((a, b) => compareNatural(a.name, b.name))) {
      if (item.name.startsWith('.')) continue
      const child = join(path, item.name)
      const wanted = extensions.includes(extname(item.name).toLowerCase())
      const kind = await kindOf(child, item, wanted)
      if (kind === 'folder') await visit(child, within)
      else if (kind === 'file' && wanted) found.push(child)
    }
  }
}

async function kindOf(path: string, item: Dirent, wanted: boolean): Promise<'file' | 'folder' | 'other'> {
  if (item.isDirectory()) return 'folder'
  if (item.isFile()) return 'file'
  if (!item.isSymbolicLink()) return 'other'
  try {
    const target = await stat(path)
    return target.isDirectory() ? 'folder' : target.isFile() ? 'file' : 'other'
  } catch (error) {
    // A dangling link to something that would not be read anyway is no reason to stop.
    if (!wanted) return 'other'
    throw fileError(path, error)
  }
}

async function guarded<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw fileError(path, error)
  }
}
