import { InputError } from '@thresher/core'
import { z } from 'zod'
import { quote } from '../files/quote.js'
import { readText } from '../files/read-text.js'

/** Size of an image in pixels, by its name. */
export interface IndexEntry {
  image: string
  width: number
  height: number
}

/** Largest side: what a 32-bit coordinate can address. */
export const LARGEST_SIDE = 2 ** 31 - 1

const side = z.int('is not a whole number').min(1, 'is not above 0').max(LARGEST_SIDE, 'is too large')
const entrySchema = z.object({
  image: z.string('is not a text').min(1, 'is empty'),
  width: side,
  height: side,
})

/**
 * Reads image sizes: a JSON list of `{"image", "width", "height"}`; further keys are ignored.
 *
 * @throws InputError naming file and entry.
 */
export async function readIndex(path: string): Promise<IndexEntry[]> {
  const list = parseJson(path, (await readText(path)).text)
  if (!Array.isArray(list)) throw new InputError(`${path}: not a list. ${MEND}`)
  const seen = new Map<string, number>()
  return list.map((item, i) => {
    const parsed = entrySchema.safeParse(item)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!
      const field = issue.path.length === 0 ? 'is not an object' : `${issue.path.join('.')} ${issue.message}`
      throw new InputError(`${path}: entry ${i} (from 0): ${field}. ${MEND}`)
    }
    const { image, width, height } = parsed.data
    const first = seen.get(image)
    if (first !== undefined) {
      throw new InputError(
        `${path}: entries ${first} and ${i} (from 0) both name ${quote(image)}. Remove one.`,
      )
    }
    seen.set(image, i)
    return { image, width, height }
  })
}

const MEND = 'Write [{"image": "img_1", "width": 1280, "height": 720}, ...].'

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'damaged'
    throw new InputError(`${path}: not JSON (${reason}). ${MEND}`)
  }
}
