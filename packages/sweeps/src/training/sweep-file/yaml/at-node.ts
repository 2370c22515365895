import { InputError } from '@thresher/core'
import { located, type YamlNode } from './yaml-node.js'

/**
 * Runs what may throw an InputError about a value, and names the value's place in the file in its stead: `hyperband:
 * minResource is 0; give ...` becomes `sweep.yaml:4:8: pruner: minResource is 0; give ...`.
 * @param reword what becomes of the message
 */
export function atNode<T>(
  node: YamlNode,
  action: () => T,
  reword: (message: string) => string = withoutOwner,
): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(located(node, reword(error.message)), { cause: error })
  }
}

/** Without the factory's name that messages of the core begin with. */
export function withoutOwner(message: string): string {
  return message.replace(/^[A-Za-z]+(\([^)]*\))?: /, '')
}
