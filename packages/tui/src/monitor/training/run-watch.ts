import type { CliContext, Look } from '../../context.js'
import { trainingView } from '../../training/training-view.js'
import { openScreen, type Screen, terminalSize } from '../open-screen.js'
import { createController } from './controller.js'
import { followStudy, type ReadableStudy } from './follow-study.js'
import { WATCH_KEYS } from './keys.js'
import { screenLines, type TrainingScreen } from './screen-lines.js'
import { createTrainingStore } from './store.js'

export interface WatchRequest {
  readonly study: ReadableStudy
  readonly look: Look
  readonly context: CliContext
  /** Milliseconds from one look at the study to the next; a second where not given. */
  readonly interval?: number
}

const POLL_MS = 1000

/** Shows a study that others write, live, until somebody leaves; gives whether by an interrupt. */
export async function runWatch({
  study,
  look,
  context,
  interval = POLL_MS,
}: WatchRequest): Promise<{ interrupted: boolean }> {
  const view: TrainingScreen = {
    command: 'watch',
    symbols: look.symbols,
    keys: WATCH_KEYS,
    today: context.today,
  }
  const store = createTrainingStore(terminalSize(context.stdout), context.now, view)
  const following = new AbortController()
  let screen: Screen | undefined
  let followed: Promise<void> | undefined
  try {
    store.dispatch({ type: 'view', view: trainingView(study) })
    const left = new Promise<{ interrupted: boolean }>((resolve) => {
      const onKey = createController({
        store,
        keys: view.keys,
        copy: (text) => void context.stdout.write(text),
        suspend: () => screen?.suspend(),
        quit: () => resolve({ interrupted: false }),
        interrupt: () => resolve({ interrupted: true }),
      })
      screen = openScreen({ context, look, store, draw: (state) => screenLines(state, view), onKey })
    })
    followed = followStudy(study, {
      signal: following.signal,
      interval,
      onView: (next) => store.dispatch({ type: 'view', view: next }),
      onTrouble: (text) => store.dispatch({ type: 'trouble', text }),
    })
    return await Promise.race([left, screen!.failed])
  } finally {
    following.abort()
    screen?.close()
    store.dispose()
    await followed
  }
}
