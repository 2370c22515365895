import type { OutputStream } from '../context.js'

/** Writes text and waits where the reader is slower than the writer. */
export async function write(stream: OutputStream, text: string): Promise<void> {
  if (stream.write(text)) return
  await new Promise<void>((resolve) => {
    const settle = () => {
      stream.removeListener('drain', settle)
      stream.removeListener('close', settle)
      resolve()
    }
    stream.once('drain', settle)
    stream.once('close', settle)
  })
}

export async function writeAll(stream: OutputStream, chunks: Iterable<string>): Promise<void> {
  for (const chunk of chunks) await write(stream, chunk)
}
