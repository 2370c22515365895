/**
 * The value of each of the 65,536 half-precision numbers (IEEE 754 binary16), by its bits.
 *
 * Every half is exact in single precision, so a look-up loses nothing.
 */
export const FLOAT16_VALUES: Float32Array = /* @__PURE__ */ buildTable()

function buildTable(): Float32Array {
  const table = new Float32Array(1 << 16)
  for (let bits = 0; bits < table.length; bits++) table[bits] = decodeFloat16(bits)
  return table
}

function decodeFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/**
 * The bits of the half-precision number nearest to a probability, ties to even.
 *
 * @param value From 0 to 1.
 */
export function encodeProbability(value: number): number {
  // Below 2^-14 halves are evenly spaced; above, their order is that of their bits, so the exponent is found
  // by halving and a fraction that rounds up to 1024 carries into it by itself.
  let exponent = 15
  let scale = 2 ** 10
  while (exponent > 1 && value * scale < 1024) {
    scale *= 2
    exponent--
  }
  const steps = roundHalfEven(value * scale)
  return steps < 1024 ? steps : ((exponent - 1) << 10) + steps
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}
