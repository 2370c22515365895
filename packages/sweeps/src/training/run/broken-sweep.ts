/** W&B's agent gives up by the same numbers (wandb/wandb_agent.py). */
const EARLY_SECONDS = 60
const EARLY_FAILURES = 3
const INITIAL_FAILURES = 5

/**
 * Notices a sweep whose runs fail one after another from its start: nothing is won by the other hundred. One run that
 * did not fail shows that they can.
 */
export class BrokenSweep {
  #failures = 0
  #worked = false

  /**
   * Takes how a run ended.
   * @param seconds since the sweep began.
   * @returns why the sweep should end; undefined where it should not.
   */
  ended(failed: boolean, seconds: number): string | undefined {
    if (!failed) this.#worked = true
    else this.#failures++
    if (this.#worked || !failed) return undefined
    if (this.#failures >= EARLY_FAILURES && seconds < EARLY_SECONDS) {
      return `${this.#failures} runs failed in the first ${EARLY_SECONDS} s`
    }
    return this.#failures >= INITIAL_FAILURES ? `the first ${this.#failures} runs failed` : undefined
  }
}
