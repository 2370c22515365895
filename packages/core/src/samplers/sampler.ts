import type { Random } from '../random.js'
import type { Distribution, ParamValue, SearchSpace } from '../space/distribution.js'
import type { StudySnapshot } from '../study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/** What a sampler draws for one trial. */
export interface Draw {
  /** Any of the space's parameters; the others are drawn one by one when they are asked for. */
  readonly params: ReadonlyMap<string, ParamValue>
  /** System attributes of the trial, written with it in one transaction. */
  readonly attributes?: ReadonlyMap<string, AttributeValue>
  /** System attributes of the study. */
  readonly studyAttributes?: ReadonlyMap<string, AttributeValue>
}

/** What a draw is made from. */
export interface DrawContext {
  /**
   * Without the trial to draw for, or, where it was enqueued, with it WAITING; those of other processes that are
   * RUNNING are there.
   */
  readonly study: StudySnapshot & { readonly systemAttributes: ReadonlyMap<string, AttributeValue> }
  /** The number of the trial to draw for. */
  readonly number: number
  /** The trial's own stream, from the study's seed and its number: the draw does not depend on who makes it. */
  readonly random: Random
  /** From the study's seed, the same for all its trials: for an order or a scrambling that they share. */
  readonly seed: number
}

/**
 * A search method. It holds its options and caches, nothing that a resumed study would miss: what it knows it reads
 * from the trials.
 */
export interface Sampler {
  /** In kebab case: `tpe`, `random`, `grid`. */
  readonly name: string
  /** What stands in the study and is checked on resume. */
  readonly options: AttributeValue
  /** Whether it reads the study's system attributes, which are then read anew before each draw. */
  readonly usesStudyAttributes?: boolean

  /** Draws the parameters that it wants drawn together, at the trial's start. `space` is what the study knows. */
  draw(context: DrawContext, space: SearchSpace): Draw | Promise<Draw>
  /** Draws one parameter that `draw` left out. `trial` is as it stands, with what it was given so far. */
  drawOne(context: DrawContext, trial: TrialRecord, name: string, distribution: Distribution): ParamValue
  /** Whether there is nothing left to draw: a grid whose cells are all taken. */
  exhausted?(study: StudySnapshot): boolean
}
