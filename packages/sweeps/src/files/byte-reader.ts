import { type FileHandle, open } from 'node:fs/promises'
import { InputError } from '@thresher/core'
import { fileError } from './file-error.js'

/** Bytes in order, from a file or out of an archive. */
export interface ByteReader {
  /** Fills the whole of `target`; an InputError where the bytes end before. */
  fill(target: Uint8Array): Promise<void>
  /** Passes over `count` bytes. */
  skip(count: number): Promise<void>
  /** Checks that everything was read and that it is what the container promised (size, checksum). */
  end(): Promise<void>
  /** Gives the file back; safe to call twice. */
  close(): Promise<void>
}

/** Reads a file by position, from byte `start` on. */
export async function openFileReader(path: string, start = 0): Promise<ByteReader> {
  const handle = await openInput(path)
  let position = start
  let closed = false
  return {
    async fill(target) {
      await fillAt(handle, path, target, position)
      position += target.byteLength
    },
    async skip(count) {
      position += count
    },
    async end() {
      // A plain file carries no checksum.
    },
    async close() {
      if (closed) return
      closed = true
      await handle.close()
    },
  }
}

/** Opens a file for reading; an InputError naming it where that fails. */
export async function openInput(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    throw fileError(path, error)
  }
}

/** Fills `target` from `position` of an open file; an InputError where the file ends before. */
export async function fillAt(
  handle: FileHandle,
  path: string,
  target: Uint8Array,
  position: number,
): Promise<void> {
  let done = 0
  while (done < target.byteLength) {
    const read = await readAt(handle, path, target, done, position + done)
    if (read === 0) {
      throw new InputError(
        `${path}: ends at byte ${position + done}, before its contents do. Copy the file again.`,
      )
    }
    done += read
  }
}

async function readAt(
  handle: FileHandle,
  path: string,
  target: Uint8Array,
  offset: number,
  position: number,
): Promise<number> {
  // One read call moves less than 2 GiB on every platform.
  const length = Math.min(target.byteLength - offset, 1 << 30)
  try {
    return (await handle.read(target, offset, length, position)).bytesRead
  } catch (error) {
    throw fileError(path, error)
  }
}
