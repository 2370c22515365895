/**
 * JSON as Python's `json` module reads and writes it: plain JSON, and the bare tokens NaN, Infinity and -Infinity,
 * which Optuna lets into attributes and choices.
 */

const NUMBERS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

// A string, so that a token within one stays text, or one of the tokens.
const STRING_OR_TOKEN = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g
const MARK = '\u{e000}number:'

/**
 * Parses Python's JSON.
 * @throws SyntaxError where it is neither JSON nor JSON with those tokens.
 */
export function parsePythonJson(text: string): unknown {
  if (!text.includes('NaN') && !text.includes('Infinity')) return JSON.parse(text)
  let found = false
  const plain = text.replace(STRING_OR_TOKEN, (part) => {
    if (part.startsWith('"')) return part
    found = true
    return `"${MARK}${part}"`
  })
  if (!found) return JSON.parse(text)
  return JSON.parse(plain, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK)
      ? (NUMBERS[value.slice(MARK.length)] ?? value)
      : value,
  )
}

/** Writes what Python's `json.loads` reads back: numbers that are not finite become its tokens. */
export function stringifyPythonJson(value: unknown): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return String(value)
    return Object.is(value, -0) ? '-0.0' : String(value)
  }
  if (Array.isArray(value)) return `[${value.map(stringifyPythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}: ${stringifyPythonJson(entry)}`).join(', ')}}`
  }
  return JSON.stringify(value ?? null)
}
