import { checkKeys, childOf, entryOf } from '../yaml/map-reader.js'
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

/** @throws InputError for what we lack and for what is no key; ignored keys become one notice. */
export function checkTopKeys(map: YamlMap, notices: string[]): void {
  for (const [key, words] of Object.entries(REFUSED)) {
    const entry = entryOf(map, key)
    if (entry !== undefined) failAt(entry.node, words, entry.keyOffset)
  }
  checkKeys(map, [...READ, ...IGNORED, ...Object.keys(REFUSED)])
  const ignored = IGNORED.flatMap((key) => map.entries.get(key) ?? [])
  if (ignored.length > 0) {
    const names = ignored.map(({ key }) => key).join(', ')
    notices.push(located(map, `${names}: of no use here.`, ignored[0]!.keyOffset))
  }
  if (childOf(map, 'parameters') === undefined) failAt(map, 'parameters is missing. Say what is searched.')
}
