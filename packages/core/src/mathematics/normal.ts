/** The standard normal distribution. */

const LOG_SQRT_2PI = 0.9189385332046727
const SQRT_2PI = 2.5066282746310002

// Rational approximations of W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp.
// 23(107), 1969, in the variable of the normal distribution: the middle, |x| up to 0.67449; the flanks, up to sqrt(32);
// the tails. Coefficients by falling power; the leading one of a denominator is 1.
const MIDDLE_P = [
  0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
]
const MIDDLE_Q = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673]
const FLANK_P = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
]
const FLANK_Q = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
]
const TAIL_P = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.02223527787064981, 0.0014216191932278934,
  2.9112874951168793e-5,
]
const TAIL_Q = [
  1, 1.284260096144911, 0.46823821248086511, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5,
]

const MIDDLE = 0.67448975
const FLANK = Math.sqrt(32)

/** Density at x. */
export function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI
}

/** Logarithm of the density at x. */
export function logNormalPdf(x: number): number {
  return -0.5 * x * x - LOG_SQRT_2PI
}

/** P(X <= x), to about 1e-15 relative in both tails' small side. */
export function normalCdf(x: number): number {
  if (Math.abs(x) <= MIDDLE) return 0.5 + middle(x)
  const tail = scaledTail(Math.abs(x)) * expMinusHalfSquare(Math.abs(x))
  return x < 0 ? tail : 1 - tail
}

/** log P(X <= x), for any x down to about -1e154: in the tail the scaled function is taken, which never underflows. */
export function logNormalCdf(x: number): number {
  if (x < -MIDDLE) return -0.5 * x * x + Math.log(scaledTail(-x))
  if (x <= MIDDLE) return Math.log(0.5 + middle(x))
  return Math.log1p(-scaledTail(x) * expMinusHalfSquare(x))
}

/** P(X > y) * exp(y^2 / 2), y >= 0. */
export function scaledTail(y: number): number {
  if (y <= MIDDLE) return (0.5 - middle(y)) * Math.exp(0.5 * y * y)
  if (y <= FLANK) return polynomial(FLANK_P, y) / polynomial(FLANK_Q, y)
  const inverse = 1 / (y * y)
  return (1 / SQRT_2PI - (inverse * polynomial(TAIL_P, inverse)) / polynomial(TAIL_Q, inverse)) / y
}

/** P(0 < X <= x) for |x| up to 0.67449, negative for negative x. */
function middle(x: number): number {
  const square = x * x
  return (x * polynomial(MIDDLE_P, square)) / polynomial(MIDDLE_Q, square)
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[0]!
  for (let i = 1; i < coefficients.length; i++) sum = sum * x + coefficients[i]!
  return sum
}

/** exp(-y^2 / 2), split so that the rounding of the square does not grow with it. */
function expMinusHalfSquare(y: number): number {
  if (y > 39) return 0
  const coarse = Math.trunc(y * 16) / 16
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (y - coarse) * (y + coarse))
}

// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37(3), 1988.
const CENTRE_A = [
  2509.0809287301227, 33430.575583588128, 67265.7709270087, 45921.95393154987, 13731.693765509461,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
]
const CENTRE_B = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.1960214247511,
  687.1870074920579, 42.31333070160091, 1,
]
const NEAR_C = [
  7.745450142783414e-4, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
]
const NEAR_D = [
  1.0507500716444169e-9, 5.475938084995345e-4, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
]
const FAR_E = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
]
const FAR_F = [
  2.0442631033899397e-15, 1.4215117583164459e-7, 1.8463183175100548e-5, 7.868691311456133e-4,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
]

/** The x with P(X <= x) = p; -Infinity at 0, Infinity at 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(CENTRE_A, r)) / polynomial(CENTRE_B, r)
  }
  const tail = tailQuantile(Math.sqrt(-Math.log(q < 0 ? p : 1 - p)))
  return q < 0 ? -tail : tail
}

/** The x with log P(X <= x) = logP, also where P itself is 0 in floating point. */
export function normalQuantileOfLog(logP: number): number {
  if (!(logP < 0)) return logP === 0 ? Infinity : Number.NaN
  if (logP > -Math.LN2) return -normalQuantileOfLog(Math.log(-Math.expm1(logP)))
  let x = logP > -700 ? normalQuantile(Math.exp(logP)) : -Math.sqrt(-2 * logP - Math.log(-4 * Math.PI * logP))
  // Newton on log P, whose derivative is pdf / cdf.
  for (let i = 0; i < 20; i++) {
    const log = logNormalCdf(x)
    const step = (log - logP) * Math.exp(log - logNormalPdf(x))
    x -= step
    if (Math.abs(step) <= 1e-15 * Math.abs(x)) break
  }
  return x
}

/** The quantile in the upper tail, of r = sqrt(-log(1 - p)). */
function tailQuantile(r: number): number {
  if (r <= 5) return polynomial(NEAR_C, r - 1.6) / polynomial(NEAR_D, r - 1.6)
  return polynomial(FAR_E, r - 5) / polynomial(FAR_F, r - 5)
}
