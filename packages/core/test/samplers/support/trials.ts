import { createRandom } from '../../../src/random.js'
import type { DrawContext } from '../../../src/samplers/sampler.js'
import type { Distribution, ParamValue } from '../../../src/space/distribution.js'
import type { Direction, StudySnapshot } from '../../../src/study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../../../src/trial/trial-record.js'

export interface TrialParts {
  readonly number: number
  readonly state?: TrialRecord['state']
  readonly values?: readonly number[]
  readonly params?: Readonly<Record<string, ParamValue>>
  readonly distributions?: ReadonlyMap<string, Distribution>
  readonly intermediate?: readonly (readonly [number, number])[]
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}

/** A trial with what a test says of it, COMPLETE unless it says otherwise. */
export function trialOf(parts: TrialParts): TrialRecord {
  const { number, state = 'COMPLETE', values, params = {}, distributions = new Map() } = parts
  return {
    id: number + 1,
    number,
    state,
    values,
    params: new Map(Object.entries(params)),
    distributions,
    intermediate: new Map(parts.intermediate ?? []),
    userAttributes: new Map(),
    systemAttributes: new Map(Object.entries(parts.attributes ?? {})),
    start: undefined,
    complete: undefined,
  }
}

export function studyOf(
  trials: readonly TrialRecord[],
  directions: readonly Direction[] = ['minimize'],
): StudySnapshot {
  return { name: 'study', directions, trials }
}

export function contextOf(
  study: StudySnapshot,
  seed = 1,
  attributes: ReadonlyMap<string, AttributeValue> = new Map(),
): DrawContext {
  return {
    study: { ...study, systemAttributes: attributes },
    number: study.trials.length,
    random: createRandom(seed),
    seed,
  }
}
