/**
 * The number nearest to `value` with a first digit and a half: 1, 1.5, 2, ... 9.5 times a power of ten; with further
 * digits where that does not lie strictly between `a` and `b`, and `value` itself where nothing does.
 *
 * @param value between `a` and `b`, not 0
 */
export function readableBetween(value: number, a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a]
  const exponent = Math.floor(Math.log10(Math.abs(value)))
  for (let digits = 0; digits < 15; digits++) {
    for (const steps of [5, 1]) {
      // Of the first digit a half; of the digits after it a half, or a whole one.
      if (digits === 0 && steps === 1) continue
      const scale = digits - exponent
      const rounded = Number(
        `${(Math.round(shifted(value, scale) * (steps === 5 ? 2 : 1)) / (steps === 5 ? 2 : 1)).toString()}e${-scale}`,
      )
      if (rounded > low && rounded < high) return rounded
    }
  }
  return value
}

/** value * 10^places, by moving the decimal point of what is printed. */
function shifted(value: number, places: number): number {
  const [digits, power = '0'] = value.toExponential().split('e')
  return Number(`${digits}e${Number(power) + places}`)
}
