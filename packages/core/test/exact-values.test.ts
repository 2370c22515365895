import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EXACT_KINDS, exactKind, exactValues } from '../src/exact-values.ts'

describe('exactValues', () => {
  test.each([
    [[], Uint8Array],
    [[0, 255], Uint8Array],
    [[-1, 127], Int8Array],
    [[-1, 128], Int16Array],
    [[256], Uint16Array],
    [[-1, 2 ** 15], Int32Array],
    [[2 ** 32 - 1], Uint32Array],
    [[2 ** 32], Float32Array],
    [[2 ** 32 + 1], Float64Array],
    [[0.5, -3], Float32Array],
    [[0.1], Float64Array],
    [[-0], Float32Array],
  ])('%j in the smallest kind', (values, kind) => {
    expect(exactValues(values)).toBeInstanceOf(kind)
  })

  test('holds everything to the bit', () => {
    const value = fc.oneof(fc.nat(300), fc.integer(), fc.maxSafeInteger(), fc.float(), fc.double())
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const kept = exactValues(values)
        expect(kept.length).toBe(values.length)
        for (const [i, each] of values.entries()) expect(Object.is(kept[i], each)).toBe(true)
      }),
    )
  })

  test('several lists have one kind that holds them all', () => {
    expect(EXACT_KINDS[exactKind([[1], [2, -3], [200]])]).toBe(Int16Array)
  })
})
