const BITS = 120n
const ONE = 1n << BITS

/**
 * The natural logarithm of a positive finite number, rounded to the nearest double. Math.log may be off by one in the
 * last place, and differently in each engine (V8's log(3) is), which decides how many brackets there are where a
 * quotient of logarithms should be a whole number.
 */
export function roundedLog(x: number): number {
  let exponent = Math.floor(Math.log2(x))
  if (x / 2 ** exponent < 1) exponent--
  const mantissa = BigInt(x / 2 ** exponent / 2 ** -52) << (BITS - 52n)
  const log = logOfMantissa(mantissa) + BigInt(exponent) * logOfMantissa(ONE * 2n)
  return Number(log) / 2 ** Number(BITS)
}

/** log(m) = 2 artanh((m - 1) / (m + 1)) of m in [1, 2], in units of 2^-120. */
function logOfMantissa(m: bigint): bigint {
  const z = ((m - ONE) << BITS) / (m + ONE)
  const square = (z * z) >> BITS
  let sum = 0n
  let power = z
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd
    power = (power * square) >> BITS
  }
  return 2n * sum
}
