/** A value as the objective sees it. */
export type ParamValue = number | string | boolean | null

/** A real number in [low, high]; with `step` one of low + k * step; with `log` searched on a logarithmic scale. */
export interface FloatDistribution {
  readonly kind: 'float'
  readonly low: number
  readonly high: number
  /** Excludes `log`. */
  readonly step: number | null
  readonly log: boolean
}

/** A whole number from low to high, both included, in steps. */
export interface IntDistribution {
  readonly kind: 'int'
  readonly low: number
  readonly high: number
  /** 1 where `log`. */
  readonly step: number
  readonly log: boolean
}

/** One of the choices; their order matters to the storage, which keeps the index. */
export interface CategoricalDistribution {
  readonly kind: 'categorical'
  readonly choices: readonly ParamValue[]
}

/** Where a parameter's values come from: Optuna's three distributions. */
export type Distribution = FloatDistribution | IntDistribution | CategoricalDistribution

/** Parameters that are drawn together, by name in code point order. */
export type SearchSpace = ReadonlyMap<string, Distribution>
