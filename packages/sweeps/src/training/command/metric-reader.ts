import type { MetricRow } from './metric-row.js'

/** Where the rows of a running trainer come from. */
export interface MetricReader {
  /**
   * The rows that came since the last call; `ended` where the trainer writes no more.
   * @throws Error, whose message is one line, where what is there can never be read.
   */
  poll(ended: boolean): Promise<readonly MetricRow[]>
}
