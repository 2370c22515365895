/** Which workers are free: what several runs at once share devices out by. */
export class WorkerSlots {
  readonly #taken = new Set<number>()

  /** The lowest that is free. */
  take(): number {
    let worker = 0
    while (this.#taken.has(worker)) worker++
    this.#taken.add(worker)
    return worker
  }

  release(worker: number): void {
    this.#taken.delete(worker)
  }
}
