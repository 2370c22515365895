import { InputError } from '../errors.js'
import { DeclaredParam } from '../space/declared-param.js'
import type { CategoricalDistribution, Distribution } from '../space/distribution.js'
import { contains, indexOfChoice } from '../space/param-value.js'
import { sameDistribution } from '../space/same-distribution.js'
import { Space, type SpaceShape } from '../space/space.js'
import type { TrialRecord } from '../trial/trial-record.js'

/** A trial that the new space could not have drawn, and why. */
export interface UnusableTrial {
  readonly number: number
  readonly reason: string
  /** It has a value that the new space has no room for, rather than none: the space cannot be migrated. */
  readonly outside: boolean
}

/** What a change of a study's space comes to. */
export interface MigrationReport {
  /** Each change in words, such as `lr: 0.001 to 0.01 becomes 0.0001 to 0.1`. */
  readonly changes: readonly string[]
  /** Numbers of the COMPLETE and PRUNED trials that samplers go on learning from. */
  readonly usable: readonly number[]
  readonly unusable: readonly UnusableTrial[]
}

export interface MigrationPlan<Params> extends MigrationReport {
  /** The asked space, with new choices after those that the study has: the storage keeps a choice by its place. */
  readonly space: Space<Params>
  /** What is to take the place of the trials' distributions, by name. */
  readonly distributions: ReadonlyMap<string, Distribution>
}

/**
 * What it would take to go on in another space. Ranges may widen and choices be added. The trials' distributions are
 * rewritten to the new ones, as Optuna and every joint sampler want equal distributions throughout a study; their values
 * stay.
 *
 * A parameter that is new has no value in the old trials, so that none of them is usable; one that is left out costs
 * nothing. A range may be narrowed as far as every trial lies within it.
 * @throws InputError where a parameter changes its kind or its scale, or loses a choice, which no storage can express.
 */
export function planMigration<Params>(
  trials: readonly TrialRecord[],
  known: ReadonlyMap<string, Distribution>,
  asked: Space<Params>,
): MigrationPlan<Params> {
  const shape: Record<string, SpaceShape[string]> = {}
  const distributions = new Map<string, Distribution>()
  const changes: string[] = []
  for (const [name, { distribution, condition }] of asked.declared) {
    const old = known.get(name)
    const next = old === undefined ? distribution : continued(name, old, distribution)
    shape[name] = new DeclaredParam(next, condition)
    if (old === undefined) changes.push(`${name} is new: ${shown(next)}`)
    else if (!sameDistribution(old, next)) changes.push(`${name}: ${shown(old)} becomes ${shown(next)}`)
    if (trials.some((trial) => differs(trial.distributions.get(name), next))) distributions.set(name, next)
  }
  for (const name of known.keys()) if (!asked.declared.has(name)) changes.push(`${name} is left out`)

  const space = new Space<Params>(shape)
  const usable: number[] = []
  const unusable: UnusableTrial[] = []
  for (const trial of trials) {
    if (trial.state !== 'COMPLETE' && trial.state !== 'PRUNED') continue
    const misfit = misfitOf(trial, space)
    if (misfit === undefined) usable.push(trial.number)
    else unusable.push({ number: trial.number, ...misfit })
  }
  return { changes, usable, unusable, space, distributions }
}

/** The asked distribution, such that what the storage holds for the old one keeps its meaning. */
function continued(name: string, old: Distribution, asked: Distribution): Distribution {
  if (old.kind !== asked.kind) {
    throw new InputError(`${name} is ${old.kind} in this study, not ${asked.kind}; give it another name.`)
  }
  if (old.kind === 'categorical') return withChoices(name, old, asked as CategoricalDistribution)
  if (old.log !== (asked as typeof old).log) {
    throw new InputError(
      `${name} is ${old.log ? '' : 'not '}logarithmic in this study; keep that, or give it another name.`,
    )
  }
  return asked
}

function withChoices(
  name: string,
  old: CategoricalDistribution,
  asked: CategoricalDistribution,
): Distribution {
  const lost = old.choices.filter((choice) => indexOfChoice(asked.choices, choice) < 0)
  if (lost.length > 0) {
    throw new InputError(
      `${name} would lose ${lost.map(String).join(', ')}; choices can be added, not taken away: keep them, or start a new study and add the trials to it.`,
    )
  }
  const added = asked.choices.filter((choice) => indexOfChoice(old.choices, choice) < 0)
  return Object.freeze({ kind: 'categorical', choices: Object.freeze([...old.choices, ...added]) })
}

function differs(held: Distribution | undefined, next: Distribution): boolean {
  return held !== undefined && !sameDistribution(held, next)
}

function misfitOf(trial: TrialRecord, space: Space<unknown>): Omit<UnusableTrial, 'number'> | undefined {
  for (const [name, { distribution }] of space.declared) {
    if (!space.isActive(name, trial.params)) continue
    const value = trial.params.get(name)
    if (value === undefined) return { reason: `it has no ${name}`, outside: false }
    if (!contains(distribution, value)) {
      return { reason: `${name} is ${value}, outside ${shown(distribution)}`, outside: true }
    }
  }
  return undefined
}

function shown(distribution: Distribution): string {
  if (distribution.kind === 'categorical') return `[${distribution.choices.map(String).join(', ')}]`
  const { low, high, step, log, kind } = distribution
  const steps = step === null || (kind === 'int' && step === 1) ? '' : ` by ${step}`
  return `${low} to ${high}${steps}${log ? ' (log)' : ''}`
}
