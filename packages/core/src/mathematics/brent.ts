const GOLDEN = (3 - Math.sqrt(5)) / 2

/**
 * A local minimum of a function on [low, high] without derivatives: golden sections and parabolas. R. P. Brent,
 * "Algorithms for Minimization without Derivatives", 1973, chapter 5.
 * @param tolerance how near the minimum the search has to come
 */
export function minimizeBrent(
  f: (x: number) => number,
  low: number,
  high: number,
  start: number,
  tolerance: number,
): number {
  let a = low
  let b = high
  // The best, the second best and the previous second best point.
  let x = Math.min(high, Math.max(low, start))
  let w = x
  let v = x
  let fx = f(x)
  let fw = fx
  let fv = fx
  let step = 0
  let before = 0
  for (let iteration = 0; iteration < 100; iteration++) {
    const middle = (a + b) / 2
    if (Math.abs(x - middle) <= 2 * tolerance - (b - a) / 2) break
    const parabola = Math.abs(before) > tolerance ? parabolicStep(x, fx, w, fw, v, fv) : undefined
    const fits =
      parabola !== undefined &&
      Math.abs(parabola) < Math.abs(before / 2) &&
      x + parabola > a + 2 * tolerance &&
      x + parabola < b - 2 * tolerance
    before = fits ? step : (x >= middle ? a : b) - x
    step = fits ? parabola : GOLDEN * before
    const u = x + (Math.abs(step) >= tolerance ? step : Math.sign(step) * tolerance)
    const fu = f(u)
    if (fu <= fx) {
      if (u >= x) a = x
      else b = x
      ;[v, w, x] = [w, x, u]
      ;[fv, fw, fx] = [fw, fx, fu]
      continue
    }
    if (u < x) a = u
    else b = u
    if (fu <= fw || w === x) {
      ;[v, w] = [w, u]
      ;[fv, fw] = [fw, fu]
    } else if (fu <= fv || v === x || v === w) {
      v = u
      fv = fu
    }
  }
  return x
}

/** From x to the vertex of the parabola through three points; undefined where they lie on a line. */
function parabolicStep(
  x: number,
  fx: number,
  w: number,
  fw: number,
  v: number,
  fv: number,
): number | undefined {
  const r = (x - w) * (fx - fv)
  const q = (x - v) * (fx - fw)
  const denominator = 2 * (q - r)
  return denominator === 0 ? undefined : -((x - v) * q - (x - w) * r) / denominator
}
