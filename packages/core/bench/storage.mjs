// What storages cost: a trial of 5 parameters written, and a study of 50,000 opened. Run after a build:
//   node packages/core/bench/storage.mjs [URL of a PostgreSQL database]
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '../dist/storage/open-storage.js'

const TRIALS = 3000
const LARGE = 50_000

const NAMES = ['lr', 'eta_min_ratio', 'weight_decay', 'T_max', 'warmup']
const uniform = { kind: 'float', low: 1e-9, high: 1, step: null, log: true }
const whole = { kind: 'int', low: 1, high: 100, step: 1, log: false }
const DISTRIBUTIONS = [uniform, { ...uniform }, { ...uniform, low: 1e-8 }, whole, { ...whole, high: 50 }]
const print = (line) => process.stdout.write(`${line}\n`)

print(`${cpus()[0].model}, Node ${process.version}`)
const folder = mkdtempSync(join(tmpdir(), 'thresher-bench-'))
try {
  for (const [name, url, options] of [
    ['memory', 'memory:', {}],
    ['SQLite', `sqlite:///${join(folder, 'normal.db')}`, {}],
    ['SQLite, power', `sqlite:///${join(folder, 'full.db')}`, { survives: 'power' }],
    ...(process.argv[2] ? [['PostgreSQL', process.argv[2], {}]] : []),
  ]) {
    await writing(name, url, options)
    if (name !== 'SQLite, power') await reading(name, url)
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** A trial claimed or else created with its parameters, a report, its end, and what is new read. */
async function writing(name, url, options) {
  const storage = await openStorage(url, options)
  const study = await storage.createStudy(`writing ${Date.now()}`, ['minimize'])
  const known = new Set()
  const parts = { create: [], report: [], finish: [], read: [], claim: [], all: [] }
  for (let i = 0; i < TRIALS; i++) {
    const start = performance.now()
    await storage.claimWaiting(study.id)
    const claimed = performance.now()
    const trial = await storage.createTrial(study.id, undefined, [...params(i), { kind: 'heartbeat' }], i)
    const created = performance.now()
    await storage.writeTrial(trial.id, [{ kind: 'report', step: 0, value: i }])
    const reported = performance.now()
    await storage.writeTrial(trial.id, [{ kind: 'state', state: 'COMPLETE', values: [i / 7] }])
    const finished = performance.now()
    for (const { number, state } of await storage.readTrials(study.id, known)) {
      if (state === 'COMPLETE') known.add(number)
    }
    const read = performance.now()
    parts.claim.push(claimed - start)
    parts.create.push(created - claimed)
    parts.report.push(reported - created)
    parts.finish.push(finished - reported)
    parts.read.push(read - finished)
    parts.all.push(read - start)
  }
  await storage.deleteStudy(study.id)
  await storage.close()
  const shown = Object.entries(parts).map(([part, times]) => `${part} ${median(times).toFixed(3)}`)
  print(`${name}, ${TRIALS} trials, median ms a trial: ${shown.join(', ')}`)
}

/** A study of 50,000 trials: opened and read whole, best value found. */
async function reading(name, url) {
  const writer = await openStorage(url)
  const study = await writer.createStudy(`reading ${Date.now()}`, ['minimize'])
  for (let i = 0; i < LARGE; i++) {
    const values = new Map(params(i).map(({ name, internal }) => [name, internal]))
    const distributions = new Map(NAMES.map((name, k) => [name, DISTRIBUTIONS[k]]))
    await writer.createTrial(study.id, {
      state: 'COMPLETE',
      values: [Math.sin(i)],
      params: values,
      distributions,
    })
  }
  if (name !== 'memory') await writer.close()
  const times = []
  for (let i = 0; i < 7; i++) {
    const start = performance.now()
    const storage = name === 'memory' ? writer : await openStorage(url)
    const trials = await storage.readTrials(study.id)
    const ranked = trials.toSorted((a, b) => a.values[0] - b.values[0])
    times.push(performance.now() - start)
    if (ranked.length !== LARGE) throw new Error(`${ranked.length} trials`)
    if (name !== 'memory') await storage.close()
  }
  print(
    `${name}, ${LARGE} trials opened, read and ranked: median ${median(times).toFixed(0)} ms, least ${Math.min(...times).toFixed(0)}`,
  )
}

function params(i) {
  return NAMES.map((name, k) => ({
    kind: 'param',
    name,
    internal: k < 3 ? 1 / (i + k + 2) : ((i * (k + 3)) % 50) + 1,
    distribution: DISTRIBUTIONS[k],
  }))
}

function median(times) {
  return times.toSorted((a, b) => a - b)[times.length >> 1]
}
