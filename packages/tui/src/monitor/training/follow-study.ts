import { setTimeout as sleep } from 'node:timers/promises'
import { type TrainingView, trainingView } from '../../training/training-view.js'
import type { WatchedStudy } from '../../training/watched-study.js'

/** A study that can be read again. */
export interface ReadableStudy extends WatchedStudy {
  refresh(): Promise<unknown>
}

export interface FollowOptions {
  /** Ends it, after one last look. */
  readonly signal: AbortSignal
  /** Milliseconds between two looks. */
  readonly interval: number
  onView(view: TrainingView): void
  /** The study cannot be read, or shown, at the moment; it is tried again. */
  onTrouble(text: string): void
}

/** Looks at a study again and again until the signal, and hands on what changed. Never throws. */
export async function followStudy(study: ReadableStudy, options: FollowOptions): Promise<void> {
  const { signal, interval, onView, onTrouble } = options
  let seen: WatchedStudy['trials'] | undefined
  let troubled = false
  const look = async () => {
    try {
      await study.refresh()
      if (study.trials === seen && !troubled) return
      seen = study.trials
      troubled = false
      onView(trainingView(study))
    } catch (error) {
      troubled = true
      onTrouble(error instanceof Error ? error.message : String(error))
    }
  }
  while (!signal.aborted) {
    await look()
    await sleep(interval, undefined, { signal }).catch(() => undefined)
  }
  await look()
}
