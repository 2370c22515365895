import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { StorageError } from '../../src/storage/errors.ts'
import { openStorage, type StorageOptions } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'

let folder: string
let count = 0
const opened: Storage[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thresher-sqlite-'))
})
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const newPath = () => join(folder, `${count++}.db`)
const open = async (path: string, options: StorageOptions = {}) => {
  const storage = await openStorage(`sqlite:///${path}`, options)
  opened.push(storage)
  return storage
}
const fixture = (name: string) => {
  const path = newPath()
  copyFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), path)
  return path
}

/** The error, which has to be one line that names the file. */
async function errorOf(work: Promise<unknown>, path: string): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  )
  expect(error).toBeInstanceOf(Error)
  expect(error!.message).toContain(`sqlite:///${path}: `)
  expect(error!.message).not.toContain('\n')
  return error!
}

describe('an SQLite file', () => {
  it('gives what another connection wrote, however often nothing was new before', async () => {
    const path = newPath()
    const [own, other] = [await open(path), await open(path)]
    const { id } = await own.createStudy('shared', ['minimize'])
    const known = new Set<number>()
    const finish = async (storage: Storage) => {
      const trial = await storage.createTrial(id)
      await storage.writeTrial(trial.id, [{ kind: 'state', state: 'COMPLETE', values: [1] }])
      return trial.number
    }
    const numbers = async () => (await own.readTrials(id, known)).map(({ number }) => number)
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 3; i++) known.add(await finish(own))
      expect(await numbers()).toEqual([])
      const running = await own.createTrial(id)
      expect(await numbers()).toEqual([running.number])
      await own.writeTrial(running.id, [{ kind: 'report', step: 0, value: round }])
      expect((await own.readTrials(id, known))[0]!.intermediate.get(0)).toBe(round)
      await own.writeTrial(running.id, [{ kind: 'state', state: 'FAIL' }])
      known.add(running.number)
      expect(await numbers()).toEqual([])
      const theirs = await finish(other)
      expect(await numbers()).toEqual([theirs])
      known.add(await finish(own))
      expect(await numbers()).toEqual([theirs])
      known.add(theirs)
      expect(await numbers()).toEqual([])
    }
    await other.deleteStudy(id)
    await expect(own.readTrials(id, known)).rejects.toThrow(/study/)
  })

  it('of Optuna 5.0.0 is read in full', async () => {
    const storage = await open(fixture('optuna5.db'))
    const [sweep, thresholds] = await storage.listStudies()
    expect(sweep).toMatchObject({ id: 1, name: 'lr-sweep', directions: ['minimize'] })
    expect(sweep!.userAttributes).toEqual(new Map([['git', { sha: 'abc', dirty: false }]]))
    expect(thresholds).toMatchObject({ id: 2, name: 'det-thresholds', directions: ['maximize', 'minimize'] })
    expect(thresholds!.systemAttributes.get('NSGAIISampler:parent:1')).toEqual([23, 24, 26, 28, 27, 25])
    const trials = await storage.readTrials(1)
    expect(trials).toHaveLength(22)
    expect(await storage.readTrials(2)).toHaveLength(20)
    const [first] = trials
    expect([...first!.params].slice(0, 4)).toEqual([
      ['lr', 0.001],
      ['T_max', 20],
      ['opt', 'adam'],
      ['eta_min_ratio', 0.01],
    ])
    expect(first!.distributions.get('opt')).toEqual({
      kind: 'categorical',
      choices: ['adam', 'sgd', null, true, 3, 0.1],
    })
    expect(first!.distributions.get('T_max')).toEqual({ kind: 'int', low: 5, high: 50, step: 5, log: false })
    expect(first!.systemAttributes.get('constraints:mem_gb')).toBe(-25)
    expect([...first!.intermediate].slice(0, 4)).toEqual([
      [0, 1.2],
      [1, 0.7],
      [2, 0.5333333333333333],
      [3, 0.45],
    ])
    expect(first!.start).toEqual(new Date('2026-11-20T23:47:34.748Z'))
    expect(first).toMatchObject({ state: 'COMPLETE', values: [0.3666666666666667] })
    const all = trials.flatMap(({ values, intermediate }) => [...(values ?? []), ...intermediate.values()])
    expect(all.some(Number.isNaN)).toBe(true)
    expect(all).toContain(Number.POSITIVE_INFINITY)
  })

  it('by hand, with a table of somebody else’s, is read in full', async () => {
    const storage = await open(fixture('handmade.db'))
    const trials = await storage.readTrials(1)
    expect(trials).toHaveLength(20)
    expect(trials[0]).toMatchObject({ values: [0.8001326258415514] })
    expect(trials[0]!.intermediate).toEqual(
      new Map([
        [0, 1],
        [1, 0.5],
        [2, 1 / 3],
        [3, Number.NaN],
      ]),
    )
    expect(trials[0]!.systemAttributes).toEqual(new Map([['constraints', [-5]]]))
  })

  it('with distributions of old names, short forms and times of other forms is read', async () => {
    const path = newPath()
    const storage = await open(path)
    const { id } = await storage.createStudy('old', ['minimize'])
    const trial = await storage.createTrial(id)
    const database = new Database(path)
    const insert = database.prepare(
      'INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?, ?, ?, ?)',
    )
    const old = {
      u: [
        'UniformDistribution',
        { low: 0, high: 1 },
        { kind: 'float', low: 0, high: 1, step: null, log: false },
      ],
      l: [
        'LogUniformDistribution',
        { low: 0.1, high: 1 },
        { kind: 'float', low: 0.1, high: 1, step: null, log: true },
      ],
      d: [
        'DiscreteUniformDistribution',
        { low: 0, high: 1, q: 0.5 },
        { kind: 'float', low: 0, high: 1, step: 0.5, log: false },
      ],
      i: [
        'IntUniformDistribution',
        { low: 0, high: 4, step: 2 },
        { kind: 'int', low: 0, high: 4, step: 2, log: false },
      ],
      g: [
        'IntLogUniformDistribution',
        { low: 1, high: 4, step: 1 },
        { kind: 'int', low: 1, high: 4, step: 1, log: true },
      ],
    } as const
    for (const [name, [type, attributes]] of Object.entries(old)) {
      insert.run([trial.id, name, 1, JSON.stringify({ name: type, attributes })])
    }
    insert.run([
      trial.id,
      'c',
      0,
      '{"name": "CategoricalDistribution", "attributes": {"choices": [NaN, "Infinity"]}}',
    ])
    database.prepare("UPDATE trials SET datetime_start = '2026-01-02T03:04:05.678Z'").run([])
    database.close()
    const [read] = await storage.readTrials(id)
    for (const [name, [, , distribution]] of Object.entries(old))
      expect(read!.distributions.get(name)).toEqual(distribution)
    expect([...read!.params]).toEqual([
      ['u', 1],
      ['l', 1],
      ['d', 1],
      ['i', 1],
      ['g', 1],
      ['c', Number.NaN],
    ])
    expect(read!.start).toEqual(new Date('2026-01-02T03:04:05.678Z'))
  })

  it('keeps whatever double a parameter is', async () => {
    const storage = await open(newPath())
    const { id } = await storage.createStudy('doubles', ['minimize'])
    const wide = { kind: 'float', low: -1.7e308, high: 1.7e308, step: null, log: false } as const
    const bits = new DataView(new ArrayBuffer(8))
    const doubles = [
      5e-324,
      2.2250738585072014e-308,
      1.7976931348623157e308,
      0.1,
      1 / 3,
      123456789012345680,
      9007199254740992,
      1e21,
      1e-7,
    ]
    for (let i = 0; doubles.length < 3000; i++) {
      bits.setUint32(0, Math.imul(i, 0x9e3779b1) >>> 0)
      bits.setUint32(4, Math.imul(i, 0x85ebca6b) >>> 0)
      if (Number.isFinite(bits.getFloat64(0))) doubles.push(bits.getFloat64(0) || 1)
    }
    await storage.createTrial(
      id,
      undefined,
      doubles.map((internal, i) => ({ kind: 'param', name: `p${i}`, internal, distribution: wide })),
    )
    const [read] = await storage.readTrials(id)
    expect([...read!.params.values()]).toEqual(doubles)
  })

  it('is written ahead, moved into place on close, and safe from kill -9 or from loss of power as asked', async () => {
    const [path, durable] = [newPath(), newPath()]
    const storage = await open(path)
    await open(durable, { survives: 'power' })
    await storage.createStudy('s', ['minimize'])
    const database = new Database(path)
    expect(database.prepare('PRAGMA journal_mode').raw().all()).toEqual([['wal']])
    database.close()
    await storage.close()
    // Whoever copies the file alone has everything.
    expect(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0).toBe(0)
    const copy = newPath()
    copyFileSync(path, copy)
    expect((await (await open(copy)).listStudies()).map(({ name }) => name)).toEqual(['s'])
  })

  it('is written while others watch it, and watched while it is written', async () => {
    const path = newPath()
    const writer = await open(path)
    const { id } = await writer.createStudy('s', ['minimize'])
    const watcher = await open(path, { readOnly: true })
    const reader = new Database(path)
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM trials').raw().all()
    for (let i = 0; i < 20; i++) {
      await writer.createTrial(id)
      expect(await watcher.readTrials(id)).toHaveLength(i + 1)
    }
    reader.exec('COMMIT')
    const locker = new Database(path)
    locker.exec('BEGIN IMMEDIATE')
    expect(await watcher.readTrials(id)).toHaveLength(20)
    locker.exec('ROLLBACK')
    reader.close()
    locker.close()
  })

  it('that is watched is never written', async () => {
    const path = newPath()
    const writer = await open(path)
    const { id } = await writer.createStudy('s', ['minimize'])
    const watcher = await open(path, { readOnly: true })
    const error = await errorOf(watcher.createTrial(id), path)
    expect(error).toBeInstanceOf(StorageError)
    expect(error.message).toContain('read-only')
    expect(await writer.readTrials(id)).toEqual([])
  })

  it('waits for a lock without holding up this process', async () => {
    const path = newPath()
    const storage = await open(path)
    const { id } = await storage.createStudy('s', ['minimize'])
    const locker = new Database(path)
    locker.exec('BEGIN IMMEDIATE')
    let ticks = 0
    // The lock goes once timers have run: if they did not, this would never end.
    const ticking = setInterval(() => {
      if (++ticks === 5) locker.exec('ROLLBACK')
    }, 5)
    expect((await storage.createTrial(id)).number).toBe(0)
    clearInterval(ticking)
    expect(ticks).toBeGreaterThanOrEqual(5)
    locker.close()
  })

  it('says when it waited too long for a lock', async () => {
    const path = newPath()
    const storage = await open(path, { lockTimeoutSeconds: 0.3 })
    const { id } = await storage.createStudy('s', ['minimize'])
    const locker = new Database(path)
    locker.exec('BEGIN IMMEDIATE')
    const error = await errorOf(storage.createTrial(id), path)
    expect(error).toBeInstanceOf(StorageError)
    expect(error.message).toMatch(/kept it locked for 0.3 s; .*try again/)
    locker.exec('ROLLBACK')
    locker.close()
    expect((await storage.createTrial(id)).number).toBe(0)
  })

  it('on a full disk keeps what was finished, and goes on when there is room', async ({ skip }) => {
    const path = newPath()
    const storage = await open(path)
    const { id } = await storage.createStudy('s', ['minimize'])
    await storage.createTrial(id)
    await storage.close()
    const full = mountFull()
    if (full === undefined) return skip('no file system can be mounted here')
    try {
      const there = join(full, 'study.db')
      copyFileSync(path, there)
      const tight = await open(there)
      let error: Error | undefined
      let made = 1
      const filler = join(full, 'filler')
      writeFileSync(filler, new Uint8Array(60_000))
      while (error === undefined) {
        const write = { kind: 'attribute', scope: 'user', key: 'k', value: 'x'.repeat(5000) } as const
        error = await tight.createTrial(id, undefined, [write]).then(
          () => void made++,
          (thrown) => thrown as Error,
        )
      }
      expect(error).toBeInstanceOf(StorageError)
      expect(error.message).toMatch(/disk is full|cannot be read or written/)
      expect(await tight.readTrials(id)).toHaveLength(made)
      rmSync(filler)
      expect((await tight.createTrial(id)).number).toBe(made)
      await tight.close()
    } finally {
      execFileSync('sh', ['-c', 'umount -l "$1"', 'sh', full])
    }
  })

  it.each([
    ['a missing folder', () => join(folder, 'none', 'x.db'), /no folder .*none; make it first/],
    [
      'a folder',
      () => {
        const path = newPath()
        mkdirSync(path)
        return path
      },
      /is no file; give the path of a file/,
    ],
    [
      'a text',
      () => {
        const path = newPath()
        writeFileSync(path, 'lr,value\n'.repeat(200))
        return path
      },
      /no SQLite database; give/,
    ],
    ['a journal', () => fixture('optuna5.journal'), /no SQLite database; give/],
    [
      'a database of something else',
      () => {
        const path = newPath()
        const other = new Database(path)
        other.exec('CREATE TABLE music (title TEXT)')
        other.close()
        return path
      },
      /database of something else; give a new file/,
    ],
    [
      'a torn database',
      () => {
        const path = fixture('optuna5.db')
        writeFileSync(path, readFileSync(path).subarray(0, 9000))
        return path
      },
      /damaged|cannot be read/,
    ],
    [
      'an older revision',
      () => {
        const path = fixture('optuna5.db')
        const old = new Database(path)
        old.exec("UPDATE alembic_version SET version_num = 'v3.0.0.d'")
        old.close()
        return path
      },
      /revision v3.0.0.d, and only v3.2.0.a .*optuna storage upgrade/,
    ],
    [
      'a newer version',
      () => {
        const path = fixture('optuna5.db')
        const other = new Database(path)
        other.exec('UPDATE version_info SET schema_version = 13')
        other.close()
        return path
      },
      /is version 13/,
    ],
  ])('that is %s is refused with the mend', async (_, make, message) => {
    const path = make()
    const before = existsSync(path) && statSync(path).isFile() ? readFileSync(path) : undefined
    const error = await errorOf(open(path), path)
    expect(error instanceof InputError || error instanceof StorageError).toBe(true)
    expect(error.message).toMatch(message)
    if (before !== undefined) expect(readFileSync(path).equals(before)).toBe(true)
    else expect(existsSync(path) && statSync(path).isFile()).toBe(false)
  })

  it('is not made where it is only to be read', async () => {
    for (const options of [{ create: false }, { readOnly: true }]) {
      const path = newPath()
      expect((await errorOf(open(path, options), path)).message).toContain('no such file')
      expect(existsSync(path)).toBe(false)
      writeFileSync(path, '')
      expect((await errorOf(open(path, options), path)).message).toContain('holds no studies')
    }
    expect(readdirSync(folder).filter((name) => name.includes('-wal'))).toEqual(
      readdirSync(folder).filter((name) => name.includes('-wal') && statSync(join(folder, name)).size === 0),
    )
  })

  it.skipIf(process.getuid?.() === 0)('that may not be written is said to be read-only', async () => {
    const path = newPath()
    const storage = await open(path)
    const { id } = await storage.createStudy('s', ['minimize'])
    await storage.close()
    chmodSync(path, 0o444)
    const error = await errorOf(
      open(path).then((readable) => readable.createTrial(id)),
      path,
    )
    expect(error.message).toContain('read-only')
  })

  it('with a row that Optuna would not write is refused, not guessed at', async () => {
    for (const [sql, message] of [
      ["UPDATE trial_params SET distribution_json = '{}' WHERE param_id = 1", /\.db: distribution/],
      ["UPDATE trial_params SET param_value = 99 WHERE param_name = 'opt'", /not what Optuna writes/],
      ["UPDATE trial_values SET value = NULL WHERE value_type = 'FINITE'", /not what Optuna writes/],
      ["UPDATE trial_values SET value = '0.5 or so' WHERE value_type = 'FINITE'", /not what Optuna writes/],
      ["UPDATE trial_params SET param_value = 'abc' WHERE param_name <> 'opt'", /not what Optuna writes/],
      [
        "UPDATE trial_user_attributes SET value_json = '{' WHERE trial_user_attribute_id = 1",
        /attribute is not JSON/,
      ],
    ] as const) {
      const path = fixture('optuna5.db')
      const database = new Database(path)
      database.exec(sql)
      database.close()
      const storage = await open(path)
      await expect(storage.readTrials(1)).rejects.toThrow(message)
    }
  })
})

/** A file system of 400 KB, or undefined where this process may not mount one. */
function mountFull(): string | undefined {
  const path = join(folder, 'full')
  mkdirSync(path)
  try {
    execFileSync('sh', ['-c', 'mount -t tmpfs -o size=400k tmpfs "$1"', 'sh', path], { stdio: 'ignore' })
    return path
  } catch {
    return undefined
  }
}
