import type { Direction } from '../../study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../../trial/trial-record.js'

/** Where a trial keeps which generation it is of, and the point that was drawn, before rounding to steps. */
const KEY = 'cma:draw'

export interface Member {
  readonly trial: TrialRecord
  readonly x: Float64Array
}

export function drawAttribute(
  generation: number,
  names: readonly string[],
  x: Float64Array,
): [string, AttributeValue] {
  return [KEY, { generation, params: names, x: [...x] }]
}

/**
 * The finished members of each generation, in order of completion: the first ones make up the generation for good,
 * whatever finishes later. FAIL counts for nothing. Each record is read once.
 */
export class Generations {
  readonly #names: readonly string[]
  readonly #byNumber = new Map<number, Member[]>()
  /** Records by trial number, as last seen, and whether they are members. */
  readonly #seen: TrialRecord[] = []
  readonly #member: boolean[] = []

  constructor(names: readonly string[]) {
    this.#names = names
  }

  members(generation: number): readonly Member[] {
    return this.#byNumber.get(generation) ?? []
  }

  /** Takes in what is new; where a member's record is another one now, everything is read anew. */
  update(trials: readonly TrialRecord[]): void {
    if (this.#member.some((member, i) => member && trials[i] !== this.#seen[i])) {
      this.#byNumber.clear()
      this.#seen.length = 0
      this.#member.length = 0
    }
    for (const [i, trial] of trials.entries()) {
      if (trial === this.#seen[i]) continue
      this.#seen[i] = trial
      this.#member[i] = this.#take(trial)
    }
  }

  #take(trial: TrialRecord): boolean {
    if (trial.state !== 'COMPLETE' && trial.state !== 'PRUNED') return false
    const drawn = readDraw(trial.systemAttributes.get(KEY), this.#names)
    if (drawn === undefined) return false
    const members = this.#byNumber.get(drawn.generation) ?? []
    this.#byNumber.set(drawn.generation, members)
    members.push({ trial, x: drawn.x })
    const finished = (member: Member) => member.trial.complete?.getTime() ?? 0
    members.sort((a, b) => finished(a) - finished(b) || a.trial.number - b.trial.number)
    return true
  }
}

function readDraw(
  value: AttributeValue | undefined,
  names: readonly string[],
): { generation: number; x: Float64Array } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { generation, params, x } = value as { readonly [key: string]: AttributeValue }
  if (typeof generation !== 'number' || !Number.isSafeInteger(generation) || generation < 0) return undefined
  if (!Array.isArray(params) || !Array.isArray(x)) return undefined
  if (params.length !== names.length || !names.every((name, i) => params[i] === name)) return undefined
  const point = Float64Array.from(x, Number)
  return point.length === names.length && point.every(Number.isFinite) ? { generation, x: point } : undefined
}

/** Best first: COMPLETE by value, then PRUNED by how far they came and their last value. */
export function rankMembers(members: readonly Member[], direction: Direction): Member[] {
  const sign = direction === 'maximize' ? -1 : 1
  const key = ({ trial }: Member): readonly [number, number, number] => {
    const loss = sign * (trial.values?.[0] ?? Number.POSITIVE_INFINITY * sign)
    if (trial.state === 'COMPLETE') return [0, 0, loss]
    return [1, -([...trial.intermediate.keys()].at(-1) ?? -1), loss]
  }
  return members.toSorted((a, b) => {
    const [ka, kb] = [key(a), key(b)]
    const place = ka.findIndex((value, i) => value !== kb[i])
    return place < 0 ? a.trial.number - b.trial.number : ka[place]! < kb[place]! ? -1 : 1
  })
}
