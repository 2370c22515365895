import { dot, invert } from './linear-algebra.js'

/**
 * The limited-memory BFGS matrix in compact form, B = theta I - W M W', with W = [Y, theta S] from the last steps S
 * and changes of the gradient Y. R. H. Byrd, J. Nocedal, R. B. Schnabel, "Representations of quasi-Newton matrices
 * and their use in limited memory methods", Math. Programming 63, 1994, theorem 2.3.
 */
export class CompactBfgs {
  theta = 1
  readonly #dimension: number
  readonly #memory: number
  readonly #steps: Float64Array[] = []
  readonly #changes: Float64Array[] = []
  #middle: Float64Array = new Float64Array(0)

  constructor(dimension: number, memory: number) {
    this.#dimension = dimension
    this.#memory = memory
  }

  /** The columns of W: twice the number of pairs kept. */
  get width(): number {
    return 2 * this.#steps.length
  }

  clear(): void {
    this.#steps.length = 0
    this.#changes.length = 0
    this.theta = 1
  }

  /** Takes in a step and the gradient's change over it; a pair without positive curvature is left out. */
  update(step: Float64Array, change: Float64Array): void {
    const n = this.#dimension
    const curvature = dot(step, 0, change, 0, n)
    const square = dot(change, 0, change, 0, n)
    if (!(curvature > Number.EPSILON * square)) return
    if (this.#steps.length === this.#memory) {
      this.#steps.shift()
      this.#changes.shift()
    }
    this.#steps.push(step)
    this.#changes.push(change)
    this.theta = square / curvature
    this.#updateMiddle()
  }

  /** M = [[-D, L'], [L, theta S'S]]^-1 with D the diagonal and L the strictly lower triangle of S'Y. */
  #updateMiddle(): void {
    const pairs = this.#steps.length
    const width = 2 * pairs
    const n = this.#dimension
    const matrix = new Float64Array(width * width)
    for (let i = 0; i < pairs; i++) {
      matrix[i * width + i] = -dot(this.#steps[i]!, 0, this.#changes[i]!, 0, n)
      for (let j = 0; j < pairs; j++) {
        matrix[(pairs + i) * width + pairs + j] = this.theta * dot(this.#steps[i]!, 0, this.#steps[j]!, 0, n)
        if (j >= i) continue
        const product = dot(this.#steps[i]!, 0, this.#changes[j]!, 0, n)
        matrix[(pairs + i) * width + j] = product
        matrix[j * width + pairs + i] = product
      }
    }
    const inverse = invert(matrix, width)
    if (inverse === undefined) this.clear()
    else this.#middle = inverse
  }

  /** W' v. */
  project(v: Float64Array): Float64Array {
    const pairs = this.#steps.length
    const product = new Float64Array(2 * pairs)
    for (let i = 0; i < pairs; i++) {
      product[i] = dot(this.#changes[i]!, 0, v, 0, this.#dimension)
      product[pairs + i] = this.theta * dot(this.#steps[i]!, 0, v, 0, this.#dimension)
    }
    return product
  }

  /** Row `index` of W. */
  row(index: number): Float64Array {
    const pairs = this.#steps.length
    const row = new Float64Array(2 * pairs)
    for (let i = 0; i < pairs; i++) {
      row[i] = this.#changes[i]![index]!
      row[pairs + i] = this.theta * this.#steps[i]![index]!
    }
    return row
  }

  /** M v. */
  middle(v: Float64Array): Float64Array {
    const width = this.width
    const product = new Float64Array(width)
    for (let i = 0; i < width; i++) product[i] = dot(this.#middle, i * width, v, 0, width)
    return product
  }

  /**
   * The solution d of B_FF d = -r over the free variables F, by the Sherman-Morrison-Woodbury formula (equation 5.11
   * of Byrd, Lu, Nocedal and Zhu, 1995). Undefined where the small system is singular.
   */
  solveFree(free: readonly number[], residual: Float64Array): Float64Array | undefined {
    const width = this.width
    const direction = new Float64Array(free.length)
    if (width === 0) {
      for (let k = 0; k < free.length; k++) direction[k] = -residual[k]! / this.theta
      return direction
    }
    const rows = free.map((index) => this.row(index))
    const gram = new Float64Array(width * width)
    const projected = new Float64Array(width)
    for (const [k, row] of rows.entries()) {
      for (let i = 0; i < width; i++) {
        projected[i]! += row[i]! * residual[k]!
        for (let j = 0; j < width; j++) gram[i * width + j]! += (row[i]! * row[j]!) / this.theta
      }
    }
    const system = new Float64Array(width * width)
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        let sum = i === j ? 1 : 0
        for (let k = 0; k < width; k++) sum -= this.#middle[i * width + k]! * gram[k * width + j]!
        system[i * width + j] = sum
      }
    }
    const inverse = invert(system, width)
    if (inverse === undefined) return undefined
    const right = this.middle(projected)
    const solution = new Float64Array(width)
    for (let i = 0; i < width; i++) solution[i] = dot(inverse, i * width, right, 0, width)
    for (const [k, row] of rows.entries()) {
      direction[k] = -(residual[k]! + dot(row, 0, solution, 0, width) / this.theta) / this.theta
    }
    return direction
  }
}
