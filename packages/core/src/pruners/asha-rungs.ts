/**
 * The resources of a bracket's rungs, ascending: min * eta^(bracket + k) below `max`. At `max` a trial is whole and
 * there is nothing left to decide. Whole numbers throughout, where a quotient of logarithms (Ray's) is off by one at
 * powers: log(243) / log(3) is below 5.
 */
export function ashaRungs(min: number, max: number, eta: number, bracket = 0): number[] {
  const rungs: number[] = []
  for (let resource = min * eta ** bracket; resource < max; resource *= eta) rungs.push(resource)
  return rungs
}

/**
 * The share of trials of each bracket: the softmax of their numbers of rungs, as Ray's AsyncHyperBandScheduler draws
 * them, so that brackets that stop sooner get more.
 */
export function bracketShares(min: number, max: number, eta: number, brackets: number): number[] {
  const counts = Array.from({ length: brackets }, (_, bracket) => ashaRungs(min, max, eta, bracket).length)
  const most = Math.max(...counts)
  const weights = counts.map((count) => Math.exp(count - most))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}
