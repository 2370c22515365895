import type { Distribution, SearchSpace } from '../../space/distribution.js'
import { sameDistribution } from '../../space/same-distribution.js'
import type { StudySnapshot } from '../../study/study-snapshot.js'
import type { TrialRecord } from '../../trial/trial-record.js'
import { type FixedCategory, withoutAxis } from './category-floor.js'
import { ParameterGroups } from './groups.js'
import { SpaceModel } from './space-model.js'
import { TrialSplit } from './trial-split.js'

/** What is derived from the trials of one study, and kept from draw to draw. */
export class Memory {
  readonly split: TrialSplit
  groups = new ParameterGroups()
  /** The spaces that are drawn together, the latest first. */
  #joint: { readonly space: SearchSpace; readonly model: SpaceModel }[] = []
  /** The parameters that are drawn alone, by name. */
  readonly #alone = new Map<string, { readonly distribution: Distribution; readonly model: SpaceModel }>()

  readonly #parts = new WeakMap<SpaceModel, Map<string, SpaceModel>>()

  constructor(liar: boolean) {
    this.split = new TrialSplit(liar)
  }

  /** `except` is the number of the trial to draw for. */
  update(study: StudySnapshot, except: number): void {
    if (!this.split.update(study, except)) this.groups = new ParameterGroups()
  }

  /** Of the trials with one category of a space, for its other parameters. */
  partOf(model: SpaceModel, { axis, category }: FixedCategory): SpaceModel {
    const parts = this.#parts.get(model) ?? new Map<string, SpaceModel>()
    this.#parts.set(model, parts)
    const key = `${axis}:${category}`
    const part = parts.get(key) ?? new SpaceModel(withoutAxis(model.axes, axis))
    parts.set(key, part)
    return part
  }

  jointModel(space: SearchSpace): SpaceModel {
    const found =
      this.#joint.find((known) => known.space === space) ??
      this.#joint.find((known) => sameSpace(known.space, space))
    if (found !== undefined) return found.model
    const model = new SpaceModel(space)
    this.#joint = [{ space, model }, ...this.#joint.slice(0, MOST_MODELS - 1)]
    return model
  }

  aloneModel(name: string, distribution: Distribution): SpaceModel {
    const found = this.#alone.get(name)
    if (found !== undefined && sameDistribution(found.distribution, distribution)) return found.model
    const model = new SpaceModel(new Map([[name, distribution]]))
    this.#alone.set(name, { distribution, model })
    return model
  }
}

/**
 * The memories of the studies that a sampler draws for, found again by the first finished trial: a pruner may show it
 * parts of one study in turn, each of which has another.
 */
export class Memories {
  readonly #liar: boolean
  readonly #known = new WeakMap<TrialRecord, Memory>()

  constructor(liar: boolean) {
    this.#liar = liar
  }

  of({ trials }: StudySnapshot): Memory {
    const first = trials.find(({ state }) => state === 'COMPLETE' || state === 'PRUNED')
    const known = first === undefined ? undefined : this.#known.get(first)
    if (known !== undefined) return known
    const memory = new Memory(this.#liar)
    if (first !== undefined) this.#known.set(first, memory)
    return memory
  }
}

const MOST_MODELS = 16

function sameSpace(a: SearchSpace, b: SearchSpace): boolean {
  if (a.size !== b.size) return false
  for (const [name, distribution] of a) {
    const other = b.get(name)
    if (other === undefined || !sameDistribution(distribution, other)) return false
  }
  return true
}
