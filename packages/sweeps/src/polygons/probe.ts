/** What the beginning of a file shows of its format. */
export interface Probe {
  /** The first line that is not blank. */
  line: string
  /** The keys of the JSON object that the file begins with, none where it begins otherwise; looked up when asked. */
  readonly keys: ReadonlySet<string>
}

const MOST_KEYS = 1000
const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** @param text The file from its first line that is not blank. */
export function probeText(text: string): Probe {
  let keys: ReadonlySet<string> | undefined
  return {
    line: text.split('\n', 1)[0]!.replaceAll('\r', ''),
    get keys() {
      keys ??= firstObjectKeys(text)
      return keys
    },
  }
}

/**
 * The first keys of the object that a text begins with, without reading what they hold, so that a large or damaged
 * file is recognised too.
 */
function firstObjectKeys(text: string): Set<string> {
  const keys = new Set<string>()
  let at = text.search(/\S/)
  if (text.charCodeAt(at) !== OPEN_OBJECT) return keys
  let depth = 0
  let keyNext = false
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      const end = stringEnd(text, at)
      if (end < 0) break
      if (keyNext && depth === 1 && keys.size < MOST_KEYS) keys.add(unquoted(text.slice(at, end + 1)))
      keyNext = false
      at = end
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      depth++
      keyNext = depth === 1
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      depth--
      if (depth === 0) break
    } else if (code === COMMA && depth === 1) keyNext = true
  }
  return keys
}

/** Where the JSON string ends that begins at `start`; -1 if it does not. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text.charCodeAt(before) === BACKSLASH) before--
    if ((end - before) % 2 === 1) return end
  }
  return -1
}

function unquoted(literal: string): string {
  try {
    return JSON.parse(literal) as string
  } catch {
    return literal
  }
}
