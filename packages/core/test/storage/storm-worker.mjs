// One process of the storm: runs trials of a study until a file says that it is enough, then until none is left.
//   node storm-worker.mjs URL STUDY FOLDER GRACE_SECONDS
// It logs when it begins and when it has finished a trial, in a file of its own that kill -9 does not take back.
import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStorage } from '../../dist/storage/open-storage.js'

const [url, name, folder, graceText] = process.argv.slice(2)
const grace = Number(graceText)
const log = (what, trial) =>
  appendFileSync(join(folder, `${process.pid}.log`), `${what} ${trial.id} ${jobOf(trial)}\n`)
const jobOf = (trial) => trial.userAttributes.get('job')
const lr = { kind: 'float', low: 1e-5, high: 1, step: null, log: true }

const storage = await openStorage(url)
const study = await storage.findStudy(name)
const known = new Set()
for (let i = 0; ; i++) {
  await requeue()
  const enough = existsSync(join(folder, 'enough'))
  const queued =
    enough || i % 2 === 0 ? await storage.claimWaiting(study.id, [{ kind: 'heartbeat' }]) : undefined
  if (queued !== undefined) await run(queued)
  else if (!enough) await run(await create(i))
  else if ((await unfinished()) === 0) break
  else await sleep(20)
}
await storage.close()

async function create(i) {
  return storage.createTrial(study.id, undefined, [
    { kind: 'attribute', scope: 'user', key: 'job', value: `${process.pid}-${i}` },
    { kind: 'param', name: 'lr', internal: 1 / (i + 1), distribution: lr },
    { kind: 'heartbeat' },
  ])
}

async function run(trial) {
  log('begin', trial)
  let failed
  const beating = setInterval(
    () => {
      storage.heartbeat(trial.id).catch((error) => {
        failed = error
      })
    },
    (grace * 1000) / 10,
  )
  try {
    for (let step = 0; step < 2; step++) {
      await storage.writeTrial(trial.id, [{ kind: 'report', step, value: step }])
      await sleep(trial.number % 3)
    }
    await storage.writeTrial(trial.id, [{ kind: 'state', state: 'COMPLETE', values: [trial.number] }])
    log('done', trial)
  } catch (error) {
    // Taken for dead while the machine was busy: another process runs the trial's copy now.
    if (error.name !== 'FinishedTrialError') throw error
    log('lost', trial)
  } finally {
    clearInterval(beating)
  }
  if (failed !== undefined) throw failed
}

async function requeue() {
  for (const trial of await storage.staleTrials(study.id, grace)) {
    await storage.replaceTrial(trial.id, [{ kind: 'state', state: 'FAIL' }], {
      state: 'WAITING',
      params: trial.params,
      distributions: trial.distributions,
      userAttributes: trial.userAttributes,
      systemAttributes: new Map([['failed_trial', trial.number]]),
    })
  }
}

async function unfinished() {
  let count = 0
  for (const trial of await storage.readTrials(study.id, known)) {
    if (trial.state === 'RUNNING' || trial.state === 'WAITING') count++
    else known.add(trial.number)
  }
  return count
}
