// One of several processes that train settings together, pausing and promoting: node asha-worker.mjs URL STUDY TRIALS LOG
import { appendFileSync } from 'node:fs'
import { loadStudy, TrialPruned } from '../../dist/index.js'

const EPOCHS = 27
const [url, name, trials, log] = process.argv.slice(2)
const study = await loadStudy({ name, storage: url })
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
process.stdin.destroy()
await study.optimize(
  async (trial) => {
    const x = trial.suggestFloat('x', 0, 1)
    for (let epoch = (trial.resumption?.step ?? -1) + 1; epoch < EPOCHS; epoch++) {
      appendFileSync(log, `${x} ${epoch}\n`)
      trial.report((x - 0.3) ** 2 + 1 / (epoch + 1), epoch)
      if (epoch + 1 < EPOCHS && (await trial.shouldPrune())) throw new TrialPruned()
    }
    return (x - 0.3) ** 2
  },
  { trials: Number(trials) },
)
await study.close()
