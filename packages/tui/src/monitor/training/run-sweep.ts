import { type Storage, watchStudy } from '@thresher/core'
import type { SweepEvent, SweepOutcome } from '@thresher/sweeps'
import type { CliContext, Look } from '../../context.js'
import { Interrupted } from '../../errors.js'
import { activityAfter } from '../../training/sweep-activity.js'
import { sweepEventWriter } from '../../training/sweep-event-lines.js'
import { trainingView } from '../../training/training-view.js'
import { createLeaving } from '../leaving.js'
import { openScreen, type Screen, terminalSize } from '../open-screen.js'
import { resultOf } from '../work-under-screen.js'
import { createController } from './controller.js'
import { followStudy } from './follow-study.js'
import { SWEEP_KEYS } from './keys.js'
import { screenLines, type TrainingScreen } from './screen-lines.js'
import { createTrainingStore } from './store.js'

export interface SweepScreenRequest {
  readonly study: string
  readonly storage: Storage
  /** Runs the sweep; the first event says that its study is there. */
  run(onEvent: (event: SweepEvent) => void, signal: AbortSignal): Promise<SweepOutcome>
  readonly look: Look
  readonly context: CliContext
  /** Milliseconds from one look at the study to the next. */
  readonly interval?: number
}

const POLL_MS = 500
/** Events that people hear of in the bottom line; the others show in the table. */
const TOLD: readonly SweepEvent['event'][] = ['notice', 'retry']

/**
 * Runs a sweep under a live screen until somebody leaves it. Rejects with what the sweep failed with, or with
 * Interrupted where it was left in a hurry. Before the sweep has begun nothing is drawn: what is wrong with it is said
 * on the screen that stands.
 */
export async function runSweepScreen(request: SweepScreenRequest): Promise<SweepOutcome> {
  const { study: name, storage, look, context, interval = POLL_MS } = request
  const { interrupt, stdout } = context
  const stop = new AbortController()
  const stopEarly = () => stop.abort(interrupt.reason)
  const ended = new AbortController()
  const view: TrainingScreen = {
    command: 'sweep',
    symbols: look.symbols,
    keys: SWEEP_KEYS,
    today: context.today,
  }
  const store = createTrainingStore(terminalSize(stdout), context.now, view)
  const tell = sweepEventWriter((text) => store.dispatch({ type: 'notice', text }), context.now)
  let screen: Screen | undefined
  try {
    interrupt.addEventListener('abort', stopEarly)
    let begin: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const work = request.run((event) => {
      if (event.event === 'sweep') begin()
      if (TOLD.includes(event.event)) tell(event)
      const { activity } = store.getSnapshot()
      const next = activityAfter(activity, event)
      if (next !== activity) store.dispatch({ type: 'activity', activity: next })
    }, stop.signal)
    await Promise.race([begun, work])
    interrupt.removeEventListener('abort', stopEarly)

    const study = await watchStudy({ name, storage })
    store.dispatch({ type: 'view', view: trainingView(study) })
    const leaving = createLeaving({
      finished: () => store.getSnapshot().ended !== undefined,
      confirming: () => store.getSnapshot().confirming,
      ask: () => store.dispatch({ type: 'confirm', open: true }),
      stop: () => {
        stop.abort(new Interrupted())
        store.dispatch({ type: 'stopping' })
      },
    })
    const onKey = createController({
      store,
      keys: view.keys,
      copy: (text) => void stdout.write(text),
      suspend: () => screen?.suspend(),
      quit: leaving.quit,
      interrupt: leaving.interrupt,
    })
    screen = openScreen({ context, look, store, draw: (state) => screenLines(state, view), onKey })
    const following = followStudy(study, {
      signal: ended.signal,
      interval,
      onView: (next) => store.dispatch({ type: 'view', view: next }),
      onTrouble: (text) => store.dispatch({ type: 'trouble', text }),
    })
    return await resultOf({
      work: work.then(async (outcome) => {
        ended.abort()
        await following
        return outcome
      }),
      screen,
      leaving,
      interrupt,
      onResult: ({ text }) => store.dispatch({ type: 'ended', text }),
      onWaiting: () =>
        context.stderr.write('thresher: stopping; what is finished is kept, what runs is queued again\n'),
      leftAtOnce: 'interrupted; left at once, --resume goes on',
    })
  } finally {
    interrupt.removeEventListener('abort', stopEarly)
    // Where the screen failed, the sweep still runs.
    stop.abort(new Interrupted())
    ended.abort()
    screen?.close()
    store.dispose()
  }
}
