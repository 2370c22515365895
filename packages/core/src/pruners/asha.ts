import { InputError } from '../errors.js'
import { optionsOf } from '../options.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'
import { ashaRungs, bracketShares } from './asha-rungs.js'
import { crc32 } from './crc32.js'
import { percentileOf } from './percentile-of.js'
import type { Promotion, PruneDecision, Pruner } from './pruner.js'
import { inShort, isBetter, lastStep, onlyDirection } from './reports.js'
import { livingTrials, writesToResume } from './resume.js'
import { nextRung, placeOf, rungKey, valuesAtRung } from './rungs.js'

export interface AshaOptions {
  /** The resource of the first rung, at least 1; 1 where not given. The resource of step s is s - firstStep + 1. */
  readonly min?: number
  /** The resource of a whole trial, above `min`; 100 where not given. */
  readonly max?: number
  /** Of the trials at a rung one in `eta` goes on, at least 2; 4 where not given. */
  readonly eta?: number
  /**
   * Whether trials are paused at rungs and resumed once they are among the best: for objectives that keep a
   * checkpoint. Otherwise, and where not given, they are stopped for good.
   */
  readonly promote?: boolean
  /** Brackets whose first rung lies `eta` times further each; 1 where not given, and with `promote`. */
  readonly brackets?: number
  /** The step of the first report, 0 or 1; 0 where not given. */
  readonly firstStep?: number
}

type Checked = Required<AshaOptions>

/** The system attribute of a trial that was paused, with its rung. */
export const PAUSED_AT_RUNG = 'thresher:paused_at_rung'

/**
 * ASHA: L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020.
 *
 * With `promote` as in the paper (algorithm 2): a trial pauses at a rung unless it is among the best floor(n / eta) of
 * the n settings that reached it, and each time a trial is asked for, the best paused one that has come to be among
 * them, from the highest rung down, goes on before a new setting begins. A paused trial is PRUNED; the one that goes
 * on is a new trial (see RESUMED_FROM) which begins with its reports and its `checkpoint`.
 *
 * Without, as Ray's AsyncHyperBandScheduler: a report counts at the highest rung that it reached, if not yet decided,
 * and stops the trial where it is worse than the best 1 / eta percentile of the values recorded there before it.
 *
 * Values at rungs stand in the trials as `completed_rung_k`, as successiveHalving's.
 */
export function asha(options: AshaOptions = {}): Pruner {
  const { min = 1, max = 100, eta = 4, promote = false, brackets = 1, firstStep = 0 } = options
  const checks = optionsOf('asha')
  checks.allowed(options, ['min', 'max', 'eta', 'promote', 'brackets', 'firstStep'])
  checks.whole('min', min, 1)
  checks.whole('max', max, min + 1)
  checks.whole('eta', eta, 2)
  checks.flag('promote', promote)
  checks.whole('brackets', brackets, 1, ashaRungs(min, max, eta).length)
  checks.whole('firstStep', firstStep, 0, 1)
  if (promote && brackets > 1) {
    throw new InputError(`asha: brackets is ${brackets} with promote; give one bracket, or promote: false.`)
  }
  const checked: Checked = { min, max, eta, promote, brackets, firstStep }
  if (!promote) {
    return { name: 'asha', options: { ...checked }, decide: (study, trial) => stop(study, trial, checked) }
  }
  return {
    name: 'asha',
    options: { ...checked },
    decide: (study, trial) => pause(study, trial, checked),
    relevant: (study) => ({ ...study, trials: livingTrials(study) }),
    promote: (study) => promotion(study, checked),
  }
}

function pause(
  study: StudySnapshot,
  trial: TrialRecord,
  { min, max, eta, firstStep }: Checked,
): PruneDecision {
  const direction = onlyDirection(study, 'asha')
  const step = lastStep(trial)
  if (step === undefined) return { prune: false }
  const value = trial.intermediate.get(step)!
  const rungs = ashaRungs(min, max, eta)
  const attributes = new Map<string, AttributeValue>()
  const settings = { ...study, trials: livingTrials(study) }
  let reason: string | undefined
  for (let rung = nextRung(trial); rung < rungs.length && step - firstStep + 1 >= rungs[rung]!; rung++) {
    if (Number.isNaN(value)) return { prune: true, reason: `rung ${rung}: NaN`, attributes }
    const others = valuesAtRung(settings, rung, trial)
    attributes.set(rungKey(rung), value)
    const passing = Math.floor((others.length + 1) / eta)
    // Who ties came later, and gives way: a metric of few values would promote them all.
    const ahead = others.filter((other) => !isBetter(value, other, direction)).length
    const place = placeOf(value, [...others, value], direction === 'minimize')
    if (ahead >= passing) {
      attributes.set(PAUSED_AT_RUNG, rung)
      reason = `rung ${rung}: ${inShort(value)} is ${place}, the best ${passing} go on; paused`
      return { prune: true, reason, attributes }
    }
    reason = `rung ${rung}: ${inShort(value)} is ${place}, the best ${passing} go on`
  }
  return { prune: false, ...(reason !== undefined && { reason }), attributes }
}

/** The best paused trial among the best floor(n / eta) of its rung, from the highest rung down. */
function promotion(study: StudySnapshot, { min, max, eta }: Checked): Promotion | undefined {
  const direction = onlyDirection(study, 'asha')
  const living = livingTrials(study)
  for (let rung = ashaRungs(min, max, eta).length - 1; rung >= 0; rung--) {
    const at = living.filter(({ systemAttributes }) => systemAttributes.has(rungKey(rung)))
    const valueAt = (trial: TrialRecord) => trial.systemAttributes.get(rungKey(rung)) as number
    at.sort((a, b) => {
      if (valueAt(a) === valueAt(b)) return a.number - b.number
      return isBetter(valueAt(a), valueAt(b), direction) ? -1 : 1
    })
    const best = at.slice(0, Math.floor(at.length / eta))
    const place = best.findIndex(
      ({ state, systemAttributes }) => state === 'PRUNED' && systemAttributes.get(PAUSED_AT_RUNG) === rung,
    )
    if (place < 0) continue
    const trial = best[place]!
    const carried = [...trial.systemAttributes].filter(([key]) => key.startsWith('completed_rung_'))
    return {
      from: trial.number,
      writes: writesToResume(trial, new Map(carried)),
      reason: `trial ${trial.number} goes on from rung ${rung}: ${inShort(valueAt(trial))} is place ${place + 1} of ${at.length}`,
    }
  }
  return undefined
}

function stop(study: StudySnapshot, trial: TrialRecord, options: Checked): PruneDecision {
  const direction = onlyDirection(study, 'asha')
  const { min, max, eta, brackets, firstStep } = options
  const step = lastStep(trial)
  if (step === undefined) return { prune: false }
  const bracketFor = bracketDraw(study.name, bracketShares(min, max, eta, brackets))
  const bracket = bracketFor(trial.number)
  const rungs = ashaRungs(min, max, eta, bracket)
  const rung = rungs.findLastIndex((resource) => step - firstStep + 1 >= resource)
  // Only the highest rung reached that is open: rungs below it that a report jumped over stay open.
  const open = openFrom(trial, rung)
  if (open < 0) return { prune: false }
  const value = trial.intermediate.get(step)!
  if (Number.isNaN(value)) return { prune: true, reason: `rung ${open}: NaN` }
  const within =
    brackets === 1
      ? study
      : { ...study, trials: study.trials.filter(({ number }) => bracketFor(number) === bracket) }
  const values = valuesAtRung(within, open, trial)
  const attributes = new Map<string, AttributeValue>([[rungKey(open), value]])
  const where = brackets === 1 ? `rung ${open}` : `bracket ${bracket}, rung ${open}`
  if (values.length === 0) return { prune: false, reason: `${where}: the first there`, attributes }
  const share = 100 / eta
  const cutoff = percentileOf(values, direction === 'minimize' ? share : 100 - share)
  const prune = isBetter(cutoff, value, direction)
  const relation = prune ? 'worse than' : 'within'
  const reason = `${where}: ${inShort(value)} ${relation} ${inShort(cutoff)} (best ${inShort(share)} % of ${values.length})`
  return { prune, reason, attributes }
}

function openFrom(trial: TrialRecord, highest: number): number {
  for (let rung = highest; rung >= 0; rung--) {
    if (!trial.systemAttributes.has(rungKey(rung))) return rung
  }
  return -1
}

/** A trial's bracket, from the study's name and its number alone: the same in every process and after a resume. */
function bracketDraw(studyName: string, shares: readonly number[]): (number: number) => number {
  return (number) => {
    let place = crc32(`${studyName}_${number}`) / 2 ** 32
    for (const [bracket, share] of shares.entries()) {
      place -= share
      if (place < 0) return bracket
    }
    return shares.length - 1
  }
}
