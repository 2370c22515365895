import type { SweepMetric } from '../sweep-plan.js'
import type { TrainingReport } from '../trainer.js'

/** Finds which of a run's reports is its value: the best, or the last. */
export class ValueSummary {
  readonly #metric: SweepMetric
  #chosen: TrainingReport | undefined
  #last: TrainingReport | undefined

  constructor(metric: SweepMetric) {
    this.#metric = metric
  }

  take(report: TrainingReport): void {
    this.#last = report
    const { direction, summary } = this.#metric
    const best = this.#chosen?.value
    const better =
      best === undefined ||
      (Number.isNaN(best) ? !Number.isNaN(report.value) : isBetter(direction, report.value, best))
    if (summary === 'last' || better) this.#chosen = report
  }

  /** The report that is the run's value; NaN where all were. Undefined where there was none. */
  get chosen(): TrainingReport | undefined {
    return this.#chosen
  }

  get last(): TrainingReport | undefined {
    return this.#last
  }
}

function isBetter(direction: SweepMetric['direction'], value: number, than: number): boolean {
  return direction === 'minimize' ? value < than : value > than
}
