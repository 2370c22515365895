import type { Distribution, ParamValue } from '../../src/space/distribution.js'
import type { Direction, StudySnapshot } from '../../src/study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../../src/trial/trial-record.js'

/** A study without a storage: what samplers and reports see. */
export function studyOf(
  trials: readonly TrialRecord[],
  directions: readonly Direction[] = ['minimize'],
): StudySnapshot & { readonly systemAttributes: ReadonlyMap<string, AttributeValue> } {
  return { name: 'fixture', directions, trials, systemAttributes: new Map() }
}

/** A COMPLETE trial, or what `rest` makes of it. */
export function trialOf(
  number: number,
  params: Readonly<Record<string, ParamValue>>,
  space: ReadonlyMap<string, Distribution>,
  values: readonly number[] | undefined,
  rest: Partial<TrialRecord> = {},
): TrialRecord {
  return {
    id: number + 1,
    number,
    state: 'COMPLETE',
    values,
    params: new Map(Object.entries(params)),
    distributions: new Map(Object.keys(params).map((name) => [name, space.get(name)!])),
    intermediate: new Map(),
    userAttributes: new Map(),
    systemAttributes: new Map(),
    start: new Date(1000 * number),
    complete: new Date(1000 * number + 500),
    ...rest,
  }
}

interface OptunaDistribution {
  readonly name: string
  readonly attributes: {
    readonly low?: number
    readonly high?: number
    readonly step?: number | null
    readonly log?: boolean
    readonly choices?: readonly ParamValue[]
  }
}

/** A distribution as the golden files write it. */
export function distributionOf({ name, attributes }: OptunaDistribution): Distribution {
  const { low, high, step, log, choices } = attributes
  if (name === 'CategoricalDistribution') return { kind: 'categorical', choices: choices! }
  if (name === 'IntDistribution') return { kind: 'int', low: low!, high: high!, step: step!, log: log! }
  return { kind: 'float', low: low!, high: high!, step: step ?? null, log: log! }
}
