import { InputError } from '@thresher/core'
import type { Capabilities } from '@thresher/native'

export const BACKENDS = ['auto', 'cpu', 'cuda'] as const
export type Backend = (typeof BACKENDS)[number]

/** Where the work will run, in the words that the user sees: "cpu, 2 threads". */
export function describeBackend(
  requested: Backend,
  threads: number,
  capabilities: () => Capabilities,
): string {
  const cpu = `cpu, ${threads} thread${threads === 1 ? '' : 's'}`
  if (requested === 'cpu') return cpu
  const { cuda } = capabilities()
  if (cuda.usable) return `cuda ${cuda.devices[0]?.name ?? ''}, ${threads} thread${threads === 1 ? '' : 's'}`
  if (requested === 'cuda') throw new InputError(`--backend cuda: ${cuda.reason}. Use --backend cpu or auto.`)
  return cpu
}
