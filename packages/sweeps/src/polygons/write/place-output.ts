import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InputError } from '@thresher/core'
import { ZipFile } from 'yazl'
import type { OutputTarget } from './output-target.js'
import type { OutputFile } from './polygon-writer.js'

/** DOS time begins here; a fixed time keeps archives of the same data equal. */
const ARCHIVE_TIME = new Date(1980, 0, 1)
const CHUNK = 1 << 16

/**
 * Writes files to a target, which appears whole or not at all: all is written beside it first, then renamed.
 *
 * @returns The number of files.
 * @throws InputError where the place cannot be written; Error where the disk fails.
 */
export async function placeOutput(
  target: OutputTarget,
  files: Iterable<OutputFile>,
  signal?: AbortSignal,
): Promise<number> {
  const temporary = join(dirname(target.real), `.${basename(target.real)}.${randomUUID()}.tmp`)
  try {
    const count = await writeTo(temporary, target, files, signal)
    signal?.throwIfAborted()
    if (target.kind === 'folder') await replaceFolder(temporary, target)
    else await replaceFile(temporary, target)
    return count
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw writeError(target.path, error)
  }
}

async function writeTo(
  temporary: string,
  { kind, path }: OutputTarget,
  files: Iterable<OutputFile>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let count = 0
  if (kind === 'zip') {
    const zip = new ZipFile()
    for (const { name, chunks } of files) {
      signal?.throwIfAborted()
      const bytes = Buffer.from([...chunks].join(''))
      zip.addBuffer(bytes, name, { mtime: ARCHIVE_TIME, forceDosTimestamp: true, mode: 0o100644 })
      count++
    }
    zip.end()
    await pipeline(zip.outputStream, createWriteStream(temporary, { flags: 'wx' }), { signal })
    return count
  }
  if (kind === 'folder') await mkdir(temporary)
  for (const { name, chunks } of files) {
    signal?.throwIfAborted()
    if (kind === 'file' && count > 0) {
      throw new InputError(`${path}: this format has one file an image. Name a folder, or a .zip.`)
    }
    await writeFile(kind === 'folder' ? join(temporary, name) : temporary, chunks, signal)
    count++
  }
  if (kind === 'file' && count === 0) await writeFile(temporary, [], signal)
  return count
}

async function writeFile(
  path: string,
  chunks: Iterable<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    let pending = ''
    for (const chunk of chunks) {
      pending += chunk
      if (pending.length < CHUNK) continue
      signal?.throwIfAborted()
      await handle.writeFile(pending)
      pending = ''
    }
    await handle.writeFile(pending)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function replaceFile(temporary: string, { real, path, exists }: OutputTarget): Promise<void> {
  if (exists) return rename(temporary, real)
  try {
    // Unlike a rename, a link never replaces what came there meanwhile.
    await link(temporary, real)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw appeared(path)
    return rename(temporary, real)
  }
  await rm(temporary)
}

/** A folder is replaced only where it holds nothing but what a conversion may have left there. */
async function replaceFolder(temporary: string, { real, path, exists }: OutputTarget): Promise<void> {
  if (exists) {
    const other = (await readdir(real)).find((name) => !/^(gt|res)_.*\.txt$/s.test(name))
    if (other !== undefined) {
      throw new InputError(`${path}: also holds ${other}, which --force would delete. Name another folder.`)
    }
    const aside = `${temporary}.old`
    await rename(real, aside)
    try {
      await rename(temporary, real)
    } catch (error) {
      await rename(aside, real)
      throw error
    }
    return rm(aside, { recursive: true })
  }
  try {
    await rename(temporary, real)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') throw appeared(path)
    throw error
  }
}

function appeared(path: string): InputError {
  return new InputError(`${path}: is there already. Name another, or give --force to replace it.`)
}

function writeError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT')
    return new InputError(`${path}: its folder does not exist. Make ${dirname(path)} first.`)
  if (code === 'ENOTDIR')
    return new InputError(`${path}: ${dirname(path)} is not a folder. Name another place.`)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new InputError(
      `${path}: may not be written. Name another place, or allow this user to write there.`,
    )
  }
  const reason = code === 'ENOSPC' ? 'no space left on the device' : String(code)
  return new Error(`${path}: ${reason}; nothing was written`, { cause: error })
}
