/**
 * Dense linear algebra on row-major Float64Arrays. Of a symmetric matrix only the lower triangle is read; of a
 * lower triangular one nothing above the diagonal. Methods: G. H. Golub, C. F. Van Loan, "Matrix Computations",
 * 4th edition, sections 3.1 and 4.2.
 */

/** The inner product of `length` numbers of a from `aStart` and of b from `bStart`. */
export function dot(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  length: number,
): number {
  // Four independent sums: one alone would wait for itself at every addition.
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  let i = 0
  for (; i + 3 < length; i += 4) {
    sum0 += a[aStart + i]! * b[bStart + i]!
    sum1 += a[aStart + i + 1]! * b[bStart + i + 1]!
    sum2 += a[aStart + i + 2]! * b[bStart + i + 2]!
    sum3 += a[aStart + i + 3]! * b[bStart + i + 3]!
  }
  for (; i < length; i++) sum0 += a[aStart + i]! * b[bStart + i]!
  return sum0 + sum1 + (sum2 + sum3)
}

/**
 * Replaces the lower triangle of the n x n `matrix` by its Cholesky factor L, matrix = L L'. Rows before `from` are
 * taken to hold the factor already. False, with the matrix spoilt, where it is not positive definite.
 */
export function cholesky(matrix: Float64Array, n: number, from = 0): boolean {
  for (let row = from; row < n; row++) {
    const rowStart = row * n
    for (let column = 0; column < row; column++) {
      const columnStart = column * n
      const rest = matrix[rowStart + column]! - dot(matrix, rowStart, matrix, columnStart, column)
      matrix[rowStart + column] = rest / matrix[columnStart + column]!
    }
    const pivot = matrix[rowStart + row]! - dot(matrix, rowStart, matrix, rowStart, row)
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return false
    matrix[rowStart + row] = Math.sqrt(pivot)
  }
  return true
}

/**
 * The Cholesky factor of a matrix that is positive definite but for rounding: where it fails, 1e-10 of the mean of
 * the diagonal is added to it, then ten times as much, up to 1e-4.
 * @throws RangeError for a matrix that is further from positive definite.
 */
export function choleskyWithJitter(matrix: Float64Array, n: number, from = 0): Float64Array {
  let mean = 0
  for (let i = 0; i < n; i++) mean += matrix[i * n + i]! / n
  for (const share of [0, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4]) {
    const factor = matrix.slice()
    for (let i = from; i < n; i++) factor[i * n + i]! += share * mean
    if (cholesky(factor, n, from)) return factor
  }
  throw new RangeError(`no Cholesky factor: the ${n} x ${n} matrix is not positive semidefinite`)
}

/** Replaces b, n numbers from `start`, by the solution x of L x = b. */
export function solveLower(factor: Float64Array, n: number, b: Float64Array, start = 0): void {
  for (let row = 0; row < n; row++) {
    const rest = b[start + row]! - dot(factor, row * n, b, start, row)
    b[start + row] = rest / factor[row * n + row]!
  }
}

/** Replaces b, n numbers from `start`, by the solution x of L' x = b. */
export function solveLowerTransposed(factor: Float64Array, n: number, b: Float64Array, start = 0): void {
  for (let row = n - 1; row >= 0; row--) {
    const rowStart = row * n
    const x = b[start + row]! / factor[rowStart + row]!
    b[start + row] = x
    for (let column = 0; column < row; column++) b[start + column]! -= factor[rowStart + column]! * x
  }
}

/** The lower triangle of (L L')^-1, row-major. */
export function choleskyInverse(factor: Float64Array, n: number): Float64Array {
  // Row j holds column j of L^-1, so that every inner loop runs along rows.
  const columns = new Float64Array(n * n)
  for (let column = 0; column < n; column++) {
    const start = column * n
    columns[start + column] = 1 / factor[start + column]!
    for (let row = column + 1; row < n; row++) {
      const sum = dot(factor, row * n + column, columns, start + column, row - column)
      columns[start + row] = -sum / factor[row * n + row]!
    }
  }
  const inverse = new Float64Array(n * n)
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      inverse[row * n + column] = dot(columns, row * n + row, columns, column * n + row, n - row)
    }
  }
  return inverse
}

/**
 * The inverse of a square matrix by Gauss-Jordan elimination with partial pivoting; undefined where a pivot vanishes.
 */
export function invert(matrix: Float64Array, n: number): Float64Array | undefined {
  const left = matrix.slice()
  const right = new Float64Array(n * n)
  for (let i = 0; i < n; i++) right[i * n + i] = 1
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(left[row * n + column]!) > Math.abs(left[pivot * n + column]!)) pivot = row
    }
    const value = left[pivot * n + column]!
    if (!(Math.abs(value) > 0 && Number.isFinite(value))) return undefined
    for (let k = 0; k < n; k++) {
      swap(left, pivot * n + k, column * n + k)
      swap(right, pivot * n + k, column * n + k)
      left[column * n + k]! /= value
      right[column * n + k]! /= value
    }
    for (let row = 0; row < n; row++) {
      const factor = left[row * n + column]!
      if (row === column || factor === 0) continue
      for (let k = 0; k < n; k++) {
        left[row * n + k]! -= factor * left[column * n + k]!
        right[row * n + k]! -= factor * right[column * n + k]!
      }
    }
  }
  return right
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]!
  values[i] = values[j]!
  values[j] = value
}
