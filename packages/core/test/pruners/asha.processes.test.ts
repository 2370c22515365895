import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asha } from '../../src/pruners/asha.ts'
import { RESUMED_FROM } from '../../src/pruners/resume.ts'
import { random } from '../../src/samplers/random.ts'
import { createStudy, loadStudy } from '../../src/study/create-study.ts'
import { TrialPruned } from '../../src/trial/trial-pruned.ts'

const WORKER = fileURLToPath(new URL('asha-worker.mjs', import.meta.url))
const TRIALS = 40
const promoting = () => asha({ min: 1, max: 27, eta: 3, promote: true })

describe('ASHA that promotes, on one SQLite file', { timeout: 120_000 }, () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'thresher-asha-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const create = () =>
    createStudy({
      name: 's',
      storage: `sqlite:///${join(folder, 'study.db')}`,
      sampler: random(),
      pruner: promoting(),
      seed: 4,
    })

  it('by two who ask at the same moment: one goes on with the trial, the other begins a new one', async () => {
    const one = await create()
    // Three paused at the first rung: the best of them may go on.
    await one.optimize(
      async (trial) => {
        trial.report(trial.suggestFloat('x', 0, 1), 0)
        if (await trial.shouldPrune()) throw new TrialPruned()
        throw new Error('the first three are to pause')
      },
      { trials: 2 },
    )
    const third = await one.ask()
    third.report(third.suggestFloat('x', 2, 3), 0)
    expect(await third.shouldPrune()).toBe(true)
    await one.tell(third, undefined, { state: 'PRUNED' })

    const other = await loadStudy({ name: 's', storage: `sqlite:///${join(folder, 'study.db')}` })
    await other.refresh()
    const asked = await Promise.all([one.ask(), other.ask()])
    expect(asked.map(({ number }) => number).sort()).toEqual([3, 4])
    expect(asked.filter(({ resumption }) => resumption !== undefined)).toHaveLength(1)
    await one.close()
    await other.close()
  })

  it('by two processes: every promotion is run once, and no epoch is trained twice', async () => {
    const study = await create()
    const logs = ['a.log', 'b.log'].map((name) => join(folder, name))
    const workers = logs.map((log) =>
      spawn(process.execPath, [WORKER, `sqlite:///${join(folder, 'study.db')}`, 's', String(TRIALS), log]),
    )
    const ends = workers.map(endOf)
    await Promise.all(workers.map(readyOf))
    for (const worker of workers) worker.stdin.write('go\n')
    expect(await Promise.all(ends)).toEqual(['', ''])

    await study.refresh()
    expect(study.trials.map(({ number }) => number)).toEqual(Array.from({ length: 2 * TRIALS }, (_, i) => i))
    const promoted = study.trials.flatMap(({ systemAttributes }) => systemAttributes.get(RESUMED_FROM) ?? [])
    expect(promoted.length).toBeGreaterThan(5)
    expect(new Set(promoted).size).toBe(promoted.length)
    const trained = logs.flatMap((log) => readFileSync(log, 'utf8').trimEnd().split('\n'))
    expect(new Set(trained).size).toBe(trained.length)
    await study.close()
  })
})

function readyOf(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.stdout!.once('data', () => resolve())
    worker.once('exit', (code) => reject(new Error(`ended before it began: ${code}`)))
  })
}

/** What a worker says of its failure; empty where it ended well. */
function endOf(worker: ChildProcess): Promise<string> {
  let stderr = ''
  worker.stderr!.on('data', (data) => {
    stderr += data
  })
  return new Promise((resolve) => {
    worker.once('close', (code) => resolve(code === 0 ? '' : `${code}: ${stderr}`))
  })
}
