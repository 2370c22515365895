import type { TrainingReport } from '../trainer.js'
import type { MetricRow } from './metric-row.js'
import { ReportBuilder } from './report-builder.js'

/** More reports than this wait for nobody: the program does. */
const MOST_WAITING = 256

/** Reports on their way from a program to the study: rows go in as they come, reports come out one after another. */
export class ReportsQueue implements AsyncIterable<TrainingReport> {
  readonly #builder: ReportBuilder
  #waiting: TrainingReport[] = []
  #ended = false
  #closed = false
  #wake = () => {}
  #room = () => {}

  constructor(metric: string) {
    this.#builder = new ReportBuilder(metric)
  }

  /** The last value of every metric. */
  get metrics(): ReadonlyMap<string, number> {
    return this.#builder.metrics
  }

  /** Whether any report came. */
  get reported(): boolean {
    return this.#builder.reported
  }

  put(rows: readonly MetricRow[]): void {
    if (this.#closed) return
    for (const row of rows) {
      const report = this.#builder.take(row)
      if (report !== undefined) this.#waiting.push(report)
    }
    if (this.#waiting.length > 0) this.#wake()
  }

  /** Settles when there is room for more, or at once. */
  async room(): Promise<void> {
    while (this.#waiting.length >= MOST_WAITING) {
      await new Promise<void>((resolve) => {
        this.#room = resolve
      })
    }
  }

  /** No more comes: what waits is handed out, and that was all. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** No more is wanted: what waits is dropped, and what comes. */
  close(): void {
    this.#closed = true
    this.#waiting = []
    this.#room()
    this.end()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingReport> {
    for (;;) {
      const report = this.#waiting.shift()
      if (report !== undefined) {
        this.#room()
        yield report
      } else if (this.#ended) return
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }
}
