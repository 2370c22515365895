import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { InputError } from '@thresher/core'

/** From the fastest to the one that is always there. */
export const BACKENDS = ['node-gpu', 'node', 'wasm'] as const
export type TensorflowBackend = (typeof BACKENDS)[number]

/** What was chosen, and why not what comes before it. */
export interface BackendChoice {
  readonly backend: TensorflowBackend
  /** For people, such as `wasm (SIMD, 1 thread)`. */
  readonly text: string
  readonly passedOver: readonly { readonly backend: TensorflowBackend; readonly reason: string }[]
}

const PACKAGES = {
  'node-gpu': '@tensorflow/tfjs-node-gpu',
  node: '@tensorflow/tfjs-node',
} as const

/**
 * Loads the best TensorFlow.js backend and makes it the one in use, or the one asked for.
 *
 * tfjs-node and tfjs-node-gpu are no dependencies: their install scripts fetch a library that no package registry has.
 * Where a user installed one beside Thresher, or in the working folder's project, it is found here.
 *
 * @throws InputError where the backend asked for cannot be used
 */
export async function chooseBackend(
  wanted: TensorflowBackend | 'auto' = 'auto',
  from: readonly string[] = [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href],
): Promise<BackendChoice> {
  const passedOver: { backend: TensorflowBackend; reason: string }[] = []
  for (const backend of wanted === 'auto' ? BACKENDS : [wanted]) {
    try {
      const text = backend === 'wasm' ? await startWasm() : await startNode(backend, from)
      return { backend, text, passedOver }
    } catch (error) {
      const reason = (error as Error).message.split('\n')[0]!
      if (wanted !== 'auto') {
        throw new InputError(`backend ${wanted}: ${reason}. Use auto, or mend that.`, { cause: error })
      }
      passedOver.push({ backend, reason })
    }
  }
  throw new Error(`no TensorFlow.js backend works here: ${passedOver.at(-1)!.reason}`)
}

async function startNode(backend: 'node' | 'node-gpu', from: readonly string[]): Promise<string> {
  const name = PACKAGES[backend]
  const path = resolveFrom(name, from)
  if (path === undefined) throw new Error(`${name} is not installed`)
  const tf = await import('@tensorflow/tfjs-core')
  const loaded = (await import(pathToFileURL(path).href)) as {
    default?: { version?: object }
    version?: object
  }
  // It registers itself with the one engine of the process, as does every copy of tfjs-core.
  if (!(await tf.setBackend('tensorflow'))) throw new Error(`${name} loads, but does not start`)
  const version = (loaded.version ?? loaded.default?.version) as Record<string, string> | undefined
  return `${backend} (TensorFlow ${version?.tensorflow ?? 'of unknown version'})`
}

function resolveFrom(name: string, from: readonly string[]): string | undefined {
  for (const place of from) {
    try {
      return createRequire(place).resolve(name)
    } catch {
      // Not there; perhaps at the next place.
    }
  }
  return undefined
}

async function startWasm(): Promise<string> {
  const tf = await import('@tensorflow/tfjs-core')
  await import('@tensorflow/tfjs-backend-wasm')
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend does not start')
  await tf.ready()
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')
  return simd ? 'wasm (SIMD, 1 thread a run)' : 'wasm (no SIMD, 1 thread a run)'
}
