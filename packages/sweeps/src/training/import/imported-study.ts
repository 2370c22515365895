import type { AddedTrial, Direction } from '@thresher/core'

export type ImportFormat = 'csv' | 'wandb' | 'optuna' | 'mlflow'

/** A study from elsewhere, read and checked, that is nowhere yet. */
export interface ImportedStudy {
  readonly name: string
  readonly format: ImportFormat
  /** As the user named it. */
  readonly source: string
  /** One an objective, where they have names. */
  readonly metrics: readonly string[] | undefined
  readonly directions: readonly Direction[]
  readonly trials: readonly AddedTrial[]
  /** What people should hear of: what was guessed, and what was left out. */
  readonly notices: readonly string[]
}
