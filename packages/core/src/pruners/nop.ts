import type { Pruner } from './pruner.js'

/** Never stops a trial. */
export function nopPruner(): Pruner {
  return { name: 'nop', options: {}, decide: () => ({ prune: false }) }
}
