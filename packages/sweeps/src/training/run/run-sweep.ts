import { setTimeout as delay } from 'node:timers/promises'
import {
  createStudy,
  type OptimizeResult,
  openStorage,
  type Storage,
  type Study,
  type StudySnapshot,
  type TrialRecord,
} from '@thresher/core'
import { openTrainer } from '../open-trainer.js'
import { identityFacts, identityFrom, identityOf, isGone } from '../process-identity.js'
import type { SweepPlan } from '../sweep-plan.js'
import { type Trainer, TrainingFailure } from '../trainer.js'
import { BrokenSweep } from './broken-sweep.js'
import { checkPlan } from './check-plan.js'
import { endedEvent } from './ended-event.js'
import type { SweepEnd, SweepEvent } from './events.js'
import { missingRuns } from './missing-seeds.js'
import { baselineLeft, runsLeft } from './phase-counts.js'
import { type PhasePlan, planPhase } from './plan-phase.js'
import { PLAN_ATTRIBUTE, RUN_ATTRIBUTES } from './run-attributes.js'
import { savedPlan } from './saved-plan.js'
import { progressOf } from './sweep-progress.js'
import { TrainingObjective } from './training-objective.js'

export interface SweepRequest {
  /** A URL, such as `sqlite:///studies.db`, or a storage, which is left open. */
  readonly storage: string | Storage
  readonly study: string
  /** Goes on with the study where it is there; without, that is an error. */
  readonly resume?: boolean
  /** Instead of the plan's. */
  readonly workers?: number | undefined
  /** So many runs in this sitting, the baseline's included. */
  readonly count?: number | undefined
  /** Ends the runs and queues them again. */
  readonly signal?: AbortSignal
  /** Holds the runs' folders; absolute. */
  readonly directory: string
  readonly onEvent?: (event: SweepEvent) => void
  /** Instead of the plan's. */
  readonly trainer?: Trainer
}

export interface SweepOutcome {
  readonly reason: SweepEnd
  /** The reason in words. */
  readonly text: string
  readonly study: StudySnapshot
}

/** Seconds that a run's end may take beyond its trainer's own grace before it is left alone. */
const SPARE_GRACE = 30
/** Milliseconds between two looks at the runs of other processes. */
const LOOK = 1000

/**
 * Runs a training sweep, or what is left of it, in a study: the baseline first, then its phases. Whatever process is
 * killed at whatever moment, no finished run is lost; what is done is read from the study.
 * @throws InputError where the study is another sweep's, or the plan cannot be run; StorageError where the storage
 *   fails.
 */
export async function runSweep(plan: SweepPlan, request: SweepRequest): Promise<SweepOutcome> {
  const { storage } = request
  const opened = typeof storage === 'string' ? await openStorage(storage) : storage
  const trainer = request.trainer ?? (await openTrainer(plan))
  try {
    return await new SweepRun(plan, request, opened, trainer).toEnd()
  } finally {
    await trainer.close?.()
    if (opened !== storage) await opened.close()
  }
}

class SweepRun {
  readonly #plan: SweepPlan
  readonly #request: SweepRequest
  readonly #storage: Storage
  readonly #trainer: Trainer
  readonly #workers: number
  readonly #began = performance.now()
  readonly #broken = new BrokenSweep()
  #started = 0
  #end: { readonly reason: SweepEnd; readonly text: string } | undefined
  /** Of the phase that runs. */
  #study!: Study<unknown>
  #phase = 0
  #seeds: readonly number[] | undefined

  constructor(plan: SweepPlan, request: SweepRequest, storage: Storage, trainer: Trainer) {
    this.#plan = plan
    this.#request = request
    this.#storage = storage
    this.#trainer = trainer
    this.#workers = workersFor(plan, request)
  }

  async toEnd(): Promise<SweepOutcome> {
    const { study: name, resume = false, directory } = this.#request
    const saved = savedPlan(this.#plan)
    const { resumed, notices } = await checkPlan(this.#storage, name, this.#plan.file, saved, resume)
    this.#study = await this.#open(planPhase(this.#plan, 0, []))
    this.#emit({
      event: 'sweep',
      study: name,
      storage: this.#storage.url,
      directory,
      trainer: this.#trainer.name,
      metric: this.#plan.metric.name,
      direction: this.#plan.metric.direction,
      workers: this.#workers,
      resumed,
    })
    for (const text of [...this.#plan.notices, ...notices]) this.#emit({ event: 'notice', text })
    await this.#study.setUserAttribute(PLAN_ATTRIBUTE, saved)
    await this.#study.setMetricNames([this.#plan.metric.name])
    await this.#requeueDead()
    this.#checkTarget()
    for (const index of this.#plan.phases.keys()) {
      if (this.#end !== undefined) break
      await this.#runPhase(index)
    }
    const end = this.#end ?? { reason: 'done', text: 'every phase is done' }
    const study = { ...this.#study.snapshot, trials: await this.#study.refresh() }
    this.#emit({ event: 'ended', ...end })
    return { ...end, study }
  }

  async #runPhase(index: number): Promise<void> {
    const phase = planPhase(this.#plan, index, await this.#study.refresh())
    const { name, trials, verify } = this.#plan.phases[index]!
    this.#phase = index
    this.#emit({
      event: 'phase',
      name,
      index,
      phases: this.#plan.phases.length,
      trials: verify === undefined && Number.isFinite(trials) ? trials : undefined,
      skipped: phase.skipped,
    })
    if (phase.skipped !== undefined) return
    this.#seeds = phase.seeds
    this.#study = await this.#open(phase)
    const objective = this.#objective()
    while (this.#end === undefined) {
      const runs = await this.#nextRuns(phase)
      if (runs === 0) {
        if (!(await this.#othersRun())) return
        continue
      }
      const most = Math.min(runs, this.#allowed())
      if (most <= 0) return this.#stop('count', `${this.#request.count} runs, as asked`)
      const result = await this.#study.optimize(
        (trial) => {
          this.#started++
          this.#progress()
          return objective.run(trial, index, phase.verify !== undefined)
        },
        {
          ...(Number.isFinite(most) ? { trials: most } : {}),
          ...this.#timeLeft(),
          concurrency: this.#workers,
          userAttributes: { [RUN_ATTRIBUTES.process]: identityFacts(identityOf(process.pid)) },
          ...(this.#request.signal === undefined ? {} : { signal: this.#request.signal }),
          ...(this.#plan.stopping === undefined ? {} : { stopping: this.#plan.stopping }),
          abortGrace: graceOf(this.#plan) + SPARE_GRACE,
          callbacks: [(trial) => this.#runEnded(trial, phase)],
          catch: (error) => error instanceof TrainingFailure,
        },
      )
      if (this.#endsPhase(result)) return
    }
  }

  /** How many runs the phase takes now; verifying ones are queued. */
  async #nextRuns(phase: PhasePlan): Promise<number> {
    const trials = await this.#study.refresh()
    if (phase.verify === undefined) return this.#runsLeft(phase, trials)
    for (const { params, runs } of missingRuns(phase.verify, phase.seeds ?? [], trials)) {
      for (let run = 0; run < runs; run++) {
        await this.#study.enqueueTrial(Object.fromEntries(params), {
          userAttributes: { [RUN_ATTRIBUTES.phase]: this.#phase },
        })
      }
    }
    return this.#runsLeft(phase, await this.#study.refresh())
  }

  /** How many runs are still to begin in the phase, whoever runs them. */
  #runsLeft({ verify, seeds }: PhasePlan, trials: readonly TrialRecord[]): number {
    const baseline = baselineLeft(this.#plan, seeds, trials)
    return verify === undefined
      ? baseline + runsLeft(this.#plan, this.#phase, trials)
      : // The baseline's own are queued with the others, or still to be.
        baseline + trials.filter(({ state }) => state === 'WAITING').length
  }

  /** What a run of optimize says of the sweep and the phase: whether the phase is over. */
  #endsPhase({ reason, rule }: OptimizeResult): boolean {
    if (this.#end !== undefined) return true
    if (reason === 'signal') this.#stop('interrupted', 'interrupted; what is finished is kept')
    if (reason === 'rule') this.#stop('rule', rule ?? 'its stopping rule says so')
    if (reason === 'timeout') this.#stop('timeout', 'its time is up')
    if (reason === 'exhausted') {
      const last = this.#phase === this.#plan.phases.length - 1
      if (last) this.#stop('exhausted', 'every setting has been run')
      return true
    }
    return this.#end !== undefined
  }

  /** Whether other processes have runs to wait for; those of dead ones are queued again. */
  async #othersRun(): Promise<boolean> {
    if ((await this.#requeueDead()) > 0) return true
    if (!this.#study.trials.some(({ state }) => state === 'RUNNING')) return false
    try {
      await delay(LOOK, undefined, this.#request.signal && { signal: this.#request.signal })
    } catch {
      this.#stop('interrupted', 'interrupted; what is finished is kept')
    }
    return true
  }

  async #requeueDead(): Promise<number> {
    const abandoned: TrialRecord[] = []
    const queued = await this.#study.requeueDead((trial) => {
      const identity = identityFrom(trial.userAttributes.get(RUN_ATTRIBUTES.process))
      const dead = identity !== undefined && isGone(identity)
      if (dead) abandoned.push(trial)
      return dead
    })
    for (const { userAttributes } of abandoned) {
      const folder = userAttributes.get(RUN_ATTRIBUTES.directory)
      if (typeof folder === 'string') await this.#trainer.reap?.(folder)
    }
    return queued
  }

  async #runEnded(trial: TrialRecord, phase: PhasePlan): Promise<void> {
    // Other processes take of the same runs.
    if (this.#runsLeft(phase, await this.#study.refresh()) <= 0) this.#study.stop()
    this.#emit(endedEvent(trial))
    this.#progress()
    const why = this.#broken.ended(trial.state === 'FAIL', this.#elapsed())
    if (why !== undefined) {
      const { reason } = endedEvent(trial)
      this.#stop('broken', `${why}, the last one: ${reason}`)
    }
    this.#checkTarget()
  }

  #checkTarget(): void {
    const { target, direction, name } = this.#plan.metric
    const best = this.#study.bestValue
    if (target === undefined || best === undefined) return
    if (direction === 'minimize' ? best <= target : best >= target) {
      this.#stop('target', `${name} ${best} reached the target ${target}`)
    }
  }

  #stop(reason: SweepEnd, text: string): void {
    this.#end ??= { reason, text }
    this.#study.stop()
  }

  #open({ sampler, seeds }: PhasePlan): Promise<Study<unknown>> {
    const { metric, space, pruner, seed, baseline } = this.#plan
    return createStudy<unknown>({
      name: this.#request.study,
      direction: metric.direction,
      storage: this.#storage,
      loadIfExists: true,
      sampler,
      pruner,
      space,
      ...(seed === undefined ? {} : { seed }),
      ...(seeds === undefined ? {} : { seeds }),
      ...(baseline === undefined ? {} : { baseline }),
      change: ['sampler', 'pruner', 'seeds'],
      notice: (text) => this.#notice(text),
    })
  }

  #objective(): TrainingObjective {
    return new TrainingObjective({
      plan: this.#plan,
      study: this.#request.study,
      trainer: this.#trainer,
      directory: this.#request.directory,
      emit: (event) => this.#emit(event),
      trials: () => this.#study.trials,
    })
  }

  /** What the core says, but for what an event of ours says. */
  #notice(text: string): void {
    if (!/^trial \d+ failed: TrainingFailure: /.test(text)) this.#emit({ event: 'notice', text })
  }

  #progress(): void {
    const at = {
      phase: this.#phase,
      seeds: this.#seeds,
      workers: this.#workers,
      most: this.#allowed(),
      elapsedSeconds: this.#elapsed(),
      now: new Date(),
    }
    this.#emit({ event: 'progress', ...progressOf(this.#plan, at, this.#study.trials) })
  }

  /** How many runs this sitting may still start. */
  #allowed(): number {
    return (this.#request.count ?? Number.POSITIVE_INFINITY) - this.#started
  }

  #timeLeft(): { readonly timeout?: number } {
    const { timeout } = this.#plan
    return timeout === undefined ? {} : { timeout: Math.max(0, timeout - this.#elapsed()) }
  }

  #elapsed(): number {
    return (performance.now() - this.#began) / 1000
  }

  #emit(event: SweepEvent): void {
    this.#request.onEvent?.(event)
  }
}

/** No more than the devices take. */
function workersFor({ workers, trainer }: SweepPlan, request: SweepRequest): number {
  const asked = request.workers ?? workers
  const gpus = trainer.kind === 'command' ? trainer.gpus.length * trainer.runsPerGpu : 0
  return gpus === 0 ? asked : Math.min(asked, gpus)
}

function graceOf({ trainer }: SweepPlan): number {
  return trainer.kind === 'command' ? trainer.grace : 0
}
