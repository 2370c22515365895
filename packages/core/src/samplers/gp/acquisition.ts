/** How good a point is to try next: larger is better. */
export interface Acquisition {
  /** One a dimension: by how much a coordinate has to change to matter. */
  readonly lengthScales: Float64Array
  /**
   * The value at x. Where given, `gradient` is overwritten by the gradient; its categorical coordinates are 0.
   */
  evaluate(x: Float64Array, gradient?: Float64Array): number
}

/** log(sum(exp)) of the terms, less log(count); the terms are replaced by their shares of the sum. */
export function logMeanExp(terms: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY
  for (const term of terms) largest = Math.max(largest, term)
  if (largest === Number.NEGATIVE_INFINITY) {
    terms.fill(1 / terms.length)
    return largest
  }
  let sum = 0
  for (let i = 0; i < terms.length; i++) {
    terms[i] = Math.exp(terms[i]! - largest)
    sum += terms[i]!
  }
  for (let i = 0; i < terms.length; i++) terms[i]! /= sum
  return largest + Math.log(sum / terms.length)
}
