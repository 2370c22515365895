import fc from 'fast-check'

/** These bytes with some overwritten, then cut short or made longer. */
export function spoilt(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(
    fc.nat(bytes.length - 1),
    fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 255, 10, 44)),
  )
  const ending = fc.oneof(
    { weight: 3, arbitrary: fc.constant(bytes.length) },
    { weight: 1, arbitrary: fc.nat(bytes.length + 40) },
  )
  return fc.tuple(fc.array(change, { maxLength: 6 }), ending).map(([changes, length]) => {
    const damaged = new Uint8Array(length)
    damaged.set(bytes.subarray(0, length))
    for (const [at, value] of changes) if (at < length) damaged[at] = value
    return damaged
  })
}
