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

/** What a backend is chosen by; looked at only where it matters. */
export interface BackendFacts {
  capabilities(): Capabilities
  /** Why CUDA does not cover the mode of the command; '' where it does. */
  cudaRefusal(): string
}

/** `auto` takes CUDA where a device is usable and covers the mode, and says why not where only the mode is in the way. */
export function chooseBackend(requested: Backend, threads: number, facts: BackendFacts): ChosenBackend {
  const withThreads = `${threads} thread${threads === 1 ? '' : 's'}`
  const cpu = { name: 'cpu', text: `cpu, ${withThreads}` } as const
  if (requested === 'cpu') return cpu
  const { cuda } = facts.capabilities()
  const refusal = cuda.usable ? facts.cudaRefusal() : cuda.reason
  if (refusal === '') return { name: 'cuda', text: `cuda ${cuda.devices[0]?.name ?? ''}, ${withThreads}` }
  if (requested === 'cuda') throw new InputError(`--backend cuda: ${refusal}. Use --backend cpu or auto.`)
  return cuda.usable ? { ...cpu, text: `${cpu.text} (${refusal})` } : cpu
}
