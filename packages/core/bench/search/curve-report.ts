import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bestWithin, CURVE_METHODS, type CurveRun, epochsTo, searchCurves } from './curves.js'
import { EPOCHS, LcBench } from './lcbench.js'
import { mannWhitney } from './mann-whitney.js'
import { median } from './median.js'

const TASKS = ['168330', '189866', '3945', '7593']
/** So many whole trainings. */
const TRAININGS = 60

type Recorded = Readonly<Record<string, { readonly 'best@60': readonly number[] }>>

/** One method on one task, over all seeds. */
export interface CurveCell {
  readonly task: string
  readonly method: string
  /** Percentage points below the best that any search found, after half the budget and after all of it. */
  readonly regrets: readonly [half: number, whole: number]
  /** Epochs until it was as good as the median of Optuna's TPE after the whole budget; Infinity if not within it. */
  readonly epochsToOptuna: number
  /** Epochs that the first 60 trials took, and the regret then. */
  readonly sixty: { readonly epochs: number; readonly regret: number }
  /** Two-sided p-value of the difference to Optuna's TPE after the whole budget. */
  readonly p: number
}

/**
 * Hyperband and ASHA on learning curves beside searches that train every setting to the end, all with the epochs of 60
 * whole trainings, and beside the recorded runs of Optuna's TPE.
 * @returns undefined where the curves are not there: they are other people's, and no part of this repository
 */
export async function curveCells(
  shared: string,
  seeds: number,
  done: () => void,
): Promise<CurveCell[] | undefined> {
  const folder = join(shared, 'data', 'search')
  const runs = join(folder, 'reference_runs.json')
  const bench = await LcBench.open(join(folder, 'lcbench'))
  if (bench === undefined || !existsSync(runs)) return undefined
  const recorded: Recorded = JSON.parse(readFileSync(runs, 'utf8')).lcbench_val_accuracy_maximise
  const cells: CurveCell[] = []
  for (const task of TASKS) {
    const found = new Map<string, CurveRun[]>()
    for (const method of CURVE_METHODS) {
      const own: CurveRun[] = []
      for (let seed = 0; seed < seeds; seed++) {
        own.push(await searchCurves(bench, task, method, TRAININGS * EPOCHS, seed))
        done()
      }
      found.set(method.name, own)
    }
    cells.push(...cellsOfTask(task, found, recorded))
  }
  return cells
}

function cellsOfTask(
  task: string,
  found: ReadonlyMap<string, readonly CurveRun[]>,
  recorded: Recorded,
): CurveCell[] {
  const budget = TRAININGS * EPOCHS
  const theirs = recorded[`${task}/tpe`]!['best@60']
  const all = [...found.values()].flat().map(({ best }) => best.at(-1)!)
  const optimum = Math.max(...all, ...theirs, ...recorded[`${task}/random`]!['best@60'])
  const reached = median(theirs)
  const cells = [...found].map(([method, runs]) => ({
    task,
    method,
    regrets: [
      optimum - median(runs.map((run) => bestWithin(run, budget / 2))),
      optimum - median(runs.map((run) => bestWithin(run, budget))),
    ] as const,
    epochsToOptuna: median(runs.map((run) => epochsTo(run, reached))),
    sixty: {
      epochs: median(runs.map(({ epochs }) => epochs[TRAININGS - 1] ?? epochs.at(-1)!)),
      regret: optimum - median(runs.map(({ best }) => best[TRAININGS - 1] ?? best.at(-1)!)),
    },
    p: mannWhitney(
      runs.map((run) => bestWithin(run, budget)),
      theirs,
    ),
  }))
  const optuna = (sampler: 'random' | 'tpe') => {
    const values = recorded[`${task}/${sampler}`] as unknown as Record<string, number> & {
      readonly 'best@60': readonly number[]
    }
    const regret = optimum - median(values['best@60'])
    return {
      task,
      method: `Optuna's ${sampler}`,
      regrets: [optimum - values['best@30_median']!, regret] as const,
      epochsToOptuna: sampler === 'tpe' ? budget : Infinity,
      sixty: { epochs: budget, regret },
      p: Number.NaN,
    }
  }
  return [...cells, optuna('random'), optuna('tpe')]
}

/** As rows of a table, the head first. */
export function curveRows(cells: readonly CurveCell[]): string[][] {
  const head = ['task', 'method', 'regret @1560', '@3120', 'p', 'epochs to equal', '60 trials', 'regret']
  return [
    head,
    ...cells.map(({ task, method, regrets, p, epochsToOptuna, sixty }) => [
      task,
      method,
      regrets[0].toFixed(2),
      regrets[1].toFixed(2),
      Number.isNaN(p) ? '' : p.toFixed(4),
      Number.isFinite(epochsToOptuna) ? String(epochsToOptuna) : 'not within',
      String(sixty.epochs),
      sixty.regret.toFixed(2),
    ]),
  ]
}
