import { once } from 'node:events'
import { chooseBackend } from './backend.js'
import { hyperparametersOf } from './hyperparameters.js'
import type { AnswerMessage, ProcessMessage, RunMessage } from './messages.js'
import { train } from './train.js'

// The program of a run's own process: it is forked, not imported. Without the process that asked for the run nobody
// wants its end.
process.once('disconnect', () => process.exit(1))
// An interrupt at the terminal reaches the whole group; what is to become of runs is for the sweep to say.
process.on('SIGINT', () => {})

const first = once(process, 'message') as Promise<[RunMessage]>
await say({ kind: 'ready' })
await say(await answerTo((await first)[0]))
process.exit(0)

async function answerTo({ settings, run }: RunMessage): Promise<ProcessMessage> {
  try {
    const hyperparameters = hyperparametersOf(run.params, settings)
    const choice = await chooseBackend(settings.backend)
    const { stopped, bestEpoch } = await train(
      { settings, hyperparameters, seed: run.seed, folder: run.directory, resumeFrom: run.resumeFrom },
      async (report) => {
        const answer = once(process, 'message') as Promise<[AnswerMessage]>
        await say({ kind: 'report', report })
        return (await answer)[0].goOn
      },
    )
    const facts = {
      backend: choice.text,
      backends_passed_over: choice.passedOver.map(({ backend, reason }) => `${backend}: ${reason}`),
      ...(bestEpoch === undefined ? {} : { maps_epoch: bestEpoch }),
    }
    return { kind: 'done', stopped, facts }
  } catch (error) {
    return { kind: 'failed', message: (error as Error).message }
  }
}

function say(message: ProcessMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send!(message, (error: Error | null) => (error ? reject(error) : resolve()))
  })
}
