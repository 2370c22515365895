import type { Capabilities } from '@thresher/native'
import { describe, expect, test } from 'vitest'
import { type BackendFacts, chooseBackend } from '../../src/commands/backend.js'

function facts(reason: string, refusal = ''): BackendFacts {
  const device = { name: 'Test Device', memoryBytes: 2 ** 33, computeCapability: '9.0' }
  const cuda: Capabilities['cuda'] = {
    compiled: true,
    toolkit: '13.0',
    driver: reason ? '' : '13.0',
    devices: reason ? [] : [device],
    usable: reason === '',
    reason,
  }
  return { capabilities: () => ({ version: '0.1.0', cuda }), cudaRefusal: () => refusal }
}

describe('chooseBackend', () => {
  test('cpu asks nobody', () => {
    const nobody = { capabilities: () => expect.fail(), cudaRefusal: () => expect.fail() }
    expect(chooseBackend('cpu', 1, nobody)).toEqual({ name: 'cpu', text: 'cpu, 1 thread' })
  })

  test.each(['auto', 'cuda'] as const)('%s takes a usable device that covers the mode', (requested) => {
    expect(chooseBackend(requested, 2, facts(''))).toEqual({
      name: 'cuda',
      text: 'cuda Test Device, 2 threads',
    })
  })

  test('auto takes the CPU without a device', () => {
    expect(chooseBackend('auto', 2, facts('no driver'))).toEqual({ name: 'cpu', text: 'cpu, 2 threads' })
  })

  test('auto says aloud that only the mode is in the way', () => {
    const chosen = chooseBackend('auto', 2, facts('', 'polygons are not covered on the device'))
    expect(chosen.text).toBe('cpu, 2 threads (polygons are not covered on the device)')
    expect(chosen.name).toBe('cpu')
  })

  test.each([facts('no driver'), facts('', 'no driver')])(
    'cuda that cannot be had is an error with the way out',
    (found) => {
      expect(() => chooseBackend('cuda', 2, found)).toThrow(
        '--backend cuda: no driver. Use --backend cpu or auto.',
      )
    },
  )
})
