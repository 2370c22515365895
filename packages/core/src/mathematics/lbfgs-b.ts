import { CompactBfgs } from './compact-bfgs.js'
import { dot } from './linear-algebra.js'
import { searchWolfe } from './wolfe-search.js'

/** Returns the value at x and writes the gradient there; a value that is not finite is stepped back from. */
export type DifferentiableFunction = (x: Float64Array, gradient: Float64Array) => number

export interface LbfgsbOptions {
  /** One bound a variable, -Infinity for none. */
  readonly lower?: Float64Array
  readonly upper?: Float64Array
  /** Pairs of steps kept, 10. */
  readonly memory?: number
  /** Stop when no component of the projected gradient is larger, 1e-5. */
  readonly gradientTolerance?: number
  /** Stop when a step lowers the value by less than this share of it, 2.2e-9. */
  readonly valueTolerance?: number
  /** Steps at most, 15,000. */
  readonly iterations?: number
}

export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  readonly iterations: number
  /** False where the line search failed or the steps ran out before a tolerance was met. */
  readonly converged: boolean
}

/**
 * A local minimum of a smooth function within bounds, by L-BFGS-B. R. H. Byrd, P. Lu, J. Nocedal, C. Zhu, "A limited
 * memory algorithm for bound constrained optimization", SIAM J. Sci. Comput. 16(5), 1995. `start` is moved into the
 * bounds first.
 */
export function minimizeLbfgsb(
  f: DifferentiableFunction,
  start: Float64Array,
  options: LbfgsbOptions = {},
): Minimum {
  const n = start.length
  const lower = options.lower ?? new Float64Array(n).fill(Number.NEGATIVE_INFINITY)
  const upper = options.upper ?? new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  const gradientTolerance = options.gradientTolerance ?? 1e-5
  const valueTolerance = options.valueTolerance ?? 2.2e-9
  const limit = options.iterations ?? 15_000
  const bounded = lower.some(Number.isFinite) || upper.some(Number.isFinite)

  let x = start.map((value, i) => Math.min(upper[i]!, Math.max(lower[i]!, value)))
  let gradient = new Float64Array(n)
  let value = f(x, gradient)
  const matrix = new CompactBfgs(n, options.memory ?? 10)
  const result = (iterations: number, converged: boolean): Minimum => ({ x, value, iterations, converged })
  if (!Number.isFinite(value)) return result(0, false)

  for (let iteration = 0; iteration < limit; iteration++) {
    if (projectedGradient(x, gradient, lower, upper) <= gradientTolerance) return result(iteration, true)

    const target = subspaceMinimum(matrix, x, gradient, lower, upper)
    const direction = target.map((t, i) => t - x[i]!)
    const slope = dot(direction, 0, gradient, 0, n)
    const length = Math.sqrt(dot(direction, 0, direction, 0, n))
    const trialX = new Float64Array(n)
    const trialGradient = new Float64Array(n)
    let trialValue = value
    let evaluated = 0
    const line = (step: number) => {
      for (let i = 0; i < n; i++) {
        // Rounding must neither carry a variable past its bound nor leave it just short of it.
        const moved = step === 1 ? target[i]! : x[i]! + step * direction[i]!
        trialX[i] = Math.min(upper[i]!, Math.max(lower[i]!, moved))
      }
      evaluated = step
      trialValue = f(trialX, trialGradient)
      return { value: trialValue, slope: dot(direction, 0, trialGradient, 0, n) }
    }
    const longest = iteration === 0 && bounded ? 1 : longestStep(x, direction, lower, upper)
    const first = matrix.width === 0 ? Math.min(1, 1 / length) : 1
    const step = slope < 0 ? searchWolfe(line, value, slope, first, Math.max(1, longest)) : undefined
    if (step === undefined) {
      if (matrix.width === 0) return result(iteration, false)
      matrix.clear()
      continue
    }
    if (evaluated !== step) line(step)
    const reduction = value - trialValue
    const scale = Math.max(Math.abs(value), Math.abs(trialValue), 1)
    const oldX = x
    const oldGradient = gradient
    x = trialX
    gradient = trialGradient
    value = trialValue
    if (reduction <= valueTolerance * scale) return result(iteration + 1, true)
    matrix.update(
      x.map((a, i) => a - oldX[i]!),
      gradient.map((a, i) => a - oldGradient[i]!),
    )
  }
  return result(limit, false)
}

/** The largest component of the way from x to x - gradient, cut off at the bounds. */
function projectedGradient(
  x: Float64Array,
  gradient: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): number {
  let largest = 0
  for (let i = 0; i < x.length; i++) {
    const moved = Math.min(upper[i]!, Math.max(lower[i]!, x[i]! - gradient[i]!))
    largest = Math.max(largest, Math.abs(moved - x[i]!))
  }
  return largest
}

function longestStep(
  x: Float64Array,
  direction: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): number {
  let longest = 1e10
  for (let i = 0; i < x.length; i++) {
    if (direction[i]! > 0) longest = Math.min(longest, (upper[i]! - x[i]!) / direction[i]!)
    if (direction[i]! < 0) longest = Math.min(longest, (lower[i]! - x[i]!) / direction[i]!)
  }
  return longest
}

/**
 * The minimum of the quadratic model over the variables that are free at the generalized Cauchy point, cut back to
 * the bounds (section 5.1 of the paper, the direct primal method).
 */
function subspaceMinimum(
  matrix: CompactBfgs,
  x: Float64Array,
  gradient: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): Float64Array {
  const { cauchy, projected } = cauchyPoint(matrix, x, gradient, lower, upper)
  const free: number[] = []
  for (let i = 0; i < x.length; i++) {
    if (cauchy[i]! > lower[i]! && cauchy[i]! < upper[i]!) free.push(i)
  }
  if (free.length === 0) return cauchy
  const weighted = matrix.middle(projected)
  const residual = Float64Array.from(free, (i) => {
    const correction = matrix.width === 0 ? 0 : dot(matrix.row(i), 0, weighted, 0, weighted.length)
    return gradient[i]! + matrix.theta * (cauchy[i]! - x[i]!) - correction
  })
  const step = matrix.solveFree(free, residual)
  if (step === undefined) return cauchy
  let share = 1
  for (const [k, i] of free.entries()) {
    if (step[k]! > 0) share = Math.min(share, (upper[i]! - cauchy[i]!) / step[k]!)
    if (step[k]! < 0) share = Math.min(share, (lower[i]! - cauchy[i]!) / step[k]!)
  }
  for (const [k, i] of free.entries()) cauchy[i]! += share * step[k]!
  return cauchy
}

/**
 * The first minimum of the quadratic model along the projected steepest descent (algorithm CP of the paper), and
 * W'(cauchy - x).
 */
function cauchyPoint(
  matrix: CompactBfgs,
  x: Float64Array,
  gradient: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): { cauchy: Float64Array; projected: Float64Array } {
  const n = x.length
  const cauchy = x.slice()
  const direction = new Float64Array(n)
  const breaks: { at: number; index: number }[] = []
  for (let i = 0; i < n; i++) {
    const g = gradient[i]!
    const bound = g < 0 ? upper[i]! : lower[i]!
    const at = g === 0 ? Number.POSITIVE_INFINITY : (x[i]! - bound) / g
    if (at <= 0) continue
    direction[i] = -g
    if (g !== 0 && Number.isFinite(at)) breaks.push({ at, index: i })
  }
  breaks.sort((a, b) => a.at - b.at || a.index - b.index)

  const projected = new Float64Array(matrix.width)
  const p = matrix.project(direction)
  let slope = -dot(direction, 0, direction, 0, n)
  if (slope === 0) return { cauchy, projected }
  let curvature = -matrix.theta * slope - dot(p, 0, matrix.middle(p), 0, p.length)
  const floor = Number.EPSILON * curvature
  let time = 0
  for (const { at, index } of breaks) {
    const delta = at - time
    if (-slope / curvature < delta) break
    const g = gradient[index]!
    cauchy[index] = g < 0 ? upper[index]! : lower[index]!
    const moved = cauchy[index]! - x[index]!
    for (let i = 0; i < p.length; i++) projected[i]! += delta * p[i]!
    const row = matrix.row(index)
    const weighted = matrix.middle(row)
    const width = p.length
    slope += delta * curvature + g * g + matrix.theta * g * moved - g * dot(weighted, 0, projected, 0, width)
    curvature -= matrix.theta * g * g + 2 * g * dot(weighted, 0, p, 0, width)
    curvature -= g * g * dot(weighted, 0, row, 0, width)
    curvature = Math.max(curvature, floor)
    for (let i = 0; i < width; i++) p[i]! += g * row[i]!
    direction[index] = 0
    time = at
    if (slope >= 0) return { cauchy: advance(cauchy, x, direction, time), projected }
  }
  const last = Math.max(0, -slope / curvature)
  for (let i = 0; i < p.length; i++) projected[i]! += last * p[i]!
  return { cauchy: advance(cauchy, x, direction, time + last), projected }
}

/** Moves what has not met its bound yet. */
function advance(cauchy: Float64Array, x: Float64Array, direction: Float64Array, time: number): Float64Array {
  for (let i = 0; i < x.length; i++) if (direction[i] !== 0) cauchy[i] = x[i]! + time * direction[i]!
  return cauchy
}
