import { asha } from '../../src/pruners/asha.js'
import { hyperband } from '../../src/pruners/hyperband.js'
import type { Pruner } from '../../src/pruners/pruner.js'
import { random } from '../../src/samplers/random.js'
import type { Sampler } from '../../src/samplers/sampler.js'
import { tpe } from '../../src/samplers/tpe/tpe.js'
import { createStudy } from '../../src/study/create-study.js'
import { EPOCHS, LCBENCH_SPACE, type LcBench } from './lcbench.js'

/** A sampler with a way to stop trainings early. */
export interface CurveMethod {
  readonly name: string
  readonly sampler: () => Sampler
  readonly pruner: () => Pruner | null
}

/** With the first rung after so many epochs: after one, accuracy says nothing yet of the end on half of the tasks. */
const ashaFrom = (min: number, promote = false) => asha({ min, max: EPOCHS, eta: 3, firstStep: 1, promote })
const hyperbandFrom = (minResource: number) =>
  hyperband({ minResource, maxResource: EPOCHS, reductionFactor: 3 })

export const CURVE_METHODS: readonly CurveMethod[] = [
  { name: 'random', sampler: random, pruner: () => null },
  { name: 'tpe', sampler: tpe, pruner: () => null },
  { name: 'random, Hyperband', sampler: random, pruner: () => hyperbandFrom(1) },
  { name: 'tpe, Hyperband', sampler: tpe, pruner: () => hyperbandFrom(1) },
  { name: 'tpe, Hyperband from 3', sampler: tpe, pruner: () => hyperbandFrom(3) },
  { name: 'tpe, ASHA, promoting', sampler: tpe, pruner: () => ashaFrom(1, true) },
  { name: 'tpe, ASHA from 3', sampler: tpe, pruner: () => ashaFrom(3) },
  { name: 'tpe, ASHA from 3, promoting', sampler: tpe, pruner: () => ashaFrom(3, true) },
]

/** One search: what it had come to after each trial. */
export interface CurveRun {
  /** Epochs trained so far, all trials together. */
  readonly epochs: readonly number[]
  /** The best accuracy after a whole training so far, in percent; -Infinity before the first. */
  readonly best: readonly number[]
}

/** Searches one task until so many epochs are trained; a trial that goes on trains none twice. */
export async function searchCurves(
  bench: LcBench,
  task: string,
  method: CurveMethod,
  budget: number,
  seed: number,
): Promise<CurveRun> {
  const study = await createStudy({
    name: `${task} ${seed}`,
    direction: 'maximize',
    space: LCBENCH_SPACE,
    sampler: method.sampler(),
    pruner: method.pruner(),
    seed,
  })
  const run = { epochs: [] as number[], best: [] as number[] }
  let [used, best] = [0, -Infinity]
  while (used < budget) {
    const trial = await study.ask()
    const from = (trial.resumption?.step ?? 0) + 1
    const curve = await bench.accuracies(task, trial.params, from, EPOCHS)
    let pruned = false
    for (let epoch = from; epoch <= EPOCHS && !pruned; epoch++) {
      trial.report(curve[epoch - from]!, epoch)
      used++
      pruned = epoch < EPOCHS && (await trial.shouldPrune())
    }
    if (pruned) await study.tell(trial, undefined, { state: 'PRUNED' })
    else await study.tell(trial, curve.at(-1)!)
    if (!pruned) best = Math.max(best, curve.at(-1)!)
    run.epochs.push(used)
    run.best.push(best)
  }
  return run
}

/** The best accuracy when so many epochs were trained. */
export function bestWithin({ epochs, best }: CurveRun, budget: number): number {
  const over = epochs.findIndex((used) => used > budget)
  return (over < 0 ? best.at(-1) : best[over - 1]) ?? -Infinity
}

/** How many epochs it took to be as good as that; Infinity where it was not. */
export function epochsTo({ epochs, best }: CurveRun, accuracy: number): number {
  const place = best.findIndex((value) => value >= accuracy)
  return place < 0 ? Infinity : epochs[place]!
}
