import type { Pruner } from '../../src/pruners/pruner.ts'
import type { Distribution, ParamValue } from '../../src/space/distribution.ts'
import type { Direction, StudySnapshot } from '../../src/study/study-snapshot.ts'
import type { AttributeValue, TrialRecord, TrialState } from '../../src/trial/trial-record.ts'

/** What a test says of a trial; the rest is empty. */
export interface TrialSketch {
  readonly state?: TrialState
  readonly value?: number
  readonly reports?: readonly number[] | ReadonlyMap<number, number>
  readonly params?: Readonly<Record<string, ParamValue>>
  readonly distributions?: Readonly<Record<string, Distribution>>
  readonly user?: Readonly<Record<string, AttributeValue>>
  readonly system?: Readonly<Record<string, AttributeValue>>
}

export function trialRecord(number: number, sketch: TrialSketch): TrialRecord {
  const { state = 'COMPLETE', reports = [] } = sketch
  return {
    id: number + 1,
    number,
    state,
    values: sketch.value === undefined ? undefined : [sketch.value],
    params: new Map(Object.entries(sketch.params ?? {})),
    distributions: new Map(Object.entries(sketch.distributions ?? {})),
    intermediate: Array.isArray(reports) ? new Map(reports.entries()) : (reports as Map<number, number>),
    userAttributes: new Map(Object.entries(sketch.user ?? {})),
    systemAttributes: new Map(Object.entries(sketch.system ?? {})),
    start: undefined,
    complete: undefined,
  }
}

export function studyOf(
  trials: readonly TrialRecord[],
  direction: Direction = 'minimize',
  name = 'study',
): StudySnapshot {
  return { name, directions: [direction], trials }
}

/** A study as Optuna would run it one trial after another: every curve is reported until the pruner stops it. */
export function traceOf(
  pruner: Pruner,
  curves: readonly (readonly number[])[],
  direction: Direction,
  name: string,
): (number | null)[] {
  const trials: TrialRecord[] = []
  return curves.map((curve, number) => {
    const intermediate = new Map<number, number>()
    const systemAttributes = new Map<string, AttributeValue>()
    let running: TrialRecord = {
      ...trialRecord(number, { state: 'RUNNING' }),
      intermediate,
      systemAttributes,
    }
    let stopped: number | null = null
    for (const [step, value] of curve.entries()) {
      intermediate.set(step, value)
      running = { ...running }
      const decision = pruner.decide(studyOf([...trials, running], direction, name), running)
      for (const [key, attribute] of decision.attributes ?? []) systemAttributes.set(key, attribute)
      if (decision.prune) {
        stopped = step
        break
      }
    }
    const last = [...intermediate.values()].at(-1)!
    const values = Number.isNaN(last) ? undefined : [last]
    trials.push({ ...running, state: stopped === null ? 'COMPLETE' : 'PRUNED', values })
    return stopped
  })
}
