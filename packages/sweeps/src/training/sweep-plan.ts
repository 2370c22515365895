import type { AnyParams, Direction, ParamValue, Pruner, Sampler, Space, StoppingRule } from '@thresher/core'

/** The number that a sweep is about. */
export interface SweepMetric {
  readonly name: string
  readonly direction: Direction
  /** The sweep ends where it is reached. */
  readonly target: number | undefined
  /** Which of a run's reports is its value. */
  readonly summary: 'best' | 'last'
}

/** How a program is told its parameters, how it answers, and what it may use. */
export interface CommandTrainerSettings {
  readonly kind: 'command'
  /** Words of the command line with macros such as `${program}` and `${args_no_hyphens}`; never read by a shell. */
  readonly command: readonly string[]
  readonly program: string | undefined
  /** Where it runs; the sweep file's folder unless given. */
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
  /** Where the numbers come from. */
  readonly metrics: MetricSource
  /** Seconds; unlimited where not given. */
  readonly timeout: number | undefined
  /** How often a failed run is tried again, and the seconds before the first of these, doubled each time. */
  readonly retries: number
  readonly retryDelay: number
  /** Devices for CUDA_VISIBLE_DEVICES, shared out among the workers; left alone where empty. */
  readonly gpus: readonly string[]
  readonly runsPerGpu: number
  /** The parameter by which the seed is passed, as in `seed=42`; none where not given. */
  readonly seedParameter: string | undefined
  /** Seconds from SIGTERM to SIGKILL. */
  readonly grace: number
}

export type MetricSource =
  /** Lines on standard output: JSON objects, or what matches the pattern's named groups `step`, `name`, `value`. */
  | { readonly kind: 'stdout'; readonly pattern: string | undefined }
  /** A log that grows, relative to the run's folder, or the working folder: `.csv`, `.jsonl`, trainer_state.json. */
  | { readonly kind: 'file'; readonly path: string; readonly format: 'csv' | 'jsonl' | 'trainer-state' }
  /** A folder with event files. */
  | { readonly kind: 'tensorboard'; readonly path: string }

/** The built-in trainer: what all runs of a sweep share; see tensorflow/. Counts are whole numbers from 1 up. */
export interface TensorflowTrainerSettings {
  readonly kind: 'tensorflow'
  /** Where a run's parameters do not say. */
  readonly epochs: number
  /** Drawn for training. */
  readonly images: number
  readonly validationImages: number
  /** Where a run's parameters do not say. */
  readonly batchSize: number
  /** Pixels a side: a multiple of 16 from 64 up. */
  readonly imageSize: number
  /** `auto` takes the first of these that is installed and loads; the others are errors where they do not. */
  readonly backend: 'auto' | 'node-gpu' | 'node' | 'wasm'
}

export type TrainerSettings = CommandTrainerSettings | TensorflowTrainerSettings

/** One stretch of a sweep: look widely, look closely, or verify over seeds. */
export interface SweepPhase {
  readonly name: string
  /** How many trials it adds; 0 where it verifies, Infinity where nothing but the user ends it. */
  readonly trials: number
  /** Narrowed around the best of what came before, to this share of each range; 1 leaves the space as it is. */
  readonly around: number
  /** Runs the best this many settings, and the baseline, over all seeds, in place of searching. */
  readonly verify: number | undefined
  readonly sampler: Sampler | undefined
  /** Only where the phases before found something better than the baseline by this many points of the metric. */
  readonly onlyIfGain: number | undefined
}

/** A sweep file, checked. */
export interface SweepPlan {
  /** As it was named. */
  readonly file: string
  readonly format: 'thresher' | 'wandb'
  readonly name: string
  readonly description: string | undefined
  readonly metric: SweepMetric
  /** What is searched. */
  readonly space: Space<AnyParams>
  /** What is passed along and never varies; nested names with dots. */
  readonly fixed: ReadonlyMap<string, ParamValue>
  /** Every name of `space` and `fixed` in the order of the file. */
  readonly order: readonly string[]
  readonly sampler: Sampler
  readonly pruner: Pruner | null
  /** Ends the sweep early; never, where it is not given. */
  readonly stopping?: StoppingRule | undefined
  /** W&B's run_cap; unlimited where neither it nor a grid nor phases end the sweep. */
  readonly trials: number | undefined
  /** Seconds after which no run starts. */
  readonly timeout: number | undefined
  readonly workers: number
  /** Of the search. */
  readonly seed: number | undefined
  /** That settings run with. */
  readonly seeds: readonly number[] | undefined
  readonly baseline: Readonly<Record<string, ParamValue>> | undefined
  /** At least one. */
  readonly phases: readonly SweepPhase[]
  readonly trainer: TrainerSettings
  /** What the file asks for that is done otherwise here, one line each. */
  readonly notices: readonly string[]
}
