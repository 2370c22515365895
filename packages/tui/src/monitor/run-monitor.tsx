import type { Size } from '@thresher/native'
import type { ThresholdResult } from '@thresher/sweeps'
import { type Instance, render } from 'ink'
import { stopController } from '../commands/stop-controller.js'
import type { PlannedSweep } from '../commands/threshold-request.js'
import type { CliContext, Look } from '../context.js'
import { Interrupted } from '../errors.js'
import type { SweepTitle } from '../output/result-lines.js'
import { alternateScreen } from '../terminal/alternate-screen.js'
import { ScreenStream } from '../terminal/screen-stream.js'
import { suspension } from '../terminal/suspend.js'
import { MonitorApp } from './components/monitor-app.js'
import { createController } from './controller.js'
import type { ScreenView } from './screen-lines.js'
import { createMonitorStore } from './store.js'

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

const FRAMES_PER_SECOND = 15
const USUAL_SIZE: Size = { width: 80, height: 24 }

/**
 * Runs the sweep under a live screen until somebody leaves it. Rejects with what the sweep failed with, or with
 * Interrupted where it was stopped before an image was finished, or left in a hurry.
 */
export async function runMonitor({ plan, title, look, context }: MonitorRequest): Promise<MonitorOutcome> {
  const { stdin, stdout, interrupt } = context
  const { sweepThresholds } = await context.services.sweeps()
  const size = (): Size => ({
    width: stdout.columns ?? USUAL_SIZE.width,
    height: stdout.rows ?? USUAL_SIZE.height,
  })
  const store = createMonitorStore(size(), context.now)
  const stop = stopController()
  const screen = alternateScreen(stdout)
  const stream = new ScreenStream(stdout, size)
  const view: ScreenView = {
    title,
    grid: plan.request.grid,
    baseline: plan.request.baseline,
    symbols: look.symbols,
    hints: plan.hints,
  }
  const resized = () => {
    stream.startFromTop()
    store.dispatch({ type: 'resize', size: size() })
  }
  const suspend = suspension(
    () => {
      stdin.setRawMode?.(false)
      screen.leave()
    },
    () => {
      screen.enter()
      stdin.setRawMode?.(true)
      stream.repaint()
      resized()
    },
  )
  const controller = createController({
    store,
    hints: plan.hints,
    copy: (text) => void stdout.write(text),
    stop: () => stop.stop(new Interrupted()),
    suspend: suspend.suspend,
  })
  const onInterrupt = () => controller.key('ctrl+c')

  let ink: Instance | undefined
  try {
    screen.enter()
    const resizable = stdout as NodeJS.WriteStream
    resizable.on('resize', resized)
    interrupt.addEventListener('abort', onInterrupt)
    ink = render(<MonitorApp store={store} view={view} colour={look.colour} onKey={controller.key} />, {
      stdout: stream as unknown as NodeJS.WriteStream,
      stdin,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: FRAMES_PER_SECOND,
    })
    const sweep = sweepThresholds(plan.request, {
      signal: stop.signal,
      onNotice: (text) => store.dispatch({ type: 'notice', text }),
      onProgress: (progress) => {
        stop.observe(progress)
        store.progress(progress)
      },
    })
    const shown = sweep.then((result) => {
      store.dispatch({ type: 'result', result })
      return controller.left
    })
    const leaving = await Promise.race([controller.left, shown, failure(ink)])
    if (leaving === 'at once') throw new Interrupted('interrupted; left without the ranking')
    ink.unmount()
    screen.leave()
    if (!store.getSnapshot().result) context.stderr.write('thresher: stopping; what is finished is kept\n')
    const result = await (interrupt.aborted ? sweep : Promise.race([sweep, rejection(interrupt)]))
    return { result, interrupted: result.interrupted || controller.stopped }
  } finally {
    // Where the screen failed, the sweep still runs.
    stop.stop(new Interrupted())
    ink?.unmount()
    screen.leave()
    suspend.dispose()
    store.dispose()
    interrupt.removeEventListener('abort', onInterrupt)
    ;(stdout as NodeJS.WriteStream).removeListener('resize', resized)
  }
}

/** Never settles but rejects once the signal is aborted. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** Never resolves but rejects with what a component threw. */
async function failure(ink: Instance): Promise<never> {
  await ink.waitUntilExit()
  return new Promise(() => undefined)
}
