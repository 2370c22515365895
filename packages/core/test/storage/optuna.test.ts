import { copyFileSync, createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Distribution } from '../../src/space/distribution.ts'
import { exportJournal } from '../../src/storage/journal/export-journal.ts'
import { importJournal } from '../../src/storage/journal/import-journal.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage, TrialWrite } from '../../src/storage/storage.ts'
import type { AttributeValue } from '../../src/trial/trial-record.ts'
import {
  continueByOptuna,
  deleteByOptuna,
  dumpByOptuna,
  dumpByUs,
  optunaMissing,
  type StudyDump,
} from './optuna-oracle.ts'
import { type PostgresqlServer, postgresqlMissing, startPostgresql } from './postgresql-server.ts'

const noOptuna = optunaMissing()
const noPostgresql = postgresqlMissing()
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

const SPACE: Readonly<Record<string, Distribution>> = {
  lr: { kind: 'float', low: 1e-5, high: 0.1, step: null, log: true },
  epochs: { kind: 'int', low: 5, high: 50, step: 5, log: false },
  opt: { kind: 'categorical', choices: ['adam', 'sgd', null, true, 3, 0.1] },
}

describe.skipIf(noOptuna !== undefined)('Optuna', { timeout: 120_000 }, () => {
  let folder: string
  let server: PostgresqlServer | undefined
  const opened: Storage[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'thresher-optuna-'))
    if (noPostgresql === undefined) server = await startPostgresql()
  }, 120_000)
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close()
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(folder, { recursive: true })
  })

  const open = async (url: string) => {
    const storage = await openStorage(url)
    opened.push(storage)
    return storage
  }

  const goOnInTurns = async (url: string) => {
    const storage = await open(url)
    const study = await storage.createStudy('shared', ['minimize'])
    await storage.createStudy('of two', ['minimize', 'maximize'])
    await storage.writeFacts(study.id, new Map([['sampler', 'tpe']]))
    await runHere(storage, study.id, 9)
    await storage.setStudyAttribute(study.id, 'user', 'git', { sha: 'abc', list: [Number.NaN, null] })
    await storage.setStudyAttribute(study.id, 'system', 'study:metric_names', ['val loss'])
    expect(await dumpByOptuna(url)).toEqual(await dumpByUs(storage))

    await continueByOptuna(url, 'shared', 12)
    const continued = await dumpByUs(storage)
    expect(await dumpByOptuna(url)).toEqual(continued)
    const trials = await storage.readTrials(study.id)
    expect(trials.map(({ number }) => number)).toEqual(trials.map((_, i) => i))
    // Ours left one waiting and one running; Optuna took the one that waited before it asked for its own.
    expect(trials.filter(({ userAttributes }) => userAttributes.get('by') === 'optuna')).toHaveLength(12)
    expect(new Set(trials.slice(9).map((trial) => trial.state))).toEqual(
      new Set(['COMPLETE', 'PRUNED', 'FAIL', 'WAITING']),
    )

    const claimed = await storage.claimWaiting(study.id)
    expect(claimed!.userAttributes.get('queued')).toBe(true)
    expect(claimed!.systemAttributes.get('fixed_params')).toEqual({ lr: 0.01, epochs: 20, opt: null })
    await storage.writeTrial(claimed!.id, [{ kind: 'state', state: 'COMPLETE', values: [7] }])
    await runHere(storage, study.id, 8)
    expect(await dumpByOptuna(url)).toEqual(await dumpByUs(storage))
    await continueByOptuna(url, 'shared', 4)
    expect(await dumpByOptuna(url)).toEqual(await dumpByUs(storage))
    expect(await storage.readFacts(study.id)).toEqual(new Map([['sampler', 'tpe']]))
  }

  it('reads, continues and reports an SQLite study of ours, and we its', () =>
    goOnInTurns(`sqlite:///${join(folder, 'turns.db')}`))

  it.skipIf(noPostgresql !== undefined)(
    'reads, continues and reports a PostgreSQL study of ours, and we its',
    async () => goOnInTurns(await server!.createDatabase()),
  )

  it('reads and continues a journal of ours, and we its', async () => {
    const storage = await open('memory:')
    const study = await storage.createStudy('shared', ['minimize'])
    await runHere(storage, study.id, 9)
    await storage.setStudyAttribute(study.id, 'user', 'k', [1.5])
    const path = join(folder, 'turns.journal')
    let text = ''
    for await (const line of exportJournal(storage, 'shared')) text += line
    writeFileSync(path, text)
    expect(await dumpByOptuna(path)).toEqual(await dumpByUs(storage))
    await continueByOptuna(path, 'shared', 9)
    const back = await open('sqlite:///:memory:')
    await importJournal(back, createReadStream(path, 'utf8'))
    const dump = await dumpByUs(back)
    expect(dump).toEqual(await dumpByOptuna(path))
    expect(dump[0]!.trials.length).toBeGreaterThan(18)
  })

  it.each([
    ['optuna5.db', 22],
    ['handmade.db', 20],
  ])('reads %s as we do', async (name, trials) => {
    const path = join(folder, name)
    copyFileSync(fixture(name), path)
    const url = `sqlite:///${path}`
    // Optuna first, on the file as it was.
    const theirs = await dumpByOptuna(url)
    const ours = await dumpByUs(await open(url))
    expect(ours).toEqual(theirs)
    expect(ours[0]!.trials.length).toBe(trials)
    // And after we made our tables beside.
    expect(await dumpByOptuna(url)).toEqual(theirs)
  })

  it.each(['optuna5.journal', 'handmade.journal'])('reads %s as we do', async (name) => {
    const path = join(folder, name)
    copyFileSync(fixture(name), path)
    const storage = await open('memory:')
    await importJournal(storage, createReadStream(path, 'utf8'), name)
    expect(withoutParents(await dumpByUs(storage))).toEqual(withoutParents(await dumpByOptuna(path)))
  })

  it('deletes a study without tripping over what is ours, whose facts go with it', async () => {
    const urls = [`sqlite:///${join(folder, 'deleted.db')}`]
    if (server !== undefined) urls.push(await server.createDatabase())
    for (const url of urls) {
      const storage = await open(url)
      const study = await storage.createStudy('gone', ['minimize'])
      await storage.writeFacts(study.id, new Map([['sampler', 'tpe']]))
      await runHere(storage, study.id, 2)
      await deleteByOptuna(url, 'gone')
      expect(await storage.listStudies()).toEqual([])
      const next = await storage.createStudy('next', ['minimize'])
      expect(await storage.readFacts(next.id)).toEqual(new Map())
    }
  })
})

/** Trials in every state, with all that the schema can hold. */
async function runHere(storage: Storage, study: number, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const writes: TrialWrite[] = [
      { kind: 'param', name: 'lr', internal: 10 ** (-1 - (i % 5)), distribution: SPACE.lr! },
      { kind: 'param', name: 'epochs', internal: 5 * (1 + (i % 10)), distribution: SPACE.epochs! },
      { kind: 'param', name: 'opt', internal: i % 6, distribution: SPACE.opt! },
      {
        kind: 'attribute',
        scope: 'user',
        key: 'ünï "quoted"',
        value: ['✓', { nan: Number.NaN, inf: -Infinity }],
      },
      { kind: 'attribute', scope: 'system', key: 'constraints', value: [-1, 0.5] },
      { kind: 'report', step: 0, value: Number.NaN },
      { kind: 'report', step: 7, value: Number.POSITIVE_INFINITY },
      { kind: 'report', step: 3, value: 0.1 * i },
      { kind: 'heartbeat' },
    ]
    if (i === 5) {
      const systemAttributes = new Map<string, AttributeValue>([['fixed_params', { lr: 0.05, epochs: 25 }]])
      await storage.createTrial(study, { state: 'WAITING', systemAttributes })
      continue
    }
    const trial = await storage.createTrial(study, undefined, writes)
    if (i === 4) continue
    const end: TrialWrite =
      i % 4 === 1
        ? { kind: 'state', state: 'PRUNED', values: [Number.POSITIVE_INFINITY] }
        : i % 4 === 2
          ? { kind: 'state', state: 'FAIL' }
          : { kind: 'state', state: 'COMPLETE', values: [i === 3 ? Number.POSITIVE_INFINITY : i / 3] }
    await storage.writeTrial(trial.id, [end])
  }
}

/** NSGA's lists of parents hold the storage's own keys of trials, which differ. */
function withoutParents(dumps: readonly StudyDump[]): StudyDump[] {
  return dumps.map((dump) => ({
    ...dump,
    system: Object.fromEntries(Object.entries(dump.system).filter(([key]) => !key.includes(':parent:'))),
  }))
}
