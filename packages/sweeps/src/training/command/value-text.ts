import type { ParamValue } from '@thresher/core'

/** A value as Python's str() writes it, which is how W&B's agent passes values: True, None, 0.001. */
export function pythonText(value: ParamValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  }
  return String(value)
}

/** What every version of Hydra takes without quotes: OverrideLexer.g4, ID, UNQUOTED_CHAR, COLON and blanks within. */
const UNQUOTED = /^(?! )[\w/\-+.$%*: ]*(?<! )$/

/**
 * A value for a word of Hydra's override grammar, `key=value`. Text that the grammar would read as more than a value
 * (commas, brackets, quotes, other scripts) is quoted; an interpolation `${...}` is kept from being one. Text that looks
 * like a number stays as it is, as a person would type it.
 */
export function hydraText(value: ParamValue): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  const text = pythonText(value)
  if (UNQUOTED.test(text) && !text.includes('${')) return text
  return `'${escaped(text)}'`
}

/** Within quotes a backslash is one only before a quote or at the end; before `${` it keeps that from being read. */
function escaped(text: string): string {
  return text.replace(/(\\*)('|\$\{|$)/g, (_, slashes: string, what: string) => {
    const doubled = slashes + slashes
    if (what === '') return doubled
    return what === "'" ? `${doubled}\\'` : `${doubled}\\$\{`
  })
}
