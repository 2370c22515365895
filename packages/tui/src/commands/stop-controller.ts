import type { ThresholdProgress } from '@thresher/sweeps'

/** Stops a sweep so that what is finished is kept. */
export interface StopController {
  readonly signal: AbortSignal
  observe(progress: ThresholdProgress): void
  stop(reason: unknown): void
}

/**
 * A stop during evaluation reaches the sweep, which then ranks what it has. During the bootstrap, when all images are
 * done, stopping would lose them; the sweep is left to finish.
 */
export function stopController(interrupt?: AbortSignal): StopController {
  const controller = new AbortController()
  let evaluating = true
  const stop = (reason: unknown) => {
    if (evaluating) controller.abort(reason)
  }
  if (interrupt?.aborted) stop(interrupt.reason)
  interrupt?.addEventListener('abort', () => stop(interrupt.reason), { once: true })
  return {
    signal: controller.signal,
    observe: ({ phase }) => {
      evaluating = phase === 'evaluate'
    },
    stop,
  }
}
