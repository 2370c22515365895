import { logNormalPdf, normalCdf, normalPdf, scaledTail } from '../../mathematics/normal.js'

const SQRT_2PI = Math.sqrt(2 * Math.PI)

/**
 * log E[max(0, z + Z)] of a standard normal Z, the logarithm of the expected improvement in units of the standard
 * deviation; accurate down to z = -1e150. S. Ament et al., "Unexpected improvements to expected improvement for
 * Bayesian optimization", NeurIPS 2023, equation 9.
 */
export function logImprovement(z: number): number {
  return z > -1 ? Math.log(improvement(z)) : logNormalPdf(z) + Math.log(scaledImprovement(z))
}

/** Its derivative: cdf(z) over the improvement. */
export function logImprovementSlope(z: number): number {
  return z > -1 ? normalCdf(z) / improvement(z) : (SQRT_2PI * scaledTail(-z)) / scaledImprovement(z)
}

/** pdf(z) over the improvement: the derivative of log(s h(m / s)) by s, times s, where h is the improvement. */
export function densityOverImprovement(z: number): number {
  return z > -1 ? normalPdf(z) / improvement(z) : 1 / scaledImprovement(z)
}

function improvement(z: number): number {
  return normalPdf(z) + z * normalCdf(z)
}

/** The improvement over the density, 1 + z cdf(z) / pdf(z), z negative; far out by its asymptotic series. */
function scaledImprovement(z: number): number {
  if (z > -50) return 1 + z * SQRT_2PI * scaledTail(-z)
  const t = 1 / (z * z)
  return t * (1 - t * (3 - t * (15 - t * (105 - 945 * t))))
}
