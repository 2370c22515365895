import { InputError } from '@thresher/core'
import type { Capabilities } from '@thresher/native'

export const BACKENDS = ['auto', 'cpu', 'cuda'] as const
export type Backend = (typeof BACKENDS)[number]

/** Where the work will run. */
export interface ChosenBackend {
  readonly name: 'cpu' | 'cuda'
  /** In the words that the user sees: "cpu, 2 threads". */
  readonly text: string
}

/** `auto` takes CUDA where a device is usable. `capabilities` is asked only where it matters. */
export function chooseBackend(
  requested: Backend,
  threads: number,
  capabilities: () => Capabilities,
): ChosenBackend {
  const withThreads = `${threads} thread${threads === 1 ? '' : 's'}`
  const cpu = { name: 'cpu', text: `cpu, ${withThreads}` } as const
  if (requested === 'cpu') return cpu
  const { cuda } = capabilities()
  if (cuda.usable) return { name: 'cuda', text: `cuda ${cuda.devices[0]?.name ?? ''}, ${withThreads}` }
  if (requested === 'cuda') throw new InputError(`--backend cuda: ${cuda.reason}. Use --backend cpu or auto.`)
  return cpu
}
