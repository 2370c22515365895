import {
  type AttributeValue,
  type CreateStudyOptions,
  categoricalDistribution,
  createStudy,
  FAILURE_KEY,
  floatDistribution,
  hyperband,
  MemoryStorage,
  type ParamValue,
  type StudyWatcher,
  type TrialState,
  tpe,
  watchStudy,
} from '@thresher/core'

/** One training run as a test wants it. */
export interface FakeRun {
  readonly params?: Readonly<Record<string, ParamValue>>
  readonly state?: TrialState
  readonly value?: number
  /** One report an epoch, the first at step 0. */
  readonly curve?: readonly number[]
  readonly seed?: number
  /** The number of the first run of its setting; its own where not given. */
  readonly setting?: number
  readonly baseline?: boolean
  /** Minutes since the sweep began; the end is left out of what is under way. */
  readonly from?: number
  readonly to?: number
  readonly reason?: string
  readonly user?: Readonly<Record<string, AttributeValue>>
}

/** When the studies of tests begin: milliseconds since 1970. */
const BEGAN = Date.UTC(2026, 0, 5, 9, 0)

/** A moment in minutes since then. */
export function minute(minutes: number): number {
  return BEGAN + minutes * 60_000
}

export interface SweepStudy {
  readonly watcher: StudyWatcher
  readonly storage: MemoryStorage
  /** Adds a run, as another process would. */
  add(run: FakeRun): Promise<void>
}

/** A study in memory with these runs. */
export async function sweepStudy(
  runs: readonly FakeRun[],
  options: Partial<CreateStudyOptions<never>> & { readonly metric?: string } = {},
): Promise<SweepStudy> {
  const { metric = 'val/hmean', ...rest } = options
  const storage = new MemoryStorage()
  const name = options.name ?? 'efficientnet-b4-lr'
  const study = await createStudy<never>({
    name,
    ...(options.directions ? {} : { direction: 'maximize' }),
    sampler: tpe(),
    pruner: options.directions ? null : hyperband({ minResource: 10, maxResource: 22, reductionFactor: 2 }),
    storage,
    ...rest,
  })
  if (study.directions.length === 1) await study.setMetricNames([metric])
  const { id } = (await storage.findStudy(name))!
  const add = async (run: FakeRun) => {
    const number = (await storage.readTrials(id)).length
    await storage.createTrial(id, templateOf(run, number))
  }
  for (const run of runs) await add(run)
  const watcher = await watchStudy({ name, storage })
  return { watcher, storage, add }
}

function templateOf(run: FakeRun, number: number) {
  const {
    params = {},
    state = 'COMPLETE',
    curve = [],
    seed,
    setting = number,
    from = 0,
    to = from + 10,
  } = run
  const values = run.value ?? (state === 'COMPLETE' || state === 'PRUNED' ? curve.at(-1) : undefined)
  const system: Record<string, AttributeValue> = {
    ...(seed === undefined ? {} : { 'thresher:seed': seed, 'thresher:setting': setting }),
    ...(run.baseline ? { 'thresher:baseline': true } : {}),
    ...(state === 'FAIL' && run.reason !== undefined ? { [FAILURE_KEY]: run.reason } : {}),
  }
  const pruned = state === 'PRUNED' && run.reason !== undefined ? { pruned: run.reason } : {}
  const ended = state === 'COMPLETE' || state === 'PRUNED' || state === 'FAIL'
  return {
    state,
    params: new Map(Object.entries(params)),
    distributions: new Map(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'number' ? floatDistribution(-1e9, 1e9) : categoricalDistribution([value]),
      ]),
    ),
    intermediate: new Map(curve.map((value, epoch) => [epoch, value])),
    userAttributes: new Map<string, AttributeValue>(Object.entries({ ...run.user, ...pruned })),
    systemAttributes: new Map(Object.entries(system)),
    ...(values === undefined || state === 'RUNNING' ? {} : { values: [values] }),
    ...(state === 'WAITING' ? {} : { start: new Date(minute(from)) }),
    ...(ended ? { complete: new Date(minute(to)) } : {}),
  }
}

/** Epochs that rise towards a value. */
function rising(to: number, epochs: number): number[] {
  return Array.from(
    { length: epochs },
    (_, epoch) => to - 0.3 * 0.6 ** epoch + (epoch === epochs - 1 ? 0.3 * 0.6 ** epoch : 0),
  )
}

const BASE = { lr: 4e-4, weight_decay: 1e-4, T_max: 22, eta_min: 1e-5 }

/** The story of the learning rate: a baseline over three seeds, two finished runs, one under way, one pruned, one failed. */
export const LEARNING_RATE: readonly FakeRun[] = [
  { params: BASE, curve: rising(0.9653, 22), seed: 42, baseline: true, from: 0, to: 30 },
  { params: BASE, curve: rising(0.9657, 22), seed: 777, setting: 0, baseline: true, from: 0, to: 30 },
  { params: BASE, curve: rising(0.9649, 22), seed: 2024, setting: 0, baseline: true, from: 30, to: 60 },
  {
    params: { lr: 3.85e-4, weight_decay: 1.39e-4, T_max: 22, eta_min: 1.9e-5 },
    curve: rising(0.9647, 22),
    seed: 42,
    from: 30,
    to: 60,
  },
  {
    params: { lr: 2.61e-4, weight_decay: 3.9e-4, T_max: 20, eta_min: 4.4e-5 },
    curve: rising(0.9402, 10),
    state: 'PRUNED',
    reason: 'rung 1: 0.9402 under 0.9518 (3rd of 6)',
    seed: 42,
    from: 60,
    to: 75,
  },
  {
    params: { lr: 5.13e-4, weight_decay: 6.8e-5, T_max: 24, eta_min: 6.4e-6 },
    curve: rising(0.966, 10),
    seed: 42,
    from: 60,
    to: 75,
    user: { command: ['python', 'train.py', 'lr=5.13e-4', "tag=a 'b'"], log: '/runs/5/output.log' },
  },
  {
    params: { lr: 9e-4, weight_decay: 1e-3, T_max: 24, eta_min: 1e-6 },
    state: 'FAIL',
    reason: 'python train.py ended with exit code 1: CUDA out of memory; see /runs/6/output.log',
    seed: 42,
    from: 75,
    to: 80,
  },
  {
    params: { lr: 4.62e-4, weight_decay: 7.9e-5, T_max: 24, eta_min: 8.1e-6 },
    curve: rising(0.9641, 14),
    state: 'RUNNING',
    seed: 42,
    from: 75,
  },
]

export const SEEDS = [42, 777, 2024]
