import { InputError } from '@thresher/core'
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLParseError,
  type Document as YamlDocument,
} from 'yaml'
import { oneLine } from '../../../files/quote.js'
import { isPythonText } from './python-numbers.js'
import { failAt, placeOf, type YamlEntry, type YamlNode, type YamlSource } from './yaml-node.js'

/** Nodes with those that aliases repeat: a few kilobytes of aliases of aliases would be billions. */
const MOST_NODES = 50_000

/**
 * Parses one YAML document with the places of its parts. Anchors, aliases and merge keys (`<<`) are resolved.
 * @param version 1.1 as PyYAML reads, where `on` is true and `010` is 8; 1.2 else
 * @throws InputError with file, line and column for what is no YAML, for a key that comes twice, a tag, an anchor that
 *   is not there, and a whole number that a double does not hold.
 */
export function parseYaml(text: string, file: string, version: '1.1' | '1.2'): YamlNode {
  const lines = new LineCounter()
  const source: YamlSource = {
    file,
    place(offset) {
      const { line, col } = lines.linePos(offset)
      return { line: Math.max(1, line), column: Math.max(1, col) }
    },
  }
  try {
    const document = parseDocument(text, {
      version,
      merge: true,
      lineCounter: lines,
      prettyErrors: false,
      // Its check compares every key with every other; the reader has one of its own.
      uniqueKeys: false,
      strict: true,
    })
    const problem = document.errors[0] ?? document.warnings[0]
    if (problem !== undefined) {
      throw new InputError(`${placeOf(source, problem.pos[0])}: ${wordsFor(problem as YAMLParseError)}`)
    }
    if (document.contents === null) {
      throw new InputError(`${file}: is empty. Write a sweep file; docs/training-sweeps.md has one.`)
    }
    return new Reader(document, source, version).read(document.contents, [])
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InputError(`${file}: is nested too deeply. Flatten it.`, { cause: error })
  }
}

class Reader {
  readonly #targets: ReadonlyMap<Alias, Node>
  readonly #source: YamlSource
  readonly #version: '1.1' | '1.2'
  #nodes = 0

  constructor(document: YamlDocument, source: YamlSource, version: '1.1' | '1.2') {
    this.#version = version
    this.#targets = targetsOf(document)
    this.#source = source
  }

  read(node: Node | null, path: readonly (string | number)[], from = 0): YamlNode {
    const offset = node?.range?.[0] ?? from
    const common = { path, offset, source: this.#source }
    if (++this.#nodes > MOST_NODES) {
      failAt(common, `over ${MOST_NODES} values, with those that aliases repeat. Shorten the file.`)
    }
    if (node === null) return { ...common, kind: 'scalar', value: null, text: '', plain: true }
    if (isAlias(node)) {
      const target = this.#targets.get(node)
      if (target === undefined) failAt(common, `there is no anchor &${node.source}. Mend the name.`)
      return this.read(target, path)
    }
    if (isSeq(node)) {
      const items = node.items.map((item, i) => this.read(item as Node | null, [...path, i], offset))
      return { ...common, kind: 'list', items }
    }
    if (isMap(node)) {
      return { ...common, kind: 'map', entries: this.#readPairs(node.items, path) }
    }
    if (isScalar(node)) return this.#readScalar(node, common)
    return failAt(common, 'is no map, list or value. Write it plainly.')
  }

  #readPairs(pairs: readonly Pair[], path: readonly (string | number)[]): Map<string, YamlEntry> {
    const entries = new Map<string, YamlEntry>()
    const merged: Map<string, YamlEntry>[] = []
    for (const { key, value } of pairs as readonly Pair<Node, Node | null>[]) {
      const keyOffset = key?.range?.[0] ?? 0
      const common = { path, offset: keyOffset, source: this.#source }
      const target = isAlias(key) ? this.#targets.get(key) : key
      if (!isScalar(target)) failAt(common, 'a key is a list or a map. Write a name.')
      if (isMergeKey(target)) {
        merged.push(this.#merged(value, path, common))
        continue
      }
      const name = target.source ?? String(target.value)
      if (name === '__proto__') failAt(common, '__proto__ cannot be a name. Take another.')
      if (entries.has(name)) failAt(common, `${name.slice(0, 80)} comes twice. Leave one out.`)
      entries.set(name, { key: name, keyOffset, node: this.read(value, [...path, name], keyOffset) })
    }
    for (const [name, entry] of merged.flatMap((map) => [...map])) {
      if (!entries.has(name)) entries.set(name, entry)
    }
    return entries
  }

  /** What `<<` brings in: of several maps the first that has a key counts. */
  #merged(
    value: Node | null,
    path: readonly (string | number)[],
    common: Parameters<typeof failAt>[0],
  ): Map<string, YamlEntry> {
    const node = this.read(value, path)
    const maps = node.kind === 'list' ? node.items : [node]
    const all = new Map<string, YamlEntry>()
    for (const map of maps) {
      if (map.kind !== 'map') failAt(common, '<< merges maps. Name an anchor of a map.')
      for (const [name, entry] of map.entries) {
        if (!all.has(name)) all.set(name, { ...entry, node: moved(entry.node, [...path, name]) })
      }
    }
    return all
  }

  #readScalar(node: Scalar, common: Omit<Parameters<typeof failAt>[0], never>): YamlNode {
    const plain = node.type === Scalar.PLAIN || node.type === undefined
    const text = node.source ?? String(node.value)
    const value = plain && this.#version === '1.1' && isPythonText(text) ? text : node.value
    if (value instanceof Date) return { ...common, kind: 'scalar', value: text, text, plain }
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value)) {
      failAt(
        common,
        `${text.slice(0, 40)} is of a type that a sweep has no use for. Write a text or a number.`,
      )
    }
    if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?[\d_]+$/.test(text)) {
      failAt(
        common,
        `${text.slice(0, 40)} is more than a number holds exactly. Quote it, or take a smaller one.`,
      )
    }
    return { ...common, kind: 'scalar', value: value as string | number | boolean | null, text, plain }
  }
}

/** What each alias stands for: the last node before it with that anchor. */
function targetsOf(document: YamlDocument): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source)
        if (target !== undefined) targets.set(node, target)
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node)
      }
    },
  })
  return targets
}

function isMergeKey(key: Scalar): boolean {
  const plain = key.type === Scalar.PLAIN || key.type === undefined
  return plain && (key.source === '<<' || typeof key.value === 'symbol')
}

function moved(node: YamlNode, path: readonly (string | number)[]): YamlNode {
  if (node.kind === 'scalar') return { ...node, path }
  if (node.kind === 'list')
    return { ...node, path, items: node.items.map((item, i) => moved(item, [...path, i])) }
  const entries = new Map(
    [...node.entries].map(([name, entry]) => [name, { ...entry, node: moved(entry.node, [...path, name]) }]),
  )
  return { ...node, path, entries }
}

const WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab begins the line. Indent with spaces.',
  MULTIPLE_DOCS: 'a second document begins. Put one sweep in a file.',
  MISSING_CHAR: 'a quote, a bracket, a comma or a colon is missing. Close what was opened.',
  BAD_ALIAS: 'an alias that is none. Quote a text that begins with *.',
  TAG_RESOLVE_FAILED: 'a tag that is not known here. Leave it out.',
}

function wordsFor({ code, message }: YAMLParseError): string {
  if (message.includes('call stack')) return 'is nested too deeply. Flatten it.'
  const first = message.split('\n')[0]!.trim().replace(/\.$/, '')
  return WORDS[code] ?? oneLine(`not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1, 200)}. Mend it.`)
}
