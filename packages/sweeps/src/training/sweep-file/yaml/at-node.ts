import { InputError } from '@thresher/core'
import { located, PlacedError, type YamlNode } from './yaml-node.js'

/** Options of the core by what they are called in the file, where that is not their name in snake case. */
export type Renamed = Readonly<Record<string, string>>

/**
 * Runs what may throw an InputError of the core about a value, and names the value's place in its stead: `choice(): a
 * comes twice; ...` becomes `sweep.yaml:4:8: parameters.x: a comes twice; ...`.
 * @param options given where the core's message names options: they become those of the file, `minResource` `min`
 */
export function atNode<T>(node: YamlNode, action: () => T, options?: Renamed): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof PlacedError) throw error
    // The factory's name that messages of the core begin with means nothing to who wrote the file.
    const words = error.message.replace(/^[A-Za-z]+(\([^)]*\))?: /, '')
    const message = options === undefined ? words : withFileNames(words, options)
    throw new PlacedError(located(node, message), { cause: error })
  }
}

function withFileNames(message: string, renamed: Renamed): string {
  const back = new Map(Object.entries(renamed).map(([ours, core]) => [core, ours]))
  return message.replace(
    /\b[a-z]+(?:[A-Z][a-z]*)+\b/g,
    (word) => back.get(word) ?? word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  )
}
