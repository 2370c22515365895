/** The constants of a CMA-ES of a dimension and population, by N. Hansen's table 1 (2016). */
export interface StrategyParameters {
  readonly population: number
  /** Of the ranked candidates; those of the better half are positive and sum to 1, the others negative. */
  readonly weights: Float64Array
  /** Variance-effective size of the better half. */
  readonly effective: number
  readonly sigmaRate: number
  readonly sigmaDamping: number
  readonly pathRate: number
  readonly rankOneRate: number
  readonly rankMuRate: number
  /** Expected length of a standard normal vector. */
  readonly expectedLength: number
}

/** 4 + 3 ln d, rounded down. */
export function defaultPopulation(dimension: number): number {
  return 4 + Math.floor(3 * Math.log(dimension))
}

export function strategyParameters(dimension: number, population: number): StrategyParameters {
  const d = dimension
  const raw = Float64Array.from(
    { length: population },
    (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1),
  )
  const half = Math.floor(population / 2)
  const effective = effectiveSize(raw.subarray(0, half))
  const sigmaRate = (effective + 2) / (d + effective + 5)
  const rankOneRate = 2 / ((d + 1.3) ** 2 + effective)
  const rankMuRate = Math.min(
    1 - rankOneRate,
    (2 * (0.25 + effective + 1 / effective - 2)) / ((d + 2) ** 2 + effective),
  )
  const negative = raw.subarray(half)
  const negativeSum = Math.min(
    1 + rankOneRate / rankMuRate,
    1 + (2 * effectiveSize(negative)) / (effective + 2),
    (1 - rankOneRate - rankMuRate) / (d * rankMuRate),
  )
  const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + Math.abs(value), 0)
  const positiveSum = sumOf(raw.subarray(0, half))
  const wholeNegative = sumOf(negative)
  return {
    population,
    weights: raw.map((weight, i) =>
      i < half ? weight / positiveSum : wholeNegative === 0 ? 0 : (weight * negativeSum) / wholeNegative,
    ),
    effective,
    sigmaRate,
    sigmaDamping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (d + 1)) - 1) + sigmaRate,
    pathRate: (4 + effective / d) / (d + 4 + (2 * effective) / d),
    rankOneRate,
    rankMuRate,
    expectedLength: Math.sqrt(d) * (1 - 1 / (4 * d) + 1 / (21 * d * d)),
  }
}

function effectiveSize(weights: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const squares = weights.reduce((total, weight) => total + weight * weight, 0)
  return squares === 0 ? 0 : (sum * sum) / squares
}
