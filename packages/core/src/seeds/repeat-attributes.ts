import type { TrialWrite } from '../storage/storage.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/** The seed that a trial runs with, and the number of the first trial of its setting: system attributes of ours. */
const SEED_KEY = 'thresher:seed'
const SETTING_KEY = 'thresher:setting'
const BASELINE_KEY = 'thresher:baseline'

export interface RepeatFacts {
  /** Undefined in a study without seeds. */
  readonly seed: number | undefined
  /** The number of the first trial with the same parameters. */
  readonly setting: number
  readonly baseline: boolean
}

/** What says which setting and seed a trial is: also as user attributes, which Optuna's tools show. */
export function repeatWrites({ seed, setting, baseline }: RepeatFacts): readonly TrialWrite[] {
  const writes: TrialWrite[] = []
  const put = (name: string, key: string, value: AttributeValue): void => {
    writes.push({ kind: 'attribute', scope: 'user', key: name, value })
    writes.push({ kind: 'attribute', scope: 'system', key, value })
  }
  if (seed !== undefined) put('seed', SEED_KEY, seed)
  put('setting', SETTING_KEY, setting)
  if (baseline) put('baseline', BASELINE_KEY, true)
  return writes
}

/** What marks a trial from elsewhere, by scope. Which setting it is, its parameters say. */
export function repeatMarks({ seed, baseline = false }: Partial<RepeatFacts>): {
  readonly user: ReadonlyMap<string, AttributeValue>
  readonly system: ReadonlyMap<string, AttributeValue>
} {
  const user = new Map<string, AttributeValue>()
  const system = new Map<string, AttributeValue>()
  const put = (name: string, key: string, value: AttributeValue) => {
    user.set(name, value)
    system.set(key, value)
  }
  if (seed !== undefined) put('seed', SEED_KEY, seed)
  if (baseline) put('baseline', BASELINE_KEY, true)
  return { user, system }
}

/** The seed that a trial was given; undefined in a study without seeds. */
export function seedOf({ systemAttributes }: TrialRecord): number | undefined {
  const seed = systemAttributes.get(SEED_KEY)
  return typeof seed === 'number' ? seed : undefined
}

/** The number of the first trial of a trial's setting: its own where nothing says otherwise. */
export function settingOf({ systemAttributes, number }: TrialRecord): number {
  const setting = systemAttributes.get(SETTING_KEY)
  return typeof setting === 'number' ? setting : number
}

export function isBaseline({ systemAttributes }: TrialRecord): boolean {
  return systemAttributes.get(BASELINE_KEY) === true
}
