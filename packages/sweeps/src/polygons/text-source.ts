import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { InputError } from '@thresher/core'
import { fileError } from '../files/file-error.js'
import { listFiles } from '../files/list-files.js'
import { compareNatural } from '../files/natural-order.js'
import { checkTextSize, decodeText, readText, type Text } from '../files/read-text.js'
import { listZip, readZipEntry } from '../files/zip-archive.js'

/** A text file, wherever it lies. */
export interface TextFile extends Text {
  /** For messages: the path, or `archive.zip/member.txt`. */
  path: string
  /** File name without folders. */
  name: string
}

/** Unpacked bytes that one archive may hold: far above any data set, and below what fills a machine. */
const LARGEST_ARCHIVE = 2 ** 31

/**
 * The text files of a folder (sub-folders included), of a zip archive, or the one file, in natural order.
 *
 * In folders and archives only files with one of `extensions` (lower case, with the dot) count.
 */
export async function* readTextFiles(path: string, extensions: readonly string[]): AsyncGenerator<TextFile> {
  const kind = await kindOf(path)
  if (kind === 'zip') yield* readZip(path, extensions)
  else {
    const files = kind === 'file' ? [path] : await listFiles(path, extensions)
    if (files.length === 0) throw nothingIn(path, extensions)
    for (const file of files) yield { path: file, name: basename(file), ...(await readText(file)) }
  }
}

async function kindOf(path: string): Promise<'folder' | 'zip' | 'file'> {
  try {
    if ((await stat(path)).isDirectory()) return 'folder'
  } catch (error) {
    throw fileError(path, error)
  }
  return extname(path).toLowerCase() === '.zip' ? 'zip' : 'file'
}

async function* readZip(path: string, extensions: readonly string[]): AsyncGenerator<TextFile> {
  const entries = (await listZip(path)).filter(({ name }) => {
    // Archives made on a Mac carry a shadow of every file in __MACOSX/ and ._ names.
    const hidden = name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')
    return !hidden && extensions.includes(extname(name).toLowerCase())
  })
  if (entries.length === 0) throw nothingIn(path, extensions)
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (total > LARGEST_ARCHIVE) {
    throw new InputError(
      `${path}: ${total} bytes once unpacked; at most ${LARGEST_ARCHIVE} are read. Split it.`,
    )
  }
  for (const entry of entries.toSorted((a, b) => compareNatural(a.name, b.name))) {
    const where = `${path}/${entry.name}`
    checkTextSize(where, entry.size)
    const text = decodeText(where, await readZipEntry(entry))
    yield { path: where, name: basename(entry.name), ...text }
  }
}

function nothingIn(path: string, extensions: readonly string[]): InputError {
  return new InputError(`${path}: no ${extensions.join(' or ')} file in it. Check the path.`)
}
