import { toInternal } from '../space/param-value.js'
import type { TrialWrite } from '../storage/storage.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/**
 * Finished trials never change, in Optuna's schema and here: a trial that goes on after it was stopped is a new trial.
 * The stopped one is PRUNED with its last report as value; the new one has the same parameters, the reports so far, all
 * user attributes and the rungs passed, and this system attribute with the stopped one's number. Optuna reads both
 * as plain trials; here the stopped one counts no more while the new one lives, lest a setting be counted twice.
 */
export const RESUMED_FROM = 'thresher:resumed_from'

/** The user attribute where an objective keeps what it needs to go on: a path, or any JSON. */
export const CHECKPOINT = 'checkpoint'

/** What an objective finds where its trial goes on. */
export interface Resumption {
  /** The stopped trial. */
  readonly number: number
  /** The last step that is reported already. */
  readonly step: number | undefined
  /** What was kept under {@link CHECKPOINT}. */
  readonly checkpoint: AttributeValue | undefined
}

/** Where a trial goes on from; undefined for one that begins. */
export function resumptionOf(trial: TrialRecord): Resumption | undefined {
  const number = trial.systemAttributes.get(RESUMED_FROM)
  if (typeof number !== 'number') return undefined
  return {
    number,
    step: [...trial.intermediate.keys()].at(-1),
    checkpoint: trial.userAttributes.get(CHECKPOINT),
  }
}

/** The writes that make a new trial go on where `stopped` ended; `system` are the attributes to carry over. */
export function writesToResume(
  stopped: TrialRecord,
  system: ReadonlyMap<string, AttributeValue>,
): TrialWrite[] {
  const writes: TrialWrite[] = []
  for (const [name, value] of stopped.params) {
    const distribution = stopped.distributions.get(name)!
    writes.push({ kind: 'param', name, internal: toInternal(distribution, value)!, distribution })
  }
  for (const [step, value] of stopped.intermediate) writes.push({ kind: 'report', step, value })
  for (const [key, value] of stopped.userAttributes) {
    writes.push({ kind: 'attribute', scope: 'user', key, value })
  }
  for (const [key, value] of [...system, [RESUMED_FROM, stopped.number] as const]) {
    writes.push({ kind: 'attribute', scope: 'system', key, value })
  }
  return writes
}

const livingOf = new WeakMap<readonly TrialRecord[], readonly TrialRecord[]>()

/**
 * The trials without those that a later one goes on with, and without resumed ones that failed, whose setting the
 * stopped trial stands for again.
 */
export function livingTrials(study: Pick<StudySnapshot, 'trials'>): readonly TrialRecord[] {
  const known = livingOf.get(study.trials)
  if (known) return known
  const superseded = new Set<number>()
  for (const trial of study.trials) {
    const from = trial.systemAttributes.get(RESUMED_FROM)
    if (typeof from === 'number') superseded.add(trial.state === 'FAIL' ? trial.number : from)
  }
  const living =
    superseded.size === 0 ? study.trials : study.trials.filter(({ number }) => !superseded.has(number))
  livingOf.set(study.trials, living)
  return living
}
