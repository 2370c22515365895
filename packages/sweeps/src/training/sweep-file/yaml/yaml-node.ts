import { InputError } from '@thresher/core'
import { oneLine } from '../../../files/quote.js'

type YamlValue = string | number | boolean | null

interface Common {
  /** Keys and indices from the top of the file. */
  readonly path: readonly (string | number)[]
  /** Where it begins in the text. */
  readonly offset: number
  readonly source: YamlSource
}

export interface YamlScalar extends Common {
  readonly kind: 'scalar'
  readonly value: YamlValue
  /** As it stands in the file; quotes are not part of it. */
  readonly text: string
  /** Without quotes or a block style, so that its looks say its type. */
  readonly plain: boolean
}

export interface YamlList extends Common {
  readonly kind: 'list'
  readonly items: readonly YamlNode[]
}

export interface YamlEntry {
  readonly key: string
  readonly keyOffset: number
  readonly node: YamlNode
}

export interface YamlMap extends Common {
  readonly kind: 'map'
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, YamlEntry>
}

/** A part of a YAML file with its place. */
export type YamlNode = YamlScalar | YamlList | YamlMap

/** The text that nodes point into. */
export interface YamlSource {
  readonly file: string
  place(offset: number): { readonly line: number; readonly column: number }
}

/** `sweep.yaml:7:10`, counted from 1. */
export function placeOf(source: YamlSource, offset: number): string {
  const { line, column } = source.place(offset)
  return `${source.file}:${line}:${column}`
}

/** `parameters.lr.values[2]`; undefined at the top. */
export function pathOf(path: readonly (string | number)[]): string | undefined {
  if (path.length === 0) return undefined
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('')
}

/** A key may be as long as the file. */
const LONGEST_PATH = 200

/** `FILE:LINE:COLUMN: KEY.PATH: ` and the words, as errors and notices are written. */
export function located(node: Common, words: string, offset = node.offset): string {
  const path = pathOf(node.path)
  const key =
    path === undefined ? '' : `${path.length > LONGEST_PATH ? `…${path.slice(-LONGEST_PATH)}` : path}: `
  return `${placeOf(node.source, offset)}: ${oneLine(`${key}${words}`)}`
}

/** Bad input whose message names its place already. */
export class PlacedError extends InputError {}

export function failAt(node: Common, words: string, offset?: number): never {
  throw new PlacedError(located(node, words, offset))
}

/** What a key of a map points to, as YAML has it without places. */
export function plainOf(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plainOf)
  const plain: Record<string, unknown> = Object.create(null)
  for (const { key, node: value } of node.entries.values()) plain[key] = plainOf(value)
  return plain
}

/** The node at a path, or the deepest that is there. */
export function nodeAt(root: YamlNode, path: readonly PropertyKey[]): YamlNode {
  let node = root
  for (const part of path) {
    const next =
      node.kind === 'map'
        ? node.entries.get(String(part))?.node
        : node.kind === 'list'
          ? node.items[Number(part)]
          : undefined
    if (next === undefined) return node
    node = next
  }
  return node
}
