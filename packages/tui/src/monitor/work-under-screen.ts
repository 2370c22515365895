import { Interrupted } from '../errors.js'
import type { Leaving } from './leaving.js'
import type { Screen } from './open-screen.js'

export interface WorkUnderScreen<Result> {
  readonly work: Promise<Result>
  readonly screen: Screen
  readonly leaving: Leaving
  /** From outside; the second way to leave at once. */
  readonly interrupt: AbortSignal
  /** The work has ended and the screen still stands. */
  onResult(result: Result): void
  /** The screen is gone and the work goes on to its end. */
  onWaiting(): void
  /** What is said where somebody leaves at once. */
  readonly leftAtOnce: string
}

/**
 * What came of work that is done under a screen, once somebody has left that. Rejects with what the work or the screen
 * failed with, or with Interrupted where somebody left at once.
 */
export async function resultOf<Result>(options: WorkUnderScreen<Result>): Promise<Result> {
  const { work, screen, leaving, interrupt, onResult, onWaiting, leftAtOnce } = options
  let ended = false
  const shown = work.then((result) => {
    ended = true
    onResult(result)
    return leaving.left
  })
  const how = await Promise.race([leaving.left, shown, screen.failed])
  if (how === 'at once') throw new Interrupted(leftAtOnce)
  screen.close()
  if (!ended) onWaiting()
  return interrupt.aborted ? work : Promise.race([work, rejection(interrupt)])
}

/** Never settles but rejects once the signal is aborted. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
