import type { TallyTable } from './tally-table.js'
import type { ThresholdProgress } from './types.js'

const REPORT_INTERVAL_MS = 100
const STANDINGS_INTERVAL_MS = 400
const STANDINGS_SHOWN = 200
/** Below this part of the work an estimate of the time left would be a guess. */
const ESTIMATE_FROM = 0.02

/** Turns what the workers report into progress events, a few a second. */
export class ProgressMeter {
  #table: TallyTable | undefined
  #round = -1
  #settings = 0
  #steps = 1
  readonly #images: number
  readonly #report: ((progress: ThresholdProgress) => void) | undefined
  readonly #started = performance.now()
  #roundStarted = this.#started
  readonly #partial = new Map<number, number>()
  #lastReport = Number.NEGATIVE_INFINITY
  #lastStandings = Number.NEGATIVE_INFINITY

  constructor(images: number, report?: (progress: ThresholdProgress) => void) {
    this.#images = images
    this.#report = report
  }

  /** Begins a round: `steps` is how many parts one image has. */
  start(table: TallyTable, settings: number, steps: number): void {
    this.#table = table
    this.#settings = settings
    this.#steps = steps
    this.#round++
    this.#roundStarted = performance.now()
    this.#partial.clear()
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
    this.#evaluation(this.#table?.imagesDone === this.#images)
  }

  bootstrap(fraction: number): void {
    this.#send('bootstrap', fraction, fraction === 1)
  }

  #evaluation(last: boolean): void {
    let done = this.#table?.imagesDone ?? 0
    for (const part of this.#partial.values()) done += part
    this.#send('evaluate', done / this.#images, last)
  }

  #send(phase: ThresholdProgress['phase'], fraction: number, force: boolean): void {
    const now = performance.now()
    if (!this.#report || (!force && now - this.#lastReport < REPORT_INTERVAL_MS)) return
    this.#lastReport = now
    const imagesDone = this.#table?.imagesDone ?? 0
    const elapsedSeconds = this.elapsedSeconds
    const roundSeconds = (now - this.#roundStarted) / 1000
    const estimable = phase === 'evaluate' && fraction >= ESTIMATE_FROM
    const showStandings =
      phase === 'evaluate' && imagesDone > 0 && (force || now - this.#lastStandings >= STANDINGS_INTERVAL_MS)
    if (showStandings) this.#lastStandings = now
    this.#report({
      phase,
      round: this.#round,
      settings: this.#settings,
      imagesDone,
      images: this.#images,
      fraction,
      elapsedSeconds,
      secondsLeft: estimable ? (roundSeconds * (1 - fraction)) / fraction : undefined,
      standings: showStandings ? this.#table?.standings(STANDINGS_SHOWN) : undefined,
    })
  }
}
