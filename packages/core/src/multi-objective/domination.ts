/** Losses of one candidate, all to be made small. */
export type Losses = ArrayLike<number>

/** Whether `a` is nowhere worse than `b` and somewhere better: Pareto dominance, of losses. */
export function dominates(a: Losses, b: Losses): boolean {
  let better = false
  for (let i = 0; i < a.length; i++) {
    if (a[i]! > b[i]!) return false
    if (a[i]! < b[i]!) better = true
  }
  return better
}

export interface Constrained {
  readonly losses: Losses
  /** 0 where feasible. */
  readonly violation: number
}

/**
 * Domination under constraints: feasible before infeasible, less violation before more, and among the feasible by
 * losses. K. Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE TEC 6(2), 2002, def. 1.
 */
export function constrainedDominates(a: Constrained, b: Constrained): boolean {
  if (a.violation > 0 || b.violation > 0) return a.violation < b.violation
  return dominates(a.losses, b.losses)
}

/** Places by losses, lexicographically: whatever dominates a candidate comes before it. */
export function lexicographic(points: readonly Losses[]): number[] {
  return points.map((_, i) => i).sort((i, j) => compare(points[i]!, points[j]!) || i - j)
}

export function compare(a: Losses, b: Losses): number {
  for (let i = 0; i < a.length; i++) if (a[i]! !== b[i]!) return a[i]! < b[i]! ? -1 : 1
  return 0
}
