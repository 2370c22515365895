import type { ThresholdResult } from '@thresher/sweeps'
import { stopController } from '../../commands/stop-controller.js'
import type { PlannedSweep } from '../../commands/threshold-request.js'
import type { CliContext, Look } from '../../context.js'
import { Interrupted } from '../../errors.js'
import type { SweepTitle } from '../../output/result-lines.js'
import { openScreen, type Screen, terminalSize } from '../open-screen.js'
import { resultOf } from '../work-under-screen.js'
import { createController } from './controller.js'
import { type ScreenView, screenLines } from './screen-lines.js'
import { createThresholdStore } from './store.js'

export interface MonitorRequest {
  readonly plan: PlannedSweep
  readonly title: SweepTitle
  readonly look: Look
  readonly context: CliContext
}

export interface MonitorOutcome {
  readonly result: ThresholdResult
  /** Whether somebody stopped the sweep, whatever was finished by then. */
  readonly interrupted: boolean
}

/**
 * Runs the sweep under a live screen until somebody leaves it. Rejects with what the sweep failed with, or with
 * Interrupted where it was stopped before an image was finished, or left in a hurry.
 */
export async function runMonitor({ plan, title, look, context }: MonitorRequest): Promise<MonitorOutcome> {
  const { stdout, interrupt } = context
  const { sweepThresholds } = await context.services.sweeps()
  const store = createThresholdStore(terminalSize(stdout), context.now)
  const stop = stopController()
  const view: ScreenView = {
    title,
    grid: plan.request.grid,
    baseline: plan.request.baseline,
    symbols: look.symbols,
    hints: plan.hints,
  }
  const controller = createController({
    store,
    hints: plan.hints,
    copy: (text) => void stdout.write(text),
    stop: () => stop.stop(new Interrupted()),
    suspend: () => screen?.suspend(),
  })
  let screen: Screen | undefined
  try {
    screen = openScreen({
      context,
      look,
      store,
      draw: (state) => screenLines(state, view),
      onKey: controller.key,
    })
    const sweep = sweepThresholds(plan.request, {
      signal: stop.signal,
      onNotice: (text) => store.dispatch({ type: 'notice', text }),
      onProgress: (progress) => {
        stop.observe(progress)
        store.defer({ type: 'progress', progress })
      },
    })
    const result = await resultOf({
      work: sweep,
      screen,
      leaving: controller.leaving,
      interrupt,
      onResult: (ended) => store.dispatch({ type: 'result', result: ended }),
      onWaiting: () => context.stderr.write('thresher: stopping; what is finished is kept\n'),
      leftAtOnce: 'interrupted; left without the ranking',
    })
    return { result, interrupted: result.interrupted || controller.leaving.stopped }
  } finally {
    // Where the screen failed, the sweep still runs.
    stop.stop(new Interrupted())
    screen?.close()
    store.dispose()
  }
}
