import { realpath, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { InputError } from '@thresher/core'
import { fileError } from '../../files/file-error.js'
import type { PolygonWriter } from './polygon-writer.js'

/** Where a set goes: all of its files into a folder or an archive, or its only file. */
export interface OutputTarget {
  kind: 'folder' | 'zip' | 'file'
  /** As the user gave it, for messages. */
  path: string
  /** What is written or replaced: symbolic links followed. */
  real: string
  exists: boolean
}

/**
 * Decides by the extension how a set is written: `.zip` is an archive; a set of one file is that file; a set of many
 * is a folder, or the one file if `path` ends in `.txt`.
 *
 * @throws InputError where something is there already, unless `force`, or is of the wrong kind.
 */
export async function outputTarget(
  path: string,
  writer: PolygonWriter,
  force: boolean,
): Promise<OutputTarget> {
  const kind = kindOf(path, writer)
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw fileError(path, error)
  })
  if (found === undefined) return { kind, path, real: path, exists: false }
  if (found.isDirectory() !== (kind === 'folder')) {
    const mend =
      kind === 'folder'
        ? 'Name a new folder, or a .zip'
        : `Name a file, such as ${join(path, writer.single ?? 'gt_img_1.txt')}`
    throw new InputError(`${path}: is ${found.isDirectory() ? 'a folder' : 'a file'}. ${mend}.`)
  }
  if (!force) throw new InputError(`${path}: is there already. Name another, or give --force to replace it.`)
  return { kind, path, real: await realpath(path), exists: true }
}

function kindOf(path: string, { single }: PolygonWriter): OutputTarget['kind'] {
  const extension = extname(path).toLowerCase()
  if (extension === '.zip') return 'zip'
  return single !== undefined || extension === '.txt' ? 'file' : 'folder'
}
