import type { Run } from './run.js'
import type { RunSetting } from './run-settings.js'
import { meanInterval, meanOf } from './statistics.js'

/** What each stage of progressive training adds. Plain data; in the metric's unit. */
export interface StageGains {
  /** `metrics`: columns such as `stage1_accuracy`; `curves`: reports at the ends of the stages' epochs. */
  readonly from: 'metrics' | 'curves'
  readonly stages: readonly StageGain[]
  /** How many runs have all stages. */
  readonly runs: number
}

interface StageGain {
  readonly stage: number
  /** The mean over runs at the stage's end. */
  readonly mean: number
  /** Of the mean, over runs; null with one. */
  readonly interval: readonly [low: number, high: number] | null
  /** Over the stage before; null for the first. */
  readonly gain: number | null
  readonly epochs: number | null
  /** `gain` an epoch; null where either is not known. */
  readonly perEpoch: number | null
}

const STAGE = /^stage[_-]?(\d+)[_/.-](.+)$/i

/**
 * The metric at the end of each stage, over runs that have all stages: from metrics called `stage1_...`, or from reports
 * by epoch where there are parameters `stage1_epochs`. Undefined where runs have neither.
 */
export function stageGains(settings: readonly RunSetting[], level: number): StageGains | undefined {
  const runs = settings.flatMap((setting) => setting.runs)
  for (const from of ['metrics', 'curves'] as const) {
    const rows = runs.map((run) => ({ run, ends: from === 'metrics' ? fromMetrics(run) : fromCurve(run) }))
    const count = Math.max(0, ...rows.map(({ ends }) => ends.length))
    const whole = rows.filter(({ ends }) => ends.length === count)
    if (count < 2) continue
    const means = Array.from({ length: count }, (_, i) => meanOf(whole.map(({ ends }) => ends[i]!)))
    return {
      from,
      runs: whole.length,
      stages: means.map((mean, i) => {
        const gain = i === 0 ? null : mean - means[i - 1]!
        const lengths = whole.map(({ run }) => stageEpochs(run)[i])
        const epochs = lengths.every((length) => length !== undefined) ? meanOf(lengths) : null
        return {
          stage: i + 1,
          mean,
          interval:
            meanInterval(
              whole.map(({ ends }) => ends[i]!),
              level,
            ) ?? null,
          gain,
          epochs,
          perEpoch: gain === null || !epochs ? null : gain / epochs,
        }
      }),
    }
  }
  return undefined
}

/** Values at the ends of stages 1, 2, ... as far as there is one each. */
function fromMetrics({ metrics }: Run): number[] {
  const byStage = new Map<number, number>()
  for (const [name, value] of metrics) {
    const stage = STAGE.exec(name)?.[1]
    if (stage !== undefined && !byStage.has(Number(stage))) byStage.set(Number(stage), value)
  }
  return inOrder(byStage)
}

function fromCurve(run: Run): number[] {
  const steps = [...run.curve.keys()]
  const first = steps[0] === 0 ? 0 : 1
  let end = first - 1
  const ends: number[] = []
  for (const epochs of stageEpochs(run)) {
    end += epochs
    const value = run.curve.get(end)
    if (value === undefined || !Number.isFinite(value)) return []
    ends.push(value)
  }
  return ends
}

function stageEpochs({ params }: Run): number[] {
  const byStage = new Map<number, number>()
  for (const [name, value] of params) {
    const [, stage, rest] = STAGE.exec(name) ?? []
    if (stage !== undefined && /^(num_?)?epochs?$/i.test(rest!) && typeof value === 'number') {
      byStage.set(Number(stage), value)
    }
  }
  return inOrder(byStage)
}

function inOrder(byStage: ReadonlyMap<number, number>): number[] {
  const values: number[] = []
  for (let stage = 1; byStage.has(stage); stage++) values.push(byStage.get(stage)!)
  return values
}
