import { InputError } from '@thresher/core'
import { fillAt, openInput } from './byte-reader.js'

/** What a JavaScript string can surely hold. */
const LARGEST_TEXT = 1 << 28

export interface Text {
  text: string
  /** Whether bytes that are no UTF-8 were replaced by U+FFFD. */
  replaced: boolean
}

/**
 * Reads a text file as UTF-8, without its byte order mark.
 *
 * @throws InputError where it cannot be read, is UTF-16, or is larger than 256 MiB.
 */
export async function readText(path: string): Promise<Text> {
  const handle = await openInput(path)
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw new InputError(`${path}: not a file. Save it to a file first.`)
    checkTextSize(path, found.size)
    const bytes = new Uint8Array(found.size)
    await fillAt(handle, path, bytes, 0)
    return decodeText(path, bytes)
  } finally {
    await handle.close()
  }
}

/** Refuses what would not fit into a string. */
export function checkTextSize(path: string, size: number): void {
  if (size > LARGEST_TEXT) {
    throw new InputError(`${path}: ${size} bytes; a text of at most ${LARGEST_TEXT} is read. Split the file.`)
  }
}

/** Decodes UTF-8; what is none becomes U+FFFD, as in the public evaluators. UTF-16 is an InputError. */
export function decodeText(path: string, bytes: Uint8Array): Text {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new InputError(`${path}: is UTF-16. Save it as UTF-8.`)
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), replaced: false }
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), replaced: true }
  }
}
