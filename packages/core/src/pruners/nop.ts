import type { Pruner } from './pruner.js'

/** Never stops a trial (Optuna's pruners/_nop.py). */
export function nopPruner(): Pruner {
  return { name: 'nop', options: {}, decide: () => ({ prune: false }) }
}
