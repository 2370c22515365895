import { z } from 'zod'
import { closed, flag, named, number, positive, whole, word } from './schema-parts.js'

const optional = z.optional
const NO_OPTIONS = 'It has no options. Give {}.'

const share = () => {
  const error = 'Give a number from 0 to 1.'
  return z.number({ error }).min(0, { error }).max(1, { error })
}

/** Samplers by name, with the options of their factories in the core, in snake case. */
export const samplerSchema = named(
  {
    tpe: closed(
      {
        startup_trials: optional(whole(1)),
        candidates: optional(whole(1)),
        multivariate: optional(flag()),
        group: optional(flag()),
        constant_liar: optional(flag()),
        category_floor: optional(number()),
      },
      'Give options of tpe.',
    ),
    gp: closed(
      { startup_trials: optional(whole(1)), deterministic: optional(flag()) },
      'Give options of gp.',
    ),
    random: closed({}, NO_OPTIONS),
    quasi_random: closed({}, NO_OPTIONS),
    grid: closed({ shuffle: optional(flag()), retries: optional(whole(0)) }, 'Give options of grid.'),
    cma_es: closed(
      {
        population: optional(whole(1)),
        sigma: optional(positive()),
        restarts: optional(word(['none', 'ipop'])),
      },
      'Give options of cma_es.',
    ),
    nsga2: closed(
      {
        population: optional(whole(2)),
        crossover: optional(share()),
        swapping: optional(share()),
        mutation: optional(share()),
      },
      'Give options of nsga2.',
    ),
    evolutionary: closed(
      { population: optional(whole(1)), tournament: optional(whole(1)), crossover: optional(share()) },
      'Give options of evolutionary.',
    ),
  },
  'tpe: {startup_trials: 5}',
).meta({ id: 'sampler' })

const startup = {
  n_startup_trials: optional(whole(0)),
  n_warmup_steps: optional(whole(0)),
  interval_steps: optional(whole(1)),
  n_min_trials: optional(whole(1)),
}
const percentile = (() => {
  const error = 'Give a number from 0 to 100.'
  return z.number({ error }).min(0, { error }).max(100, { error })
})()

/** Pruners by name; `hyperband` and `successive_halving` name their resources as `asha` does. */
export const prunerSchema = named(
  {
    median: closed(startup, 'Give options of median.'),
    percentile: closed({ percentile, ...startup }, 'Give {percentile: 25}.'),
    hyperband: closed(
      {
        min: optional(whole(1)),
        max: optional(whole(1)),
        eta: optional(whole(2)),
        bootstrap_count: optional(whole(0)),
      },
      'Give options of hyperband.',
    ),
    successive_halving: closed(
      {
        min: optional(whole(1)),
        eta: optional(whole(2)),
        min_early_stopping_rate: optional(whole(0)),
        bootstrap_count: optional(whole(0)),
      },
      'Give options of successive_halving.',
    ),
    asha: closed(
      {
        min: optional(whole(1)),
        max: optional(whole(2)),
        eta: optional(whole(2)),
        promote: optional(flag()),
        brackets: optional(whole(1)),
        first_step: optional(whole(0)),
      },
      'Give options of asha.',
    ),
    wandb_hyperband: closed(
      {
        min_iter: optional(whole(1)),
        max_iter: optional(whole(1)),
        s: optional(whole(1)),
        eta: optional(number()),
        strict: optional(flag()),
      },
      'Give {min_iter: 3}.',
    ),
    threshold: closed(
      {
        lower: optional(number()),
        upper: optional(number()),
        n_warmup_steps: optional(whole(0)),
        interval_steps: optional(whole(1)),
      },
      'Give {lower: 0.5}.',
    ),
    wilcoxon: closed(
      { p_threshold: optional(share()), n_startup_steps: optional(whole(0)) },
      'Give options of wilcoxon.',
    ),
    none: closed({}, NO_OPTIONS),
  },
  'hyperband: {min: 3, eta: 2}',
).meta({ id: 'pruner' })

/** Stopping rules by name; the sweep ends where any of them says so. */
export const stoppingSchema = closed(
  {
    max_trials: optional(closed({ trials: whole(1) }, 'Give {trials: 50}.')),
    stagnation: optional(
      closed({ trials: optional(whole(0)), min_trials: optional(whole(1)) }, 'Give {trials: 10}.'),
    ),
    regret_bound: optional(
      closed({ error: optional(number()), min_trials: optional(whole(1)) }, 'Give {error: 0.001}.'),
    ),
    regret_change: optional(closed({}, NO_OPTIONS)),
  },
  'Give a rule, as in {stagnation: {trials: 10}}.',
).meta({ id: 'stopping' })
