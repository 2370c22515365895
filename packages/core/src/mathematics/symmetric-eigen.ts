export interface Eigen {
  /** Ascending. */
  readonly values: Float64Array
  /** n x n, row-major; column j belongs to value j. */
  readonly vectors: Float64Array
}

const SWEEPS = 50

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric n x n matrix, row-major, by Jacobi's rotations: G. H. Golub,
 * C. F. Van Loan, "Matrix Computations", 4th edition, section 8.5. For some dozens of dimensions.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice()
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = a[p * n + q]!
        const size = Math.sqrt(Math.abs(a[p * n + p]! * a[q * n + q]!))
        if (Math.abs(off) <= Number.EPSILON * size || off === 0) continue
        rotated = true
        rotate(a, vectors, n, p, q)
      }
    }
    if (!rotated) break
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i]! - a[j * n + j]!)
  const sorted = new Float64Array(n * n)
  for (let row = 0; row < n; row++) {
    for (const [column, from] of order.entries()) sorted[row * n + column] = vectors[row * n + from]!
  }
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors: sorted }
}

/** Turns the plane of axes p and q so that a[p][q] vanishes. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const tau = (a[q * n + q]! - a[p * n + p]!) / (2 * a[p * n + q]!)
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau))
  const c = 1 / Math.hypot(1, t)
  const s = t * c
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!
    const kq = a[k * n + q]!
    a[k * n + p] = c * kp - s * kq
    a[k * n + q] = s * kp + c * kq
    const vp = vectors[k * n + p]!
    const vq = vectors[k * n + q]!
    vectors[k * n + p] = c * vp - s * vq
    vectors[k * n + q] = s * vp + c * vq
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k]!
    const qk = a[q * n + k]!
    a[p * n + k] = c * pk - s * qk
    a[q * n + k] = s * pk + c * qk
  }
}
