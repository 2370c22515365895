import type { AttributeValue } from '@thresher/core'
import type { TensorflowTrainerSettings } from '../sweep-plan.js'
import type { TrainingReport, TrainingRun } from '../trainer.js'

/** What the process of a run is given once it is ready. Messages are structured clones: maps and NaN arrive as such. */
export interface RunMessage {
  readonly settings: TensorflowTrainerSettings
  readonly run: TrainingRun
}

/** What it is told after a report. */
export interface AnswerMessage {
  readonly goOn: boolean
}

/** What it says. */
export type ProcessMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'report'; readonly report: TrainingReport }
  | { readonly kind: 'done'; readonly stopped: boolean; readonly facts: Record<string, AttributeValue> }
  | { readonly kind: 'failed'; readonly message: string }
