import { pathToFileURL } from 'node:url'
import { InputError } from '@thresher/core'
import { describe, expect, it } from 'vitest'
import { chooseBackend } from '../../../src/training/tensorflow/backend.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()

/** A project with stand-ins for TensorFlow's packages, as places to look from. */
function project(name: string, packages: Record<string, string>): string[] {
  for (const [of, program] of Object.entries(packages)) {
    folder.write(`${name}/node_modules/@tensorflow/${of}/package.json`, JSON.stringify({ main: 'index.cjs' }))
    folder.write(`${name}/node_modules/@tensorflow/${of}/index.cjs`, program)
  }
  return [pathToFileURL(folder.write(`${name}/package.json`, '{}')).href]
}

const BROKEN = "throw new Error('libtensorflow.so.2: cannot open shared object file\\nRequire stack:')"

describe('chooseBackend', () => {
  it('takes WebAssembly where nothing else is installed, and says so', async () => {
    const choice = await chooseBackend('auto', project('empty', {}))
    expect(choice.backend).toBe('wasm')
    expect(choice.text).toMatch(/^wasm \((no )?SIMD, 1 thread a run\)$/)
    expect(choice.passedOver).toEqual([
      { backend: 'node-gpu', reason: '@tensorflow/tfjs-node-gpu is not installed' },
      { backend: 'node', reason: '@tensorflow/tfjs-node is not installed' },
    ])
  })

  it('passes over what is installed and does not load, or does not start', async () => {
    const from = project('broken', { 'tfjs-node-gpu': BROKEN, 'tfjs-node': '' })
    const choice = await chooseBackend('auto', from)
    expect(choice.backend).toBe('wasm')
    expect(choice.passedOver).toEqual([
      { backend: 'node-gpu', reason: 'libtensorflow.so.2: cannot open shared object file' },
      { backend: 'node', reason: expect.stringContaining('tensorflow') },
    ])
  })

  it('refuses one that was asked for and cannot be used', async () => {
    const refused = chooseBackend('node', project('none', {}))
    await expect(refused).rejects.toThrow(InputError)
    await expect(refused).rejects.toThrow(
      'backend node: @tensorflow/tfjs-node is not installed. Use auto, or mend that.',
    )
  })
})
