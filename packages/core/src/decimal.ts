/** A decimal number as written: `units` x 10^`exponent`, exactly. */
export interface Decimal {
  units: bigint
  exponent: number
}

const PATTERN = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/

// Beyond any double (about 1e-324 to 1.8e308, 767 digits at most); keeps powers of ten small.
const MAX_EXPONENT = 1200
const MAX_DIGITS = 1200

/**
 * Reads `0.29`, `.5`, `3`, `1e-3`, `-2.50`; undefined where `text` is no such number, or is a number that a double
 * holds only as infinity or, though it is not zero, as zero.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = PATTERN.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = match
  const digits = whole + fraction
  if (digits === '' || digits.length > MAX_DIGITS || Math.abs(Number(power)) > MAX_EXPONENT) return undefined
  const magnitude = BigInt(digits)
  const decimal = { units: sign === '-' ? -magnitude : magnitude, exponent: Number(power) - fraction.length }
  const value = toNumber(decimal)
  return Number.isFinite(value) && (value !== 0 || magnitude === 0n) ? decimal : undefined
}

/** The nearest double: the decimal number rounded once, so 29 x 10^-2 is the literal 0.29. */
export function toNumber({ units, exponent }: Decimal): number {
  return Number(`${units}e${exponent}`)
}

/** `units` of the same number at a finer or equal exponent. */
export function unitsAt({ units, exponent }: Decimal, finer: number): bigint {
  return units * 10n ** BigInt(exponent - finer)
}
