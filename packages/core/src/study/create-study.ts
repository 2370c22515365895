import { InputError } from '../errors.js'
import { medianPruner } from '../pruners/percentile.js'
import type { Pruner } from '../pruners/pruner.js'
import { prunerFromOptions } from '../pruners/registry.js'
import type { Sampler } from '../samplers/sampler.js'
import { tpe } from '../samplers/tpe/tpe.js'
import { createRepeatPlan } from '../seeds/create-repeat-plan.js'
import { type AnyParams, type Space, spaceFromFacts } from '../space/space.js'
import { StudyExistsError, StudyNotFoundError } from '../storage/errors.js'
import { MemoryStorage } from '../storage/memory-storage.js'
import type { StorageOptions } from '../storage/open-storage.js'
import type { Storage, StudyRecord } from '../storage/storage.js'
import type { AttributeValue } from '../trial/trial-record.js'
import { type Budget, checkBudget } from './budget.js'
import { checkStudyOptions } from './check-options.js'
import type { Duplicates } from './drawer.js'
import { checkComplete, checkSettings, type Settings } from './enqueue.js'
import { type FactName, type Facts, factMap, factsOf, resumeFacts, sameFacts } from './facts.js'
import { checkHeartbeat, DEFAULT_HEARTBEAT, type Heartbeat } from './heartbeat.js'
import { Kernel } from './kernel.js'
import { samplerFromOptions } from './registry.js'
import { Study } from './study.js'
import type { Direction } from './study-snapshot.js'

/** What a study is searched with. Kept with it; on resume, what is left out is as the study holds it. */
export interface SearchOptions<Params> {
  /** TPE unless given. */
  readonly sampler?: Sampler
  /** The median pruner unless given; null for none. */
  readonly pruner?: Pruner | null
  /** Every draw comes from it; a drawn one unless given. A whole number from 0 to 2^53 - 1. */
  readonly seed?: number
  /** The declared space; without one, the objective suggests as it goes. */
  readonly space?: Space<Params>
  /**
   * What becomes of a setting that the study has already: `allow` runs it again, `forbid` draws another, `repeat` runs
   * it as one more seed of that setting, of which samplers see the mean. `allow` unless given, `repeat` with `seeds`.
   */
  readonly duplicates?: Duplicates
  /** The seeds that settings run with: the baseline with all of them, others one after another as they hold up. */
  readonly seeds?: readonly number[]
  /** The setting that the others are held against: the study's first trials, one a seed. */
  readonly baseline?: Partial<Params> | Settings
  readonly budget?: Budget
  /** How the trials of dead processes are recognised; false for not at all, which is how it is in memory. */
  readonly heartbeat?: Partial<Heartbeat> | false
  /** What people should hear of: trials that failed, values outside their range. Nobody unless given. */
  readonly notice?: (text: string) => void
  /** What may be other than the study holds, from here on. */
  readonly change?: readonly FactName[]
}

export interface CreateStudyOptions<Params> extends SearchOptions<Params> {
  readonly name: string
  /** `minimize` unless given. */
  readonly direction?: Direction
  /** One an objective, where there are several. */
  readonly directions?: readonly Direction[]
  /** A URL, such as `sqlite:///study.db`, or a storage; this process's memory unless given. */
  readonly storage?: string | Storage
  /** Goes on with the study of that name where there is one. */
  readonly loadIfExists?: boolean
}

export interface LoadStudyOptions<Params> extends SearchOptions<Params> {
  readonly name: string
  /** A URL, such as `sqlite:///study.db`, or a storage. */
  readonly storage: string | Storage
}

/**
 * A new study, or with `loadIfExists` the one of that name: Optuna's create_study, which keeps neither sampler nor seed.
 * @throws InputError for wrong options, for a name that is taken, and where a study that is loaded holds something else
 *   than is asked for; StorageError where the storage fails.
 */
export async function createStudy<Params = AnyParams>(
  options: CreateStudyOptions<Params>,
): Promise<Study<Params>> {
  checkStudyOptions('createStudy()', options, ['name', 'direction', 'directions', 'storage', 'loadIfExists'])
  const directions = directionsOf(options)
  checkName(options.name)
  const facts = askedFacts(options)
  if (options.seeds !== undefined && (directions?.length ?? 1) > 1) {
    throw new InputError('seeds are compared on one objective; leave them out, or all directions but one.')
  }
  const storage = await storageOf(options.storage ?? new MemoryStorage())
  const held = completed(facts, options, directions, storage)
  try {
    const record = await storage.createStudy(options.name, directions ?? ['minimize'], factMap(held))
    return await assemble(storage, record, held, options)
  } catch (error) {
    if (!(error instanceof StudyExistsError) || !options.loadIfExists) throw error
    return resume(storage, facts, options, directions)
  }
}

/**
 * The study of that name, to go on with: sampler, pruner, seed, space and the rest as it holds them.
 * @throws InputError where there is none, or it holds something else than is asked for; StorageError where the storage
 *   fails.
 */
export async function loadStudy<Params = AnyParams>(
  options: LoadStudyOptions<Params>,
): Promise<Study<Params>> {
  checkStudyOptions('loadStudy()', options, ['name', 'storage'])
  checkName(options.name)
  // Where there is no study, none is to be left behind.
  const storage = await storageOf(options.storage, { create: false })
  return resume(storage, askedFacts(options), options, undefined)
}

async function resume<Params>(
  storage: Storage,
  asked: Facts,
  options: SearchOptions<Params> & { readonly name: string },
  directions: readonly Direction[] | undefined,
): Promise<Study<Params>> {
  const record = await storage.findStudy(options.name)
  if (record === undefined) throw new StudyNotFoundError(options.name, storage.url)
  checkDirections(record, directions)
  const held = factsOf(await storage.readFacts(record.id))
  const resumed = resumeFacts(options.name, held, asked, options.change ?? [])
  // A study of Optuna's own holds no facts of ours.
  const facts = completed(resumed, options, record.directions, storage)
  if (!sameFacts(facts, held)) await storage.writeFacts(record.id, factMap(facts))
  return assemble(storage, record, facts, options)
}

async function assemble<Params>(
  storage: Storage,
  record: StudyRecord,
  facts: Facts,
  options: SearchOptions<Params>,
): Promise<Study<Params>> {
  const sampler = options.sampler ?? rebuilt(facts.sampler, samplerFromOptions)!
  const pruner = options.pruner === undefined ? rebuilt(facts.pruner, prunerFromOptions) : options.pruner
  const space = options.space ?? spaceFromFacts(facts.space)
  const [direction = 'minimize'] = record.directions
  const duplicates = facts.duplicates as Duplicates
  const seeds = (facts.seeds ?? undefined) as readonly number[] | undefined
  const repeats = createRepeatPlan({
    seeds,
    baseline: (facts.baseline ?? undefined) as Settings | undefined,
    duplicates,
    direction,
  })
  const kernel = new Kernel({
    storage,
    record,
    sampler,
    pruner: pruner ?? undefined,
    seed: facts.seed as number,
    space,
    duplicates,
    repeats,
    notice: options.notice ?? (() => {}),
  })
  await kernel.view.refresh()
  return new Study<Params>({
    kernel,
    seeds,
    budget: (facts.budget ?? undefined) as Budget | undefined,
    heartbeat: (facts.heartbeat ?? undefined) as Heartbeat | undefined,
  })
}

/** What was asked for, as facts; what was left out is not among them. */
function askedFacts<Params>(options: SearchOptions<Params>): Facts {
  const { sampler, pruner, seed, space, duplicates, seeds, baseline, budget, heartbeat } = options
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new InputError(`seed is ${seed}; give a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`)
  }
  if (duplicates !== undefined && !['allow', 'forbid', 'repeat'].includes(duplicates)) {
    throw new InputError(`duplicates is ${duplicates}; give allow, forbid or repeat.`)
  }
  if (seeds !== undefined) checkSeeds(seeds)
  if (baseline !== undefined) {
    checkSettings('baseline', baseline as Settings, space)
    checkComplete('baseline', baseline as Settings, space)
  }
  const facts: Record<FactName, AttributeValue | undefined> = {
    sampler: sampler && { name: sampler.name, options: sampler.options },
    pruner: pruner && { name: pruner.name, options: pruner.options },
    seed,
    space: space?.toFacts(),
    duplicates,
    seeds: seeds && [...seeds],
    baseline: baseline && ({ ...baseline } as Settings),
    budget: budget && { ...checkBudget(budget) },
    heartbeat: heartbeat === false ? null : heartbeat && { ...checkHeartbeat(heartbeat) },
  }
  if (pruner === null) facts.pruner = null
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts
}

/** Facts with everything that nothing was said about. */
function completed<Params>(
  facts: Facts,
  { sampler = tpe() }: SearchOptions<Params>,
  directions: readonly Direction[] | undefined,
  storage: Storage,
): Facts {
  const pruner = (directions?.length ?? 1) === 1 ? medianPruner() : null
  return {
    sampler: { name: sampler.name, options: sampler.options },
    pruner: pruner && { name: pruner.name, options: pruner.options },
    seed: drawSeed(),
    space: null,
    duplicates: facts.seeds == null ? 'allow' : 'repeat',
    seeds: null,
    baseline: null,
    budget: null,
    heartbeat: storage instanceof MemoryStorage ? null : { ...DEFAULT_HEARTBEAT },
    ...facts,
  }
}

function rebuilt<T>(
  fact: AttributeValue | undefined,
  build: (name: string, options: AttributeValue) => T,
): T | undefined {
  if (fact === null || fact === undefined) return undefined
  const { name, options } = fact as { readonly name: string; readonly options: AttributeValue }
  return build(name, options)
}

async function storageOf(storage: string | Storage, options: StorageOptions = {}): Promise<Storage> {
  if (typeof storage !== 'string') return storage
  const { openStorage } = await import('../storage/open-storage.js')
  return openStorage(storage, options)
}

function directionsOf({
  direction,
  directions,
}: Pick<CreateStudyOptions<never>, 'direction' | 'directions'>): readonly Direction[] | undefined {
  if (direction !== undefined && directions !== undefined) {
    throw new InputError('direction and directions are both given; leave one out.')
  }
  const all = directions ?? (direction === undefined ? undefined : [direction])
  if (all === undefined) return undefined
  if (all.length === 0) throw new InputError('directions is empty; give one an objective.')
  for (const one of all) {
    if (one !== 'minimize' && one !== 'maximize') {
      throw new InputError(`direction is ${one}; give minimize or maximize.`)
    }
  }
  return all
}

function checkDirections({ name, directions }: StudyRecord, asked: readonly Direction[] | undefined): void {
  if (asked === undefined || asked.join() === directions.join()) return
  throw new InputError(
    `study "${name}" is to ${directions.join(', ')}, not ${asked.join(', ')}; leave the direction out, or take another name.`,
  )
}

function checkName(name: string): void {
  if (typeof name !== 'string' || name === '') throw new InputError('name is empty; give the study a name.')
}

function checkSeeds(seeds: readonly number[]): void {
  if (seeds.length === 0) throw new InputError('seeds is empty; give at least one.')
  for (const seed of seeds) {
    if (!Number.isSafeInteger(seed)) throw new InputError(`seeds: ${seed} is no whole number.`)
  }
  if (new Set(seeds).size < seeds.length)
    throw new InputError('seeds: one comes twice; give every seed once.')
}

function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!
}
