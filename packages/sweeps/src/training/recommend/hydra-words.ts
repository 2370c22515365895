import { formatValue, type ParamValue } from '@thresher/core'

/** What Hydra's override grammar takes without quotes (hydra.cc, "Extended Override syntax"), blanks aside. */
const UNQUOTED = /^[\w\-./+$%*@:?|]+$/
/** Words that it would take for something else than text. */
const TYPED = /^(null|true|false|nan|[+-]?inf|[+-]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[+-]?\d+)?)$/i

/** Parameters as Hydra's `key=value`, a word each; no shell has been thought of. */
export function hydraWords(params: ReadonlyMap<string, ParamValue>): string[] {
  return [...params].map(([name, value]) => `${name}=${hydraValue(value)}`)
}

function hydraValue(value: ParamValue): string {
  if (typeof value === 'number') return formatValue(value)
  if (typeof value !== 'string') return String(value)
  if (UNQUOTED.test(value) && !TYPED.test(value)) return value
  // A backslash escapes only before a quote and where it ends the text.
  return `'${value.replaceAll(/(\\*)'/g, "$1$1\\'").replace(/(\\+)$/, '$1$1')}'`
}
