import { InputError } from '@thresher/core'
import { quote } from '../files/quote.js'
import type { Literal } from './python-literal.js'

/** How one value of a map lies in a file. */
export interface ElementType {
  name: 'float32' | 'float16' | 'uint8'
  bytes: 4 | 2 | 1
  /** Most significant byte first. */
  bigEndian: boolean
}

const READABLE = new Map<string, Pick<ElementType, 'name' | 'bytes'>>([
  ['f4', { name: 'float32', bytes: 4 }],
  ['f2', { name: 'float16', bytes: 2 }],
  ['u1', { name: 'uint8', bytes: 1 }],
])

const KINDS: Record<string, string> = {
  f: 'float',
  i: 'int',
  u: 'uint',
  c: 'complex',
  b: 'bool',
  O: 'object',
  S: 'bytes',
  U: 'str',
  V: 'void',
  M: 'datetime',
  m: 'timedelta',
}

const nativeIsBig = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

/**
 * The element type that a `descr` of an npy header names.
 *
 * @param subject What has this type, for the message, e.g. `maps/a.npz: prob`.
 * @throws InputError on every type but float32, float16 and uint8.
 */
export function parseElementType(descr: Literal, subject: string): ElementType {
  if (typeof descr !== 'string') {
    throw new InputError(
      `${subject} holds records (a structured dtype); a map is a plain array. Save one field.`,
    )
  }
  const parts = /^([<>=|]?)([A-Za-z])(\d*)(?:\[\w+\])?$/.exec(descr)
  const type = READABLE.get(descr.replace(/^[<>=|]/, ''))
  if (type !== undefined) {
    const order = parts?.[1]
    return { ...type, bigEndian: order === '>' || (order !== '<' && nativeIsBig) }
  }
  if (parts?.[2] === 'O') {
    throw new InputError(
      `${subject} holds pickled Python objects, which are not read. Save it with .astype(np.float32).`,
    )
  }
  const kind = KINDS[parts?.[2] ?? '']
  const bits = Number(parts?.[3]) * 8
  const name =
    kind === undefined ? 'unknown' : ['float', 'int', 'uint', 'complex'].includes(kind) ? kind + bits : kind
  throw new InputError(
    `${subject} is ${name} (${quote(descr)}); a map is float32, float16 or uint8. Save it with .astype(np.float32).`,
  )
}
