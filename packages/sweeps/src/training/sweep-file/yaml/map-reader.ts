import { quote } from '../../../files/quote.js'
import { failAt, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from './yaml-node.js'

/** A value as a message shows it. */
export function shown(node: YamlNode): string {
  if (node.kind === 'list') return 'a list'
  if (node.kind === 'map') return 'a map'
  return typeof node.value === 'string' ? quote(node.value, 40) : String(node.value)
}

/** @throws InputError where it is no map, saying what it should be. */
export function mapOf(node: YamlNode, mend: string): YamlMap {
  return node.kind === 'map' ? node : failAt(node, `is ${shown(node)}. ${mend}`)
}

/** Nothing where the key is not there, or has no value. */
export function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  const entry = map.entries.get(key)
  return entry === undefined || isNull(entry.node) ? undefined : entry
}

export function childOf(map: YamlMap, key: string): YamlNode | undefined {
  return entryOf(map, key)?.node
}

function scalarOf(node: YamlNode, what: string): YamlScalar {
  return node.kind === 'scalar' ? node : failAt(node, `is ${shown(node)}. Give ${what}.`)
}

/** A text; numbers and booleans as they stand in the file. */
export function textOf(node: YamlNode, what = 'a text'): string {
  const { value, text } = scalarOf(node, what)
  if (value === null) return failAt(node, `is empty. Give ${what}.`)
  return typeof value === 'string' ? value : text
}

/** A finite number, also one that YAML 1.1 takes for a text: 1e-5. */
export function numberOf(node: YamlNode, what = 'a number'): number {
  const value = node.kind === 'scalar' ? node.value : undefined
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return failAt(node, `is ${shown(node)}. Give ${what}.`)
}

/** A whole number from `least`. */
export function wholeOf(node: YamlNode, least: number): number {
  const what = `a whole number from ${least}`
  const value = numberOf(node, what)
  return Number.isSafeInteger(value) && value >= least ? value : failAt(node, `is ${value}. Give ${what}.`)
}

/** One of some words. */
export function wordOf<T extends string>(node: YamlNode, words: readonly T[]): T {
  const value = node.kind === 'scalar' ? node.value : undefined
  const found = words.find((word) => word === value)
  return found ?? failAt(node, `is ${shown(node)}. Give ${listed(words)}.`)
}

/** @throws InputError at the first key that is none of the known ones, naming the nearest. */
export function checkKeys(map: YamlMap, known: readonly string[]): void {
  for (const { key, keyOffset } of map.entries.values()) {
    if (!known.includes(key)) failAt(map, unknownKey(key, known), keyOffset)
  }
}

export function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  const mend = near === undefined ? `The keys are ${known.join(', ')}.` : `Did you mean ${near}?`
  return `there is no key ${quote(key, 40)} here. ${mend}`
}

/** The word that is at most two typing errors away. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const normal = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '')
  const scored = words.map((other) => ({ other, distance: editDistance(normal(word), normal(other)) }))
  const best = scored.sort((a, b) => a.distance - b.distance)[0]
  const allowed = word.length <= 3 ? 1 : 2
  return best !== undefined && best.distance <= allowed ? best.other : undefined
}

/** Insertions, deletions and replacements. R. A. Wagner, M. J. Fischer, J. ACM 21(1), 1974. */
function editDistance(a: string, b: string): number {
  // A key may be as long as the file; what matters is whether it is nearly equal.
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}

/** `a, b or c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}
