import type { Capabilities } from '@thresher/native'
import { describe, expect, test } from 'vitest'
import { chooseBackend } from '../../src/commands/backend.js'

function facts(reason: string): () => Capabilities {
  const device = { name: 'Test Device', memoryBytes: 2 ** 33, computeCapability: '9.0' }
  const cuda: Capabilities['cuda'] = {
    compiled: true,
    toolkit: '13.0',
    driver: reason ? '' : '13.0',
    devices: reason ? [] : [device],
    usable: reason === '',
    reason,
  }
  return () => ({ version: '0.1.0', cuda })
}

describe('chooseBackend', () => {
  test('cpu asks nobody', () => {
    expect(chooseBackend('cpu', 1, () => expect.fail())).toEqual({ name: 'cpu', text: 'cpu, 1 thread' })
  })

  test.each(['auto', 'cuda'] as const)('%s takes a usable device', (requested) => {
    expect(chooseBackend(requested, 2, facts(''))).toEqual({
      name: 'cuda',
      text: 'cuda Test Device, 2 threads',
    })
  })

  test('auto takes the CPU without a device', () => {
    expect(chooseBackend('auto', 2, facts('no driver'))).toEqual({ name: 'cpu', text: 'cpu, 2 threads' })
  })

  test('cuda that cannot be had is an error with the way out', () => {
    expect(() => chooseBackend('cuda', 2, facts('no driver'))).toThrow(
      '--backend cuda: no driver. Use --backend cpu or auto.',
    )
  })
})
