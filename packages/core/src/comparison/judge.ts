import { InputError } from '../errors.js'
import { createRandom } from '../random.js'
import { holm } from './holm.js'
import type { Checked } from './options.js'
import type { PairedVerdict } from './paired-comparison.js'
import { type Differences, equivalenceT, pairedT } from './paired-t.js'
import type { Pairing } from './pairing.js'
import { levelOfLook } from './power.js'
import { signFlipTest } from './sign-flip.js'

/** What the seeds carry of one candidate. */
export interface Judgement {
  readonly pValue: number
  readonly adjustedPValue: number
  readonly verdict: PairedVerdict
}

/**
 * Verdicts over all candidates: the two-sided paired t-tests and, apart from them, the tests of equivalence, each
 * family corrected by Holm's method. What is equivalent is `same` even where it surely differs.
 *
 * @throws InputError where a candidate has more seeds than were planned.
 */
export function judge(pairings: readonly Pairing[], checked: Checked): Judgement[] {
  const alpha = 1 - checked.level
  const shares = pairings.map(({ id, seeds }) => shareOfLevel(id, seeds.length, checked))
  const spent = (p: number, i: number) => Math.min(1, p / shares[i]!)
  const pValues = pairings.map(({ described, differences }) => testOf(described, differences, checked))
  const toCome = new Array<number>(checked.toCome).fill(1)
  const adjusted = holm([...pValues.map(spent), ...toCome])
  const equivalent = holm([
    ...pairings.map(({ described }, i) => spent(equivalenceOf(described, checked), i)),
    ...toCome,
  ])
  return pairings.map(({ described }, i) => ({
    pValue: pValues[i]!,
    adjustedPValue: adjusted[i]!,
    verdict: verdictOf(described, adjusted[i]! <= alpha, equivalent[i]! <= alpha, checked),
  }))
}

/** The share of the level that this look may spend: all of it where there is only one. */
function shareOfLevel(id: string, count: number, { planned, level }: Checked): number {
  if (planned === undefined || count < 2) return 1
  if (count > planned) {
    throw new InputError(`${id} has ${count} seeds and ${planned} were planned; raise planned to ${count}.`)
  }
  return levelOfLook(count, planned, 1 - level) / (1 - level)
}

function testOf(
  described: Differences | undefined,
  differences: readonly number[],
  { seed }: Checked,
): number {
  if (described === undefined || described.count < 2) return 1
  // Without a spread a t-test would be certain of anything; equal differences may be chance where values are coarse.
  return described.deviation === 0 ? signFlipTest(differences, createRandom(seed)) : pairedT(described)
}

function equivalenceOf(described: Differences | undefined, { equivalence }: Checked): number {
  if (equivalence === undefined || described === undefined || described.count < 2) return 1
  if (described.deviation === 0)
    return Math.abs(described.mean) < equivalence ? 2 ** (1 - described.count) : 1
  return equivalenceT(described, equivalence)
}

function verdictOf(
  described: Differences | undefined,
  differs: boolean,
  equivalent: boolean,
  { direction }: Checked,
): PairedVerdict {
  if (described === undefined || described.count < 2) return 'undecided'
  if (equivalent || (described.deviation === 0 && described.mean === 0)) return 'same'
  if (!differs) return 'undecided'
  return described.mean < 0 === (direction === 'minimize') ? 'better' : 'worse'
}
