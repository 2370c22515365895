import { unlinkSync } from 'node:fs'
import { type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { InputError } from '@thresher/core'

const unfinished = new Set<string>()
let watchingExit = false

/** A file that appears whole, at commit(), or not at all. */
export interface ReplacementFile {
  write(text: string): Promise<void>
  commit(): Promise<void>
  /** Drops what was written. Does nothing after commit(). */
  discard(): Promise<void>
}

/**
 * Opens a temporary file beside `path`, to be renamed over it. Devices and pipes are written directly. Throws
 * InputError where the path cannot be written at all, so a command may open its output before hours of work.
 */
export async function openReplacement(path: string): Promise<ReplacementFile> {
  const existing = await stat(path).catch(() => undefined)
  if (existing?.isDirectory()) throw new InputError(`${path}: is a folder. Name a file.`)
  if (existing && !existing.isFile()) return directFile(path, await openForWriting(path, path, 'w'))
  const target = existing ? await realpath(path) : path
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  const handle = await openForWriting(path, temporary, 'wx', existing?.mode)
  removeAtExit(temporary)
  return temporaryFile(path, target, temporary, handle)
}

function temporaryFile(path: string, target: string, temporary: string, handle: FileHandle): ReplacementFile {
  let open = true
  const discard = async () => {
    if (!open) return
    open = false
    await handle.close().catch(() => undefined)
    await unlink(temporary).catch(() => undefined)
    unfinished.delete(temporary)
  }
  return {
    discard,
    write: (text) =>
      handle.writeFile(text).catch((error: NodeJS.ErrnoException) => discard().then(() => fail(path, error))),
    async commit() {
      try {
        await handle.sync()
        await handle.close()
        await rename(temporary, target)
        open = false
        unfinished.delete(temporary)
      } catch (error) {
        await discard()
        fail(path, error as NodeJS.ErrnoException)
      }
    },
  }
}

function directFile(path: string, handle: FileHandle): ReplacementFile {
  const close = () => handle.close().catch(() => undefined)
  return {
    write: (text) => handle.writeFile(text).catch((error) => fail(path, error)),
    commit: close,
    discard: close,
  }
}

async function openForWriting(path: string, file: string, flags: string, mode = 0o666): Promise<FileHandle> {
  try {
    return await open(file, flags, mode)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') {
      await unlink(file)
      return open(file, flags, mode)
    }
    if (code === 'ENOENT')
      throw new InputError(`${path}: its folder does not exist. Make ${dirname(path)} first.`)
    if (code === 'ENOTDIR')
      throw new InputError(`${path}: ${dirname(path)} is not a folder. Name another file.`)
    throw new InputError(
      `${path}: cannot be written (${describe(code)}). Name another file, or free the folder.`,
    )
  }
}

function fail(path: string, error: NodeJS.ErrnoException): never {
  throw new Error(`${path}: ${describe(error.code)}; nothing was written`, { cause: error })
}

function describe(code: string | undefined): string {
  const words: Readonly<Record<string, string>> = {
    ENOSPC: 'no space left on the device',
    EDQUOT: 'the disk quota is used up',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    EFBIG: 'the file would be too large',
  }
  return words[code ?? ''] ?? code ?? 'unknown failure'
}

function removeAtExit(temporary: string): void {
  unfinished.add(temporary)
  if (watchingExit) return
  watchingExit = true
  process.once('exit', () => {
    for (const file of unfinished) {
      try {
        unlinkSync(file)
      } catch {
        // Nothing is left to do for it, and nobody left to tell.
      }
    }
  })
}
