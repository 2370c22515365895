import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { InputError } from '@thresher/core'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import type { ByteReader } from './byte-reader.js'
import { fileError } from './file-error.js'

const STORED = 0
const DEFLATED = 8
const CHUNK = 1 << 20
const CONTROL = /\p{Cc}/u
/** Deflate cannot pack tighter than 258 bytes in 2 bits (RFC 1951), so a larger ratio is a lie. */
const LARGEST_RATIO = 1032

/** One file in a zip archive, its data located and its claims checked against the archive's size. */
export interface ZipEntry {
  /** Path of the archive. */
  archive: string
  /** Path inside the archive, with `/`. */
  name: string
  /** Bytes once unpacked, as declared. */
  size: number
  packedSize: number
  /** Where the packed bytes begin in the archive. */
  start: number
  method: number
  crc32: number
  encrypted: boolean
}

/**
 * Lists the files (not folders) of a zip archive in the archive's order.
 *
 * @throws InputError where the file is missing, is no zip archive, or its directory is damaged.
 */
export async function listZip(path: string): Promise<ZipEntry[]> {
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(path, { autoClose: false })
    const entries: ZipEntry[] = []
    for await (const entry of zip.eachEntry()) {
      if (CONTROL.test(entry.fileName)) throw new Error('a member has control characters in its name')
      if (!entry.fileName.endsWith('/')) entries.push(await locate(path, zip, entry))
    }
    return entries
  } catch (error) {
    throw zipError(path, error)
  } finally {
    zip?.close()
  }
}

async function locate(archive: string, zip: ZipFile, entry: Entry): Promise<ZipEntry> {
  // Fails where the packed bytes run past the end of the archive.
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  return {
    archive,
    name: entry.fileName,
    size: entry.uncompressedSize,
    packedSize: entry.compressedSize,
    start: fileDataStart,
    method: entry.compressionMethod,
    crc32: entry.crc32,
    encrypted: entry.isEncrypted(),
  }
}

/** Opens one file of an archive for reading in order; `end` compares size and CRC-32 with the archive's. */
export function openZipEntry(entry: ZipEntry): ByteReader {
  const where = `${entry.archive}: ${entry.name}`
  checkReadable(entry, where)
  const source = entry.packedSize === 0 ? undefined : openData(entry)
  const chunks = source?.[Symbol.asyncIterator]()
  let chunk: Uint8Array = new Uint8Array(0)
  let read = 0
  let checksum = 0

  /** Makes the next unpacked bytes current; false at the end. */
  async function pull(): Promise<boolean> {
    let next: IteratorResult<Uint8Array> | undefined
    try {
      next = await chunks?.next()
    } catch (error) {
      throw zipError(where, error)
    }
    if (next === undefined || next.done === true) return false
    chunk = next.value
    checksum = crc32(chunk, checksum)
    return true
  }

  async function consume(count: number, use?: (part: Uint8Array, offset: number) => void): Promise<void> {
    let done = 0
    while (done < count) {
      if (chunk.byteLength === 0 && !(await pull())) {
        throw new InputError(
          `${where} unpacks to ${read} bytes, not the ${entry.size} it declares. Save it again.`,
        )
      }
      const part = chunk.subarray(0, count - done)
      use?.(part, done)
      chunk = chunk.subarray(part.byteLength)
      done += part.byteLength
      read += part.byteLength
    }
  }

  return {
    fill: (target) => consume(target.byteLength, (part, offset) => target.set(part, offset)),
    skip: (count) => consume(count),
    async end() {
      while (chunk.byteLength === 0 && (await pull())) {
        // An empty chunk is no end.
      }
      if (chunk.byteLength > 0) {
        throw new InputError(
          `${where} unpacks to more than the ${entry.size} bytes it declares. Save it again.`,
        )
      }
      if (checksum !== entry.crc32) {
        throw new InputError(`${where} is damaged (its CRC-32 does not match). Copy or save the file again.`)
      }
    },
    async close() {
      source?.destroy()
    },
  }
}

/** Unpacks one file of an archive whole; check its size before. */
export async function readZipEntry(entry: ZipEntry): Promise<Uint8Array> {
  const reader = openZipEntry(entry)
  try {
    const bytes = new Uint8Array(entry.size)
    await reader.fill(bytes)
    await reader.end()
    return bytes
  } finally {
    await reader.close()
  }
}

function checkReadable(entry: ZipEntry, where: string): void {
  if (entry.encrypted) throw new InputError(`${where} is encrypted. Save the archive without a password.`)
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new InputError(`${where} is packed with zip method ${entry.method}. Save it stored or deflated.`)
  }
  const most = entry.method === STORED ? entry.packedSize : entry.packedSize * LARGEST_RATIO
  if (entry.size > most || (entry.method === STORED && entry.size !== entry.packedSize)) {
    throw new InputError(
      `${where} declares ${entry.size} bytes, but its ${entry.packedSize} packed bytes cannot hold them. Save it again.`,
    )
  }
}

function openData(entry: ZipEntry): Readable {
  const packed = createReadStream(entry.archive, {
    start: entry.start,
    end: entry.start + entry.packedSize - 1,
    highWaterMark: Math.min(CHUNK, entry.packedSize),
  })
  if (entry.method === STORED) {
    // The reader meets the error at its next read; without a listener it would end the process before.
    packed.on('error', () => {})
    return packed
  }
  const unpacked = createInflateRaw({ chunkSize: Math.max(64, Math.min(CHUNK, entry.size)) })
  // Errors of either stream reach the reader through the last one; nothing is left to do here.
  pipeline(packed, unpacked, () => {})
  return unpacked
}

function zipError(where: string, error: unknown): unknown {
  const known = fileError(where, error)
  if (known instanceof InputError || !(error instanceof Error)) return known
  const reason = error.message.replaceAll(/\s+/g, ' ').replace(/\.$/, '')
  return new InputError(`${where}: not a readable zip archive (${reason}). Copy or save the file again.`, {
    cause: error,
  })
}
