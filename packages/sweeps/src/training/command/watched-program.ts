import { setTimeout as delay } from 'node:timers/promises'
import { TrainingFailure, type TrainingHooks } from '../trainer.js'
import type { MetricReader } from './metric-reader.js'
import type { ReportsQueue } from './reports-queue.js'
import type { ProgramEnd, StartedProgram } from './started-program.js'

/** Why a program was made to end, where it was. */
export type Cut =
  | { readonly why: 'pruned' | 'timeout' | 'aborted' }
  /** The study or a log could not be used. */
  | { readonly why: 'error'; readonly error: unknown }

export interface WatchOptions {
  /** Where the reports come from, if not from the program's output. */
  readonly reader: MetricReader | undefined
  readonly queue: ReportsQueue
  readonly hooks: TrainingHooks
  /** Seconds; unlimited where not given. */
  readonly timeout: number | undefined
  /** Seconds from SIGTERM to SIGKILL. */
  readonly grace: number
  /** Puts what is left of the output into the queue. */
  lastOutput(): void
}

/** Milliseconds between two looks at the logs of a running program. */
const POLL = 250
/** What a timer can hold, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Hands a program's reports on until it ends, or ends it: for the pruner, the signal, or its time. */
export async function watch(
  program: StartedProgram,
  { reader, queue, hooks, timeout, grace, lastOutput }: WatchOptions,
): Promise<{ readonly end: ProgramEnd; readonly cut: Cut | undefined }> {
  let cut: Cut | undefined
  const cutOff = (why: Cut) => {
    if (cut !== undefined) return
    cut = why
    queue.close()
    void program.terminate(grace)
  }
  const onAbort = () => cutOff({ why: 'aborted' })
  hooks.signal.addEventListener('abort', onAbort, { once: true })
  if (hooks.signal.aborted) onAbort()
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(() => cutOff({ why: 'timeout' }), Math.min(timeout * 1000, LONGEST_TIMER))
  try {
    const [end] = await Promise.all([
      program.ended,
      follow().catch((error: unknown) => cutOff({ why: 'error', error: unreadable(error) })),
      report().catch((error: unknown) => cutOff({ why: 'error', error })),
    ])
    return { end, cut }
  } finally {
    clearTimeout(timer)
    hooks.signal.removeEventListener('abort', onAbort)
  }

  async function follow(): Promise<void> {
    const ended = new AbortController()
    const end = program.ended.finally(() => ended.abort())
    while (reader !== undefined && !ended.signal.aborted && cut === undefined) {
      queue.put(await reader.poll(false))
      await queue.room()
      await delay(POLL, undefined, { signal: ended.signal }).catch(() => undefined)
    }
    await end
    if (cut === undefined) {
      if (reader === undefined) lastOutput()
      else queue.put(await reader.poll(true))
    }
    queue.end()
  }

  async function report(): Promise<void> {
    for await (const each of queue) {
      if (await hooks.report(each)) continue
      cutOff({ why: 'pruned' })
      return
    }
  }
}

function unreadable(error: unknown): TrainingFailure {
  const text = error instanceof Error ? error.message : String(error)
  return new TrainingFailure(text, {}, { cause: error, retry: false })
}
