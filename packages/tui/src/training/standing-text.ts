import type { PairedComparison, PairedVerdict } from '@thresher/core'
import type { Tone } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import type { MetricScale } from './metric-scale.js'

/** The sign of a verdict. */
export function verdictSign(verdict: PairedVerdict, symbols: Symbols): string {
  return symbols[verdict]
}

export function verdictTone(verdict: PairedVerdict | undefined): Tone | undefined {
  return verdict === 'better' || verdict === 'worse' ? verdict : undefined
}

/** A verdict with its grounds: `undecided: 2 more seeds would tell 0.07 pt`. */
export function standingText(comparison: PairedComparison, scale: MetricScale): string {
  const { verdict, plan, reason } = comparison
  if (verdict !== 'undecided' || plan?.more === undefined) return reason
  const seeds = plan.more === 1 ? '1 more seed' : `${plan.more} more seeds`
  return `undecided: ${seeds} would tell ${scale.difference(plan.difference).replace(/^[+-]/, '')}`
}
