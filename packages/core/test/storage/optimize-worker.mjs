// One of several processes that optimize a study together: node optimize-worker.mjs URL STUDY TRIALS
import { loadStudy, openStorage } from '../../dist/index.js'

const [url, name, trials] = process.argv.slice(2)
const storage = await openStorage(url)
const study = await loadStudy({ name, storage })
await study.optimize((trial) => trial.suggestFloat('x', -10, 10) ** 2, { trials: Number(trials) })
await storage.close()
