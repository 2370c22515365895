import type { TallyTable } from './tally-table.js'
import type { ThresholdProgress } from './types.js'

const REPORT_INTERVAL_MS = 100
const STANDINGS_INTERVAL_MS = 400
const STANDINGS_SHOWN = 200
/** Below this part of the work an estimate of the time left would be a guess. */
const ESTIMATE_FROM = 0.02

/** Turns what the workers report into progress events, a few a second. */
export class ProgressMeter {
  readonly #table: TallyTable
  readonly #images: number
  readonly #steps: number
  readonly #report: ((progress: ThresholdProgress) => void) | undefined
  readonly #started = performance.now()
  readonly #partial = new Map<number, number>()
  #lastReport = Number.NEGATIVE_INFINITY
  #lastStandings = Number.NEGATIVE_INFINITY

  /** `steps` is how many parts one image has. */
  constructor(
    table: TallyTable,
    images: number,
    steps: number,
    report?: (progress: ThresholdProgress) => void,
  ) {
    this.#table = table
    this.#images = images
    this.#steps = steps
    this.#report = report
  }

  get elapsedSeconds(): number {
    return (performance.now() - this.#started) / 1000
  }

  /** The image at this position has `done` of its parts. */
  image(position: number, done: number): void {
    this.#partial.set(position, Math.min(done / this.#steps, 1))
    this.#evaluation(false)
  }

  imageDone(position: number): void {
    this.#partial.delete(position)
    this.#evaluation(this.#table.imagesDone === this.#images)
  }

  bootstrap(fraction: number): void {
    this.#send('bootstrap', fraction, fraction === 1)
  }

  #evaluation(last: boolean): void {
    let done = this.#table.imagesDone
    for (const part of this.#partial.values()) done += part
    this.#send('evaluate', done / this.#images, last)
  }

  #send(phase: ThresholdProgress['phase'], fraction: number, force: boolean): void {
    const now = performance.now()
    if (!this.#report || (!force && now - this.#lastReport < REPORT_INTERVAL_MS)) return
    this.#lastReport = now
    const { imagesDone } = this.#table
    const elapsedSeconds = this.elapsedSeconds
    const estimable = phase === 'evaluate' && fraction >= ESTIMATE_FROM
    const showStandings =
      phase === 'evaluate' && imagesDone > 0 && (force || now - this.#lastStandings >= STANDINGS_INTERVAL_MS)
    if (showStandings) this.#lastStandings = now
    this.#report({
      phase,
      imagesDone,
      images: this.#images,
      fraction,
      elapsedSeconds,
      secondsLeft: estimable ? (elapsedSeconds * (1 - fraction)) / fraction : undefined,
      standings: showStandings ? this.#table.standings(STANDINGS_SHOWN) : undefined,
    })
  }
}
