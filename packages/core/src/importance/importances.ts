import { optionsOf } from '../options.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import { fanova } from './fanova.js'
import { pedAnova } from './ped-anova.js'
import { namesOf, type Target } from './target.js'

export interface ImportanceOptions {
  /** `pedAnova`, milliseconds also for 10,000 trials, or `fanova`, a random forest. Default `pedAnova`. */
  readonly method?: 'pedAnova' | 'fanova'
  /** What to explain, small being good; default the objective's value, with several the way to the Pareto front. */
  readonly target?: Target
  /** Default all of the COMPLETE trials; for fanova those that all of them have. */
  readonly params?: readonly string[]
  /** Scale them to sum 1, all equal where all are 0. True. */
  readonly normalize?: boolean
  /** pedAnova: the share of trials that counts as good, 0.1. */
  readonly targetQuantile?: number
  /** pedAnova: the share of trials to compare them with, 1. */
  readonly regionQuantile?: number
  /** pedAnova: compare with where the study searched (true), or with the space as a whole. True. */
  readonly local?: boolean
  /** fanova: 64. */
  readonly trees?: number
  /** fanova: 64. */
  readonly depth?: number
  /** fanova: 0. */
  readonly seed?: number
}

const OPTIONS = [
  'method',
  'target',
  'params',
  'normalize',
  'targetQuantile',
  'regionQuantile',
  'local',
  'trees',
  'depth',
  'seed',
]

/**
 * How much each parameter matters for the value, the largest first: PED-ANOVA (S. Watanabe et al., IJCAI 2023) or
 * fANOVA (F. Hutter et al., ICML 2014), each as Optuna 5.0's importance evaluator of that name.
 * @throws InputError for options out of range and for parameters that no COMPLETE trial has
 */
export function importances(study: StudySnapshot, options: ImportanceOptions = {}): Map<string, number> {
  const check = optionsOf('importances')
  check.allowed(options, OPTIONS)
  const method = check.oneOf('method', options.method ?? 'pedAnova', ['pedAnova', 'fanova'])
  const regionQuantile = check.within('regionQuantile', options.regionQuantile ?? 1, 0, 1)
  const known = namesOf(study, options.params)
  const names = method === 'fanova' && options.params === undefined ? commonNames(study, known) : known
  const raw =
    method === 'pedAnova'
      ? pedAnova(study, names, options.target, {
          targetQuantile: check.between('targetQuantile', options.targetQuantile ?? 0.1, 0, regionQuantile),
          regionQuantile,
          local: check.flag('local', options.local ?? true),
        })
      : fanova(study, names, options.target, {
          trees: check.whole('trees', options.trees ?? 64, 1, 10_000),
          depth: check.whole('depth', options.depth ?? 64, 1, 500),
          seed: check.whole('seed', options.seed ?? 0, 0),
        })
  const total = raw.reduce((sum, value) => sum + value, 0)
  const normalize = check.flag('normalize', options.normalize ?? true)
  return new Map(
    names
      .map((name, i): [string, number] => {
        if (!normalize) return [name, raw[i]!]
        return [name, total === 0 ? 1 / names.length : raw[i]! / total]
      })
      .sort(([, a], [, b]) => b - a),
  )
}

/** Those that every COMPLETE trial has. */
function commonNames(study: StudySnapshot, names: readonly string[]): string[] {
  return names.filter((name) =>
    study.trials.every(({ state, params }) => state !== 'COMPLETE' || params.has(name)),
  )
}
