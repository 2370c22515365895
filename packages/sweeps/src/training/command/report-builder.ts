import type { TrainingReport } from '../trainer.js'
import type { MetricRow } from './metric-row.js'

/** A trainer that makes up names cannot fill the memory. */
const MOST_NAMES = 1000

/**
 * Turns what a trainer logs into reports: one for each row that has the metric, with the latest of all the others.
 * Steps are the trainer's epochs as long as these are whole and ascend; else each is one more than the last.
 */
export class ReportBuilder {
  readonly #metric: string
  readonly #latest = new Map<string, number>()
  #last = -1

  constructor(metric: string) {
    this.#metric = metric
  }

  /** The last value of every metric. */
  get metrics(): ReadonlyMap<string, number> {
    return this.#latest
  }

  /** Whether there was any report. */
  get reported(): boolean {
    return this.#last >= 0
  }

  /** The report that the row makes; undefined where the metric is not in it. */
  take({ epoch, metrics }: MetricRow): TrainingReport | undefined {
    for (const [name, value] of metrics) {
      if (this.#latest.size < MOST_NAMES || this.#latest.has(name)) this.#latest.set(name, value)
    }
    const value = metrics.get(this.#metric)
    if (value === undefined) return undefined
    const counts = epoch !== undefined && Number.isSafeInteger(epoch) && epoch > this.#last
    this.#last = counts ? epoch : this.#last + 1
    return { step: this.#last, value, metrics: new Map(this.#latest).set(this.#metric, value) }
  }
}
