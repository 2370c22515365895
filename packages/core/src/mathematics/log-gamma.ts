const G = 607 / 128
// Lanczos coefficients for g = 607/128, n = 15, as P. Godfrey computed them ("A note on the computation of the
// convergent Lanczos complex gamma approximation", 2001); relative error of gamma below 1e-14.
const COEFFICIENTS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
]

/** The logarithm of the gamma function of x > 0. C. Lanczos, SIAM J. Numer. Anal. B 1, 1964. */
export function logGamma(x: number): number {
  // Below 1/2 the approximation loses digits.
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = COEFFICIENTS[0]!
  for (let i = 1; i < COEFFICIENTS.length; i++) sum += COEFFICIENTS[i]! / (x - 1 + i)
  const base = x - 0.5 + G
  return (x - 0.5) * Math.log(base) - base + Math.log(Math.sqrt(2 * Math.PI) * sum)
}
