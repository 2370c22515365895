import { type ChildProcess, fork } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from '@thresher/core'
import type { TensorflowTrainerSettings } from '../sweep-plan.js'
import { type Trainer, TrainingFailure, type TrainingHooks, type TrainingResult } from '../trainer.js'
import { SIDE_STEP } from './constants.js'
import type { ProcessMessage, RunMessage } from './messages.js'

/** What a run prints and warns of, in its folder. */
const RUN_LOG = 'train.log'

const PROGRAM = fileURLToPath(new URL('run-process.js', import.meta.url))

/**
 * The built-in trainer: a small DBNet on drawn receipts, in TensorFlow.js.
 *
 * Each run has a process of its own. That keeps the caller's event loop free, lets a run be killed in the middle of a
 * step, gives its memory back whatever it leaked, and uses a core a run, where WebAssembly has one thread.
 *
 * @param program of a run's process; the built one unless a test says otherwise
 * @throws InputError for sizes that it cannot train with
 */
export function createTensorflowTrainer(
  settings: TensorflowTrainerSettings,
  program: string = PROGRAM,
): Trainer {
  check(settings)
  const children = new Set<ChildProcess>()
  return {
    name: `tensorflow (${settings.backend})`,
    async run(run, hooks) {
      hooks.signal.throwIfAborted()
      const child = fork(program, [], {
        serialization: 'advanced',
        execArgv: [],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      children.add(child)
      const log = createWriteStream(join(run.directory, RUN_LOG), { flags: 'a' })
      child.stdout!.pipe(log, { end: false })
      child.stderr!.pipe(log, { end: false })
      try {
        return await converse(child, { settings, run }, hooks)
      } finally {
        children.delete(child)
        child.kill('SIGKILL')
        log.end()
      }
    },
    async close() {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

function check({ epochs, images, validationImages, batchSize, imageSize }: TensorflowTrainerSettings): void {
  for (const [name, value] of Object.entries({ epochs, images, validationImages, batchSize })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InputError(`trainer: ${name} is ${value}; give a whole number from 1 up.`)
    }
  }
  if (!Number.isSafeInteger(imageSize) || imageSize < 4 * SIDE_STEP || imageSize % SIDE_STEP !== 0) {
    throw new InputError(
      `trainer: imageSize is ${imageSize}; give a multiple of ${SIDE_STEP} from ${4 * SIDE_STEP} up.`,
    )
  }
}

/** Follows a run's process to its end. */
async function converse(
  child: ChildProcess,
  message: RunMessage,
  hooks: TrainingHooks,
): Promise<TrainingResult> {
  let metrics: ReadonlyMap<string, number> = new Map()
  const { promise, resolve, reject } = withResolvers<TrainingResult>()
  const log = join(message.run.directory, RUN_LOG)
  const onMessage = async (said: ProcessMessage) => {
    if (said.kind === 'ready') child.send(message)
    else if (said.kind === 'failed') reject(new TrainingFailure(said.message))
    else if (said.kind === 'done') resolve({ stopped: said.stopped, metrics, facts: said.facts })
    else {
      metrics = said.report.metrics
      const goOn = await hooks.report(said.report)
      // It may be gone by now; its exit says so.
      if (child.connected) child.send({ goOn })
    }
  }
  child.on('message', (said) => {
    onMessage(said as ProcessMessage).catch(reject)
  })
  child.on('error', (error) =>
    reject(new TrainingFailure(`the training process: ${error.message}`, {}, { cause: error })),
  )
  child.on('exit', (code, signal) => {
    const end = signal === null ? `ended with code ${code}` : `was killed by ${signal}`
    reject(
      new TrainingFailure(`the training process ${end}. See ${log}.`, {
        exit_code: code,
        exit_signal: signal,
      }),
    )
  })
  const abort = () => reject(hooks.signal.reason)
  hooks.signal.addEventListener('abort', abort, { once: true })
  try {
    return await promise
  } finally {
    hooks.signal.removeEventListener('abort', abort)
  }
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((...settle) => {
    ;[resolve, reject] = settle
  })
  return { promise, resolve, reject }
}
