import { childOf, entryOf, nearest, unknownKey } from '../yaml/map-reader.js'
import { failAt, located, type YamlMap } from '../yaml/yaml-node.js'

const READ = [
  'method',
  'program',
  'command',
  'name',
  'description',
  'metric',
  'early_terminate',
  'run_cap',
  'parameters',
] as const

/** Keys that ask for something that is not here, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  scheduler: "W&B's schedulers are not here. Leave it out and give method: bayes, random or grid.",
  job: 'W&B Launch jobs are not here. Give program or command.',
  image_uri: 'W&B Launch images are not here. Give program or command.',
  metrics: 'a sweep here has one metric. Give metric: {name, goal}.',
}

/** Keys without a meaning here. */
const IGNORED = ['project', 'entity', 'controller', 'apiVersion', 'kind']

/**
 * Checks the keys at the top. What is of no use here becomes one notice, and so does what is no key at all, which W&B
 * lets pass too.
 * @throws InputError for what we lack, and for what looks like a misspelt key
 */
export function checkTopKeys(map: YamlMap, notices: string[]): void {
  for (const [key, words] of Object.entries(REFUSED)) {
    const entry = entryOf(map, key)
    if (entry !== undefined) failAt(entry.node, words, entry.keyOffset)
  }
  passOver(map, [...READ, ...IGNORED, ...Object.keys(REFUSED)], notices)
  const ignored = IGNORED.flatMap((key) => map.entries.get(key) ?? [])
  if (ignored.length > 0) {
    const names = ignored.map(({ key }) => key).join(', ')
    notices.push(located(map, `${names}: of no use here.`, ignored[0]!.keyOffset))
  }
  if (childOf(map, 'parameters') === undefined) failAt(map, 'parameters is missing. Say what is searched.')
}

/** A notice for each key that is none of the known ones. @throws InputError where one of them was meant */
export function passOver(map: YamlMap, known: readonly string[], notices: string[]): void {
  for (const { key, keyOffset } of map.entries.values()) {
    if (known.includes(key)) continue
    if (nearest(key, known) !== undefined) failAt(map, unknownKey(key, known), keyOffset)
    notices.push(located(map, `${key}: no key of W&B's, and left out.`, keyOffset))
  }
}
