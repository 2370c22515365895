/** Lets a long computation share its thread: a due pause runs the event loop once and then honours the signal. */
export interface Pacer {
  /** Whether the computation has held the thread for its time slice. */
  due(): boolean
  /**
   * Gives the event loop a turn.
   * @throws the signal's reason where it is aborted.
   */
  pause(): Promise<void>
}

const SLICE_MS = 20

/**
 * A pacer with slices of 20 ms.
 * @throws the signal's reason where it is aborted already.
 */
export function createPacer(signal?: AbortSignal): Pacer {
  signal?.throwIfAborted()
  let since = performance.now()
  return {
    due: () => performance.now() - since >= SLICE_MS,
    async pause() {
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
      signal?.throwIfAborted()
      since = performance.now()
    },
  }
}
