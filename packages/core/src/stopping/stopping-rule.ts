import type { StudySnapshot } from '../study/study-snapshot.js'
import type { AttributeValue } from '../trial/trial-record.js'

/** Whether a study has had enough, and why. */
export interface StopDecision {
  readonly stop: boolean
  /** One clause for people: `no better value in 31 trials`; what is left where it goes on. */
  readonly reason: string
}

/** Decides after each trial whether to start another. It holds its options alone: what it knows it reads. */
export interface StoppingRule {
  /** In kebab case. */
  readonly name: string
  readonly options: AttributeValue
  /** @param elapsedSeconds since the run began; 0 where nobody counts, so that time limits never stop. */
  shouldStop(study: StudySnapshot, elapsedSeconds?: number): StopDecision
}
