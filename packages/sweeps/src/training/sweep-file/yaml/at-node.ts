import { InputError } from '@thresher/core'
import { located, PlacedError, type YamlNode } from './yaml-node.js'

/** From the file's names to the core's. */
export type Renamed = Readonly<Record<string, string>>

/**
 * Runs what may throw an InputError of the core about a value, and names the value's place and its options as the file
 * has them: `hyperband: minResource is 0; give ...` becomes `sweep.yaml:4:8: pruner: min is 0; give ...`.
 * @param renamed options that are called otherwise in the file, besides being in snake case
 */
export function atNode<T>(node: YamlNode, action: () => T, renamed: Renamed = {}): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof PlacedError) throw error
    throw new PlacedError(located(node, inFileWords(error.message, renamed)), { cause: error })
  }
}

/** Without the factory's name that messages of the core begin with, and with names in snake case. */
function inFileWords(message: string, renamed: Renamed): string {
  const back = new Map(Object.entries(renamed).map(([ours, core]) => [core, ours]))
  return message
    .replace(/^[A-Za-z]+(\([^)]*\))?: /, '')
    .replace(
      /\b[a-z]+(?:[A-Z][a-z]*)+\b/g,
      (word) => back.get(word) ?? word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
}
