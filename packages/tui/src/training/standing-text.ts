import type { PairedVerdict } from '@thresher/core'
import type { RankedCandidate } from '@thresher/sweeps'
import type { Span, Tone } from '../output/style.js'
import type { Symbols } from '../output/symbols.js'
import { displayWidth } from '../output/text.js'

export function verdictTone(verdict: PairedVerdict | undefined): Tone | undefined {
  return verdict === 'better' || verdict === 'worse' ? verdict : undefined
}

/** The sign of a verdict with its grounds: `? undecided: 2 more seeds would tell 0.07 pt`. */
export function standingSpan(standing: RankedCandidate, symbols: Symbols): Span {
  const { verdict } = standing
  return { text: `${symbols[verdict]} ${standingText(standing)}`, tone: verdictTone(verdict) }
}

/** A verdict with its grounds, in fewer words where `width` is not enough for all. */
export function standingText(standing: RankedCandidate, width = Number.POSITIVE_INFINITY): string {
  const { verdict, plan, reason } = standing
  const texts = [`${verdict}: ${reason}`, reason]
  if (plan !== null) texts.push(plan.more === null ? 'over 1,000 seeds' : `${plan.more} more seeds`)
  return texts.find((text) => displayWidth(text) <= width) ?? texts.at(-1)!
}
