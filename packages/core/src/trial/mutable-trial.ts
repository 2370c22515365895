import type { Distribution, ParamValue } from '../space/distribution.js'
import { toExternal, toInternal } from '../space/param-value.js'
import { FinishedTrialError } from '../storage/errors.js'
import type { TrialTemplate, TrialWrite } from '../storage/storage.js'
import { type AttributeValue, isFinished, type TrialRecord, type TrialState } from './trial-record.js'

/** A trial that changes in place, and hands out records that nothing changes. */
export class MutableTrial {
  readonly id: number
  readonly number: number
  #state: TrialState
  #values: readonly number[] | undefined
  readonly #params: Map<string, ParamValue>
  #distributions: Map<string, Distribution>
  readonly #intermediate: Map<number, number>
  #intermediateSorted: boolean
  readonly #userAttributes: Map<string, AttributeValue>
  readonly #systemAttributes: Map<string, AttributeValue>
  #start: Date | undefined
  #complete: Date | undefined
  #record: TrialRecord | undefined

  constructor(id: number, number: number, template: TrialTemplate) {
    this.id = id
    this.number = number
    this.#state = template.state
    this.#values = template.values && [...template.values]
    this.#params = new Map(template.params)
    this.#distributions = new Map(template.distributions)
    this.#intermediate = new Map(template.intermediate)
    this.#intermediateSorted = false
    this.#userAttributes = copyAttributes(template.userAttributes)
    this.#systemAttributes = copyAttributes(template.systemAttributes)
    this.#start = template.start ?? (template.state === 'WAITING' ? undefined : new Date())
    this.#complete = template.complete ?? (isFinished(template.state) ? new Date() : undefined)
  }

  get state(): TrialState {
    return this.#state
  }

  get params(): ReadonlyMap<string, ParamValue> {
    return this.#params
  }

  get distributions(): ReadonlyMap<string, Distribution> {
    return this.#distributions
  }

  get intermediate(): ReadonlyMap<number, number> {
    return this.#intermediate
  }

  get userAttributes(): ReadonlyMap<string, AttributeValue> {
    return this.#userAttributes
  }

  get systemAttributes(): ReadonlyMap<string, AttributeValue> {
    return this.#systemAttributes
  }

  /** @throws FinishedTrialError where it is finished. */
  checkUnfinished(): void {
    if (isFinished(this.#state)) throw new FinishedTrialError(this.number, this.#state)
  }

  /** WAITING to RUNNING. */
  claim(): void {
    this.#state = 'RUNNING'
    this.#start = new Date()
    this.#record = undefined
  }

  apply(write: TrialWrite): void {
    if (write.kind === 'heartbeat') return
    this.#record = undefined
    switch (write.kind) {
      case 'param':
        this.#params.set(write.name, toExternal(write.distribution, write.internal)!)
        this.#distributions.set(write.name, write.distribution)
        break
      case 'report':
        if (this.#intermediate.has(write.step)) break
        this.#intermediate.set(write.step, write.value)
        this.#intermediateSorted = false
        break
      case 'attribute': {
        const attributes = write.scope === 'user' ? this.#userAttributes : this.#systemAttributes
        attributes.set(write.key, copyAttribute(write.value))
        break
      }
      case 'state':
        this.#state = write.state
        this.#values = write.values && [...write.values]
        if (write.state === 'WAITING') this.#start = undefined
        if (isFinished(write.state)) this.#complete = new Date()
        break
    }
  }

  /** Puts other distributions in the place of those of the same name; categories keep their index. */
  rewriteDistributions(distributions: ReadonlyMap<string, Distribution>): void {
    this.#record = undefined
    const rewritten = new Map(this.#distributions)
    for (const [name, old] of this.#distributions) {
      const distribution = distributions.get(name)
      if (distribution === undefined) continue
      const internal = toInternal(old, this.#params.get(name)!)
      rewritten.set(name, distribution)
      this.#params.set(name, toExternal(distribution, internal!)!)
    }
    this.#distributions = rewritten
  }

  /** The same object until the next change. */
  record(): TrialRecord {
    if (this.#record !== undefined) return this.#record
    this.#sortIntermediate()
    // A finished trial never changes, so its maps can be handed out as they are.
    const copy = <K, V>(map: Map<K, V>) => (isFinished(this.#state) ? map : new Map(map))
    this.#record = Object.freeze({
      id: this.id,
      number: this.number,
      state: this.#state,
      values: this.#values,
      params: copy(this.#params),
      distributions: copy(this.#distributions),
      intermediate: copy(this.#intermediate),
      userAttributes: copy(this.#userAttributes),
      systemAttributes: copy(this.#systemAttributes),
      start: this.#start,
      complete: this.#complete,
    })
    return this.#record
  }

  #sortIntermediate(): void {
    if (this.#intermediateSorted) return
    this.#intermediateSorted = true
    const steps = [...this.#intermediate.keys()]
    if (steps.every((step, i) => i === 0 || steps[i - 1]! < step)) return
    const sorted = [...this.#intermediate].sort(([a], [b]) => a - b)
    this.#intermediate.clear()
    for (const [step, value] of sorted) this.#intermediate.set(step, value)
  }
}

/** The attribute as it is now, whatever its owner does with it later. */
export function copyAttribute(value: AttributeValue): AttributeValue {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value
}

export function copyAttributes(
  attributes: ReadonlyMap<string, AttributeValue> | undefined,
): Map<string, AttributeValue> {
  const copy = new Map<string, AttributeValue>()
  if (attributes !== undefined) for (const [key, value] of attributes) copy.set(key, copyAttribute(value))
  return copy
}
