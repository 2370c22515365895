import type { PairedComparison, PairedVerdict } from '@thresher/core'
import type { Span, Tone } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { displayWidth } from '../output/text.js'
import type { MetricScale } from './metric-scale.js'

export function verdictTone(verdict: PairedVerdict | undefined): Tone | undefined {
  return verdict === 'better' || verdict === 'worse' ? verdict : undefined
}

/** The sign of a verdict with its grounds: `? undecided: 2 more seeds would tell 0.07 pt`. */
export function standingSpan(comparison: PairedComparison, scale: MetricScale, symbols: Symbols): Span {
  const { verdict } = comparison
  return { text: `${symbols[verdict]} ${standingText(comparison, scale)}`, tone: verdictTone(verdict) }
}

/** A verdict with its grounds, in fewer words where `width` is not enough for all. */
export function standingText(
  comparison: PairedComparison,
  scale: MetricScale,
  width = Number.POSITIVE_INFINITY,
): string {
  const texts = wordings(comparison, scale)
  return texts.find((text) => displayWidth(text) <= width) ?? texts.at(-1)!
}

/** From long to short. */
function wordings({ verdict, plan, reason, seeds }: PairedComparison, scale: MetricScale): string[] {
  if (verdict !== 'undecided' || plan === undefined) {
    return [reason, reason.replace(/^\w+: /, '').replace(/^1 seed says nothing of the noise; /, '')]
  }
  const found = scale.difference(plan.difference).replace(/^[+-]/, '')
  if (plan.more === undefined) {
    return [`undecided: not even ${MANY} seeds would tell ${found}`, `over ${MANY} seeds for ${found}`]
  }
  const more = plan.more === 1 ? '1 more seed' : `${plan.more} more seeds`
  const would = `${more} would tell ${found}`
  return [
    `undecided: ${would}`,
    would,
    `${more} for ${found}`,
    `${seeds.length + plan.more} seeds for ${found}`,
  ]
}

/** What core calls nobody's plan. */
const MANY = '1,000'
