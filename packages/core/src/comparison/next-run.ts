import { InputError } from '../errors.js'
import { studentTwoSidedQuantile } from '../mathematics/student-t.js'
import { optionsOf } from '../options.js'
import type { Direction } from '../study/study-snapshot.js'
import type { SeedValues } from './paired-comparison.js'

export interface EliminationOptions {
  readonly direction: Direction
  /** The seeds that settings are run on, in this order. */
  readonly seeds: readonly number[]
  /** How sure to be that a setting is behind the leader before it gets no more seeds, in (0.5, 1); 0.95 if not given. */
  readonly confidence?: number
  /**
   * After k seeds at most ceil(settings / shrink^k) go on, at least 1; 1, where not given, lets all go on that are not
   * clearly behind. With many settings and costly runs 2 makes the seeds cost about one more run a setting.
   */
  readonly shrink?: number
}

/** What to run next. */
export interface NextRun {
  /** The candidate; undefined for the baseline. */
  readonly id: string | undefined
  readonly seed: number
}

/** Who goes on, and why the others do not. */
export interface Elimination {
  /** Candidates that still get seeds. */
  readonly surviving: readonly string[]
  /** The candidate, and why in a clause: `behind a by 0.02 on 3 seeds`. */
  readonly eliminated: ReadonlyMap<string, string>
  /** Undefined where every survivor has all seeds. */
  readonly next: NextRun | undefined
}

/**
 * Which setting should get the next seed, by successive elimination: the survivors get the seeds in rounds, the
 * baseline first, and after each round those go that are clearly behind the leader on the seeds they share. E.
 * Even-Dar, S. Mannor, Y. Mansour, JMLR 7, 2006, with t-bounds of paired differences instead of Hoeffding's: a
 * setting's noise against the leader is its own, or what is usual in the study where that is more.
 *
 * Elimination is thrift and no verdict; {@link comparePaired} says what is better, and counts the eliminated too.
 *
 * @param candidates a failed seed is a seed with NaN: it is not run again, and pairs with nothing
 */
export function nextRun(
  baseline: SeedValues,
  candidates: ReadonlyMap<string, SeedValues>,
  options: EliminationOptions,
): Elimination {
  const { direction, seeds, confidence = 0.95, shrink = 1 } = options
  const checks = optionsOf('nextRun')
  checks.allowed(options, ['direction', 'seeds', 'confidence', 'shrink'])
  checks.oneOf('direction', direction, ['minimize', 'maximize'])
  checks.between('confidence', confidence, 0.5, 1)
  checks.within('shrink', shrink, 1, Number.POSITIVE_INFINITY)
  if (seeds.length === 0 || new Set(seeds).size !== seeds.length) {
    throw new InputError(`nextRun: seeds are [${seeds.join(', ')}]; give at least one, none twice.`)
  }
  const sign = direction === 'minimize' ? 1 : -1
  const eliminated = new Map<string, string>()
  let surviving = [...candidates.keys()]
  for (const [round, seed] of seeds.entries()) {
    if (!baseline.has(seed)) return { surviving, eliminated, next: { id: undefined, seed } }
    const waiting = surviving.find((id) => !candidates.get(id)!.has(seed))
    if (waiting !== undefined) return { surviving, eliminated, next: { id: waiting, seed } }
    const shared = seeds.slice(0, round + 1)
    const losses = new Map(surviving.map((id) => [id, shared.map((s) => sign * candidates.get(id)!.get(s)!)]))
    const contenders = new Map([...losses, ['', shared.map((s) => sign * baseline.get(s)!)] as const])
    for (const [id, why] of behind(contenders, confidence)) eliminated.set(id, why)
    surviving = surviving.filter((id) => !eliminated.has(id))
    const most = Math.ceil(candidates.size / shrink ** (round + 1))
    if (surviving.length > most) {
      const byMean = surviving.toSorted((a, b) => meanOf(losses.get(a)!) - meanOf(losses.get(b)!))
      for (const [place, id] of byMean.entries()) {
        if (place >= most) eliminated.set(id, `not among the best ${most} after ${count(round + 1)}`)
      }
      surviving = surviving.filter((id) => !eliminated.has(id))
    }
  }
  return { surviving, eliminated, next: undefined }
}

/** Contenders (the baseline is the empty id) that are clearly behind the one with the lowest mean loss. */
function behind(losses: ReadonlyMap<string, readonly number[]>, confidence: number): Map<string, string> {
  const out = new Map<string, string>()
  let leader = ''
  for (const [id, own] of losses) if (meanOf(own) < meanOf(losses.get(leader)!)) leader = id
  const best = losses.get(leader)!
  const described = [...losses]
    .filter(([id]) => id !== leader)
    .map(([id, own]) => {
      const differences = own.map((loss, i) => loss - best[i]!)
      const mean = meanOf(differences)
      return { id, mean, squares: differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) }
    })
  const usual = medianOf(described.map(({ squares }) => squares).filter(Number.isFinite))
  const seeds = best.length
  // One-sided: twice the tail.
  const critical = seeds < 2 ? 0 : studentTwoSidedQuantile(2 * (1 - confidence), seeds - 1)
  for (const { id, mean, squares } of described) {
    if (id === '') continue
    if (!Number.isFinite(mean)) {
      out.set(id, 'a value is not finite')
      continue
    }
    if (seeds < 2) continue
    const error = Math.sqrt(Math.max(squares, usual) / (seeds - 1) / seeds)
    if (mean > error * critical) {
      const whom = leader === '' ? 'the baseline' : leader
      out.set(id, `behind ${whom} by ${Number(mean.toPrecision(2))} on ${count(seeds)}`)
    }
  }
  return out
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

function count(seeds: number): string {
  return seeds === 1 ? '1 seed' : `${seeds} seeds`
}
