/** Rounds to the nearest integer, halves to the even one: np.round of float64, and of float32 values. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const fraction = value - below
  if (fraction !== 0.5) return fraction < 0.5 ? below : below + 1
  return below % 2 === 0 ? below : below + 1
}

/** np.clip of one value. */
export function clip(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** `float32(value) / from * to` with every step rounded to float32, as NumPy scales a float32 array by integers. */
export function scaleFloat32(value: number, from: number, to: number): number {
  return Math.fround(Math.fround(Math.fround(value) / Math.fround(from)) * Math.fround(to))
}
