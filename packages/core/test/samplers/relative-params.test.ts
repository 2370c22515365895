import { describe, expect, test } from 'vitest'
import { jointDrawOf, relativeAttributes } from '../../src/samplers/relative-params.js'
import type { ParamValue } from '../../src/space/distribution.js'
import { trialOf } from '../support/study-fixture.js'

const running = (systemAttributes: ReturnType<typeof relativeAttributes>) =>
  trialOf(0, {}, new Map(), undefined, { state: 'RUNNING', systemAttributes })

describe('what was drawn but not asked for yet', () => {
  const params = new Map<string, ParamValue>([
    ['lr', 1e-3],
    ['größe', '🙂'.repeat(900)],
    ['limit', Number.POSITIVE_INFINITY],
    ['none', null],
  ])

  test('is read back as it was written, in ASCII pieces of Optuna 5', () => {
    const attributes = relativeAttributes('gp', params)
    expect([...attributes.keys()]).toContain('gp:relative_params:1')
    for (const piece of attributes.values()) expect(piece).toMatch(/^[\x20-\x7e]{1,2045}$/)
    expect(jointDrawOf(running(attributes), 'gp')).toEqual(params)
    expect(jointDrawOf(running(attributes), 'tpe').size).toBe(0)
  })

  test('gives way to what stands in the trial, and counts only while it is running', () => {
    const attributes = relativeAttributes('tpe', new Map([['x', 1]]))
    const asked = { ...running(attributes), params: new Map([['x', 2]]) }
    expect(jointDrawOf(asked, 'tpe').get('x')).toBe(2)
    expect(jointDrawOf({ ...running(attributes), state: 'COMPLETE' }, 'tpe').size).toBe(0)
  })

  test('is left alone where only a part has been written', () => {
    const attributes = relativeAttributes('gp', params)
    attributes.delete('gp:relative_params:1')
    expect(jointDrawOf(running(attributes), 'gp').size).toBe(0)
    expect(jointDrawOf(running(new Map([['gp:relative_params:0', 'null']])), 'gp').size).toBe(0)
  })
})
