import type { Distribution } from '../space/distribution.js'
import { toInternal } from '../space/param-value.js'
import type { Direction } from '../study/study-snapshot.js'
import { copyAttribute, copyAttributes, MutableTrial } from '../trial/mutable-trial.js'
import { type AttributeValue, isFinished, type TrialRecord, type TrialState } from '../trial/trial-record.js'
import { FinishedTrialError, StudyExistsError, StudyNotFoundError, TrialNotFoundError } from './errors.js'
import type { AttributeScope, Storage, StudyRecord, TrialTemplate, TrialWrite } from './storage.js'
import { checkInternal, checkName, checkStep, checkValues, checkWritable } from './trial-rules.js'

const URL = 'memory://'

interface MemoryStudy {
  record: StudyRecord
  readonly trials: MemoryTrial[]
  /** Numbers in the order in which they were finished. */
  readonly finished: number[]
  /** Numbers that are RUNNING or WAITING. */
  readonly unfinished: Set<number>
  facts: ReadonlyMap<string, AttributeValue>
}

class MemoryTrial extends MutableTrial {
  readonly study: MemoryStudy
  /** Milliseconds since 1970. */
  heartbeat: number | undefined

  constructor(id: number, study: MemoryStudy, template: TrialTemplate) {
    super(id, study.trials.length, template)
    this.study = study
  }

  override apply(write: TrialWrite): void {
    if (write.kind === 'heartbeat') this.heartbeat = Date.now()
    if (write.kind === 'state') this.heartbeat = undefined
    super.apply(write)
  }
}

/** Studies in this process's memory, for as long as it lives: Optuna's InMemoryStorage. */
export class MemoryStorage implements Storage {
  readonly url: string = URL
  readonly #studies = new Map<number, MemoryStudy>()
  readonly #names = new Map<string, number>()
  readonly #trials = new Map<number, MemoryTrial>()
  #nextStudy = 1
  #nextTrial = 1

  async createStudy(
    name: string,
    directions: readonly Direction[],
    facts: ReadonlyMap<string, AttributeValue> = new Map(),
  ): Promise<StudyRecord> {
    checkName('study', name)
    for (const key of facts.keys()) checkName('fact', key)
    if (this.#names.has(name)) throw new StudyExistsError(name, URL)
    const record: StudyRecord = {
      id: this.#nextStudy++,
      name,
      directions: [...directions],
      userAttributes: new Map(),
      systemAttributes: new Map(),
    }
    this.#studies.set(record.id, {
      record,
      trials: [],
      finished: [],
      unfinished: new Set(),
      facts: copyAttributes(facts),
    })
    this.#names.set(name, record.id)
    return record
  }

  async findStudy(name: string): Promise<StudyRecord | undefined> {
    const id = this.#names.get(name)
    return id === undefined ? undefined : this.#studies.get(id)?.record
  }

  async listStudies(): Promise<StudyRecord[]> {
    return [...this.#studies.values()].map(({ record }) => record)
  }

  async deleteStudy(study: number): Promise<void> {
    const { record, trials } = this.#study(study)
    for (const { id } of trials) this.#trials.delete(id)
    this.#names.delete(record.name)
    this.#studies.delete(study)
  }

  async setStudyAttribute(
    study: number,
    scope: AttributeScope,
    key: string,
    value: AttributeValue,
  ): Promise<void> {
    const held = this.#study(study)
    checkName('attribute', key)
    const field = scope === 'user' ? 'userAttributes' : 'systemAttributes'
    held.record = { ...held.record, [field]: new Map(held.record[field]).set(key, copyAttribute(value)) }
  }

  async readFacts(study: number): Promise<ReadonlyMap<string, AttributeValue>> {
    return this.#study(study).facts
  }

  async writeFacts(study: number, facts: ReadonlyMap<string, AttributeValue>): Promise<void> {
    const held = this.#study(study)
    for (const key of facts.keys()) checkName('fact', key)
    const next = new Map(held.facts)
    for (const [key, value] of facts) next.set(key, copyAttribute(value))
    held.facts = next
  }

  async rewriteDistributions(
    study: number,
    distributions: ReadonlyMap<string, Distribution>,
    facts: ReadonlyMap<string, AttributeValue>,
  ): Promise<void> {
    await this.writeFacts(study, facts)
    for (const trial of this.#study(study).trials) trial.rewriteDistributions(distributions)
  }

  async createTrial(
    study: number,
    template: TrialTemplate = { state: 'RUNNING' },
    writes: readonly TrialWrite[] = [],
    expected?: number,
  ): Promise<TrialRecord> {
    const held = this.#study(study)
    checkTemplate(template, held.record.directions.length)
    checkWrites(writes, held.trials.length, held.record.directions.length)
    return this.#create(held, template, writes, expected).record()
  }

  async claimWaiting(study: number, writes: readonly TrialWrite[] = []): Promise<TrialRecord | undefined> {
    const { trials, unfinished } = this.#study(study)
    let oldest: MemoryTrial | undefined
    for (const number of unfinished) {
      const trial = trials[number]!
      if (trial.state === 'WAITING' && !(oldest && oldest.number < number)) oldest = trial
    }
    oldest?.claim()
    for (const write of writes) oldest?.apply(write)
    return oldest?.record()
  }

  async writeTrial(trial: number, writes: readonly TrialWrite[]): Promise<void> {
    const held = this.#trial(trial)
    held.checkUnfinished()
    checkWrites(writes, held.number, held.study.record.directions.length)
    this.#write(held, writes)
  }

  async replaceTrial(
    trial: number,
    writes: readonly TrialWrite[],
    template: TrialTemplate,
  ): Promise<TrialRecord | undefined> {
    const held = this.#trial(trial)
    if (isFinished(held.state)) return undefined
    checkWrites(writes, held.number, held.study.record.directions.length)
    checkTemplate(template, held.study.record.directions.length)
    this.#write(held, writes)
    return this.#create(held.study, template, []).record()
  }

  async readTrials(study: number, known: ReadonlySet<number> = new Set()): Promise<TrialRecord[]> {
    const { trials, finished, unfinished } = this.#study(study)
    // A cache that kept up holds the first known.size of the finished ones: nothing after them may be known.
    const later = finished.slice(known.size)
    const numbers = later.some((number) => known.has(number))
      ? finished.filter((number) => !known.has(number))
      : later
    return [...numbers, ...unfinished].sort((a, b) => a - b).map((number) => trials[number]!.record())
  }

  async heartbeat(trial: number): Promise<void> {
    this.#trial(trial).heartbeat = Date.now()
  }

  async staleTrials(study: number, olderThanSeconds: number): Promise<TrialRecord[]> {
    const { trials, unfinished } = this.#study(study)
    const latest = Date.now() - olderThanSeconds * 1000
    return [...unfinished]
      .map((number) => trials[number]!)
      .filter(({ state, heartbeat }) => state === 'RUNNING' && heartbeat !== undefined && heartbeat < latest)
      .map((trial) => trial.record())
  }

  async close(): Promise<void> {}

  #create(
    study: MemoryStudy,
    template: TrialTemplate,
    writes: readonly TrialWrite[],
    expected?: number,
  ): MemoryTrial {
    const trial = new MemoryTrial(this.#nextTrial++, study, template)
    study.trials.push(trial)
    this.#trials.set(trial.id, trial)
    const missed = expected !== undefined && expected !== trial.number
    for (const write of writes) if (!missed || write.kind === 'heartbeat') trial.apply(write)
    if (isFinished(trial.state)) study.finished.push(trial.number)
    else study.unfinished.add(trial.number)
    return trial
  }

  #write(trial: MemoryTrial, writes: readonly TrialWrite[]): void {
    for (const write of writes) trial.apply(write)
    if (!isFinished(trial.state)) return
    trial.study.unfinished.delete(trial.number)
    trial.study.finished.push(trial.number)
  }

  #study(id: number): MemoryStudy {
    const study = this.#studies.get(id)
    if (study === undefined) throw new StudyNotFoundError(id, URL)
    return study
  }

  #trial(id: number): MemoryTrial {
    const trial = this.#trials.get(id)
    if (trial === undefined) throw new TrialNotFoundError(id, URL)
    return trial
  }
}

function checkTemplate(
  { state, values, intermediate, params, distributions }: TrialTemplate,
  objectives: number,
): void {
  checkValues(state, values, objectives)
  for (const step of intermediate?.keys() ?? []) checkStep(step)
  for (const [name, value] of params ?? []) {
    checkName('parameter', name)
    const distribution = distributions?.get(name)
    checkInternal(name, (distribution && toInternal(distribution, value)) ?? Number.NaN)
  }
}

/** Before any of them is made: all or none. */
function checkWrites(writes: readonly TrialWrite[], number: number, objectives: number): void {
  let ended: TrialState | undefined
  for (const write of writes) {
    if (ended !== undefined) throw new FinishedTrialError(number, ended)
    switch (write.kind) {
      case 'param':
        checkName('parameter', write.name)
        checkInternal(write.name, write.internal)
        break
      case 'report':
        checkStep(write.step)
        break
      case 'attribute':
        checkName('attribute', write.key)
        break
      case 'state':
        checkWritable(write.state)
        checkValues(write.state, write.values, objectives)
        if (isFinished(write.state)) ended = write.state
        break
    }
  }
}
