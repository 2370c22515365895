import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/random.ts'
import { tpe } from '../../src/samplers/tpe/tpe.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { createStudy } from '../../src/study/create-study.ts'
import { type PostgresqlServer, postgresqlMissing, startPostgresql } from './postgresql-server.ts'

/** THRESHER_STORM=1 runs it at full size: 2,000 trials, 50 kills. */
const FULL = process.env.THRESHER_STORM === '1'
const TRIALS = FULL ? 2000 : 160
const KILLS = FULL ? 50 : 3
const GRACE_SECONDS = FULL ? 3 : 1.5
/** Where none is killed, none may be taken for dead, however busy the machine is. */
const CALM_SECONDS = 600
const WORKER = fileURLToPath(new URL('storm-worker.mjs', import.meta.url))
const OPTIMIZER = fileURLToPath(new URL('optimize-worker.mjs', import.meta.url))
const noPostgresql = postgresqlMissing()

describe('processes on one study', { timeout: FULL ? 900_000 : 120_000 }, () => {
  let folder: string
  let server: PostgresqlServer | undefined
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'thresher-storm-'))
    if (noPostgresql === undefined) server = await startPostgresql()
  }, 60_000)
  afterAll(async () => {
    await server?.stop()
    rmSync(folder, { recursive: true })
  })

  const sqlite = async (name: string) => `sqlite:///${join(folder, name)}.db`
  const postgresql = async () => server!.createDatabase()

  it('4 on SQLite run each trial once', async () => {
    const storm = await runStorm(folder, await sqlite('calm'), 4, 0)
    expect(storm.states).toEqual(new Set(['COMPLETE']))
  })

  it.skipIf(noPostgresql !== undefined)('8 on PostgreSQL run each trial once', async () => {
    const storm = await runStorm(folder, await postgresql(), 8, 0)
    expect(storm.states).toEqual(new Set(['COMPLETE']))
  })

  it('4 on SQLite that optimize it together leave no gap', async () => {
    const url = await sqlite('optimized')
    const storage = await openStorage(url)
    await createStudy({ name: 'together', directions: ['minimize'], storage, sampler: tpe(), seed: 1 })
    const each = FULL ? 500 : 25
    const ends = Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, [OPTIMIZER, url, 'together', String(each)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let stderr = ''
      child.stderr.on('data', (data) => {
        stderr += data
      })
      const code = await new Promise((resolve) => child.once('exit', resolve))
      return code === 0 ? '' : `${code}: ${stderr}`
    })
    expect(await Promise.all(ends)).toEqual(['', '', '', ''])
    const trials = await storage.readTrials((await storage.findStudy('together'))!.id)
    await storage.close()
    expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 4 * each }, (_, i) => i))
    for (const { state, params, values } of trials) {
      expect(state).toBe('COMPLETE')
      expect(values).toEqual([(params.get('x') as number) ** 2])
    }
    // Each process drew its own: a seed that all share must not make them draw the same.
    expect(new Set(trials.map(({ params }) => params.get('x'))).size).toBe(trials.length)
  })

  it('4 on SQLite, killed at random, lose nothing that was finished and run the rest', async () => {
    await runStorm(folder, await sqlite('storm'), 4, KILLS)
  })

  it.skipIf(noPostgresql !== undefined)(
    '8 on PostgreSQL, killed at random, lose nothing that was finished and run the rest',
    async () => {
      await runStorm(folder, await postgresql(), 8, KILLS)
    },
  )
})

/** Half of the trials are queued, half are created by the processes, which are killed and replaced meanwhile. */
async function runStorm(parent: string, url: string, processes: number, kills: number) {
  const folder = mkdtempSync(join(parent, 'run-'))
  const logs = join(folder, 'logs')
  mkdirSync(logs)
  const storage = await openStorage(url)
  const { id } = await storage.createStudy('storm', ['minimize'])
  for (let i = 0; i < TRIALS / 2; i++) {
    await storage.createTrial(id, { state: 'WAITING', userAttributes: new Map([['job', `queued-${i}`]]) })
  }
  const running = new Set<ChildProcess>()
  const failures: string[] = []
  const start = () => {
    const child = spawn(
      process.execPath,
      [WORKER, url, 'storm', logs, String(kills > 0 ? GRACE_SECONDS : CALM_SECONDS)],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    let stderr = ''
    child.stderr!.on('data', (data) => {
      stderr += data
    })
    running.add(child)
    child.once('exit', (code, signal) => {
      running.delete(child)
      if (signal !== 'SIGKILL' && code !== 0) failures.push(stderr)
    })
  }
  for (let i = 0; i < processes; i++) start()

  const random = createRandom(1)
  const known = new Set<number>()
  const complete = async () => {
    for (const trial of await storage.readTrials(id, known))
      if (trial.state === 'COMPLETE') known.add(trial.number)
    return known.size
  }
  let killed = 0
  while ((await complete()) < TRIALS || killed < kills) {
    expect(failures).toEqual([])
    await sleep(30 + 120 * random.next())
    const finished = await complete()
    if (killed < kills && finished >= (TRIALS * killed) / (kills + 1)) {
      const victims = [...running].filter(
        ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
      )
      victims[Math.floor(random.next() * victims.length)]?.kill('SIGKILL')
      killed++
      start()
    }
  }
  writeFileSync(join(logs, 'enough'), '')
  while (running.size > 0) await sleep(20)
  expect(failures).toEqual([])

  const trials = await storage.readTrials(id)
  await storage.close()
  const lines = readdirSync(logs)
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) => readFileSync(join(logs, name), 'utf8').trimEnd().split('\n'))
    .map((line) => line.split(' ') as [what: string, id: string, job: string])
  const idsOf = (what: string) => lines.filter(([found]) => found === what).map(([, trial]) => Number(trial))

  // Numbers are unique and without gaps.
  expect(trials.map(({ number }) => number)).toEqual(trials.map((_, i) => i))
  // No trial was run by two.
  const begun = idsOf('begin')
  expect(new Set(begun).size).toBe(begun.length)
  // Every trial that a process finished is there, with all that it wrote.
  const done = new Set(idsOf('done'))
  const completed = trials.filter(({ state }) => state === 'COMPLETE')
  for (const trial of done) expect(completed.some((found) => found.id === trial)).toBe(true)
  for (const { number, values, intermediate } of completed) {
    expect(values).toEqual([number])
    expect([...intermediate]).toEqual([
      [0, 0],
      [1, 1],
    ])
  }
  // Every job that was queued or begun was run to its end, once; what was cut off failed, and its copy was run.
  const jobs = completed.map(({ userAttributes }) => userAttributes.get('job'))
  expect(new Set(jobs).size).toBe(jobs.length)
  expect(new Set(jobs)).toEqual(new Set(trials.map(({ userAttributes }) => userAttributes.get('job'))))
  expect(jobs.filter((job) => String(job).startsWith('queued-'))).toHaveLength(TRIALS / 2)
  expect(trials.every(({ state }) => state === 'COMPLETE' || state === 'FAIL')).toBe(true)
  expect(completed.length).toBeGreaterThanOrEqual(TRIALS)
  return {
    states: new Set(trials.map(({ state }) => state)),
    killed,
    lost: idsOf('lost').length,
    trials: trials.length,
  }
}
