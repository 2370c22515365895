import { addon, type NativeTask } from './addon.js'

/** How a long native operation is stopped and watched. */
export interface TaskOptions {
  readonly signal?: AbortSignal | undefined
  /** Called now and then with a count that grows to the operation's total. */
  readonly onProgress?: ((done: number) => void) | undefined
}

const PROGRESS_INTERVAL_MS = 50

/**
 * Runs a native operation under a signal. Rejects with the signal's reason once it is aborted, at latest when the
 * operation has noticed; the operation's memory may be reused as soon as the promise settles.
 */
export async function runTask<T>(start: (task: NativeTask) => Promise<T>, options: TaskOptions): Promise<T> {
  const { signal, onProgress } = options
  signal?.throwIfAborted()
  const task = new (addon().Task)()
  const cancel = () => task.cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  const timer = onProgress && setInterval(() => onProgress(task.done), PROGRESS_INTERVAL_MS)
  try {
    const result = await start(task)
    onProgress?.(task.done)
    return result
  } catch (error) {
    if ((error as { code?: string }).code === 'CANCELLED') signal?.throwIfAborted()
    throw error
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', cancel)
  }
}
