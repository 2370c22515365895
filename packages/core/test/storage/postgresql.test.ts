import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { StorageError } from '../../src/storage/errors.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { type PostgresqlServer, postgresqlMissing, startPostgresql } from './postgresql-server.ts'

describe.skipIf(postgresqlMissing() !== undefined)('a PostgreSQL database', { timeout: 60_000 }, () => {
  let server: PostgresqlServer
  beforeAll(async () => {
    server = await startPostgresql()
  }, 60_000)
  afterAll(() => server?.stop())

  /** The error, which has to be one line, names the address and keeps the password to itself. */
  const errorOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    )
    expect(error instanceof StorageError || error instanceof InputError).toBe(true)
    expect(error!.message).toMatch(/^postgresql:\/\//)
    expect(error!.message).not.toMatch(/secret|wr0ng|\n/)
    return error!.message
  }
  const query = async (url: string, sql: string) => {
    const client = new pg.Client(url)
    await client.connect()
    const { rows } = await client.query(sql)
    await client.end()
    return rows
  }
  /** Settles when a connection to the database waits for a lock. */
  const lockWait = async (url: string) => {
    const waiting = () =>
      query(
        url,
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      )
    while ((await waiting()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  }

  it('is opened over TCP and over the socket, and shows no password', async () => {
    const url = await server.createDatabase()
    const storage = await openStorage(url)
    expect(url).toContain(':secret@')
    expect(storage.url).toBe(url.replace(':secret@', ':***@'))
    await storage.createStudy('s', ['minimize'])
    await storage.close()
    await storage.close()
    const local = await openStorage(await server.createDatabaseOnSocket())
    expect(await local.listStudies()).toEqual([])
    await local.close()
  })

  it('is made beside tables of something else', async () => {
    const url = await server.createDatabase()
    await query(url, 'CREATE TABLE music (title text)')
    const storage = await openStorage(url)
    await storage.createStudy('s', ['minimize'])
    await storage.close()
  })

  it('that cannot be reached or used is refused with the mend', async () => {
    const url = await server.createDatabase()
    const elsewhere = (change: (address: URL) => void) => {
      const address = new URL(url)
      change(address)
      return openStorage(address.href)
    }
    expect(
      await errorOf(
        elsewhere((address) => {
          address.port = '1'
        }),
      ),
    ).toMatch(/no PostgreSQL server answers at 127.0.0.1, port 1; start it/)
    expect(
      await errorOf(
        elsewhere((address) => {
          address.password = 'wr0ng'
        }),
      ),
    ).toMatch(/refuses the user or the password/)
    expect(
      await errorOf(
        elsewhere((address) => {
          address.password = ''
        }),
      ),
    ).toMatch(/asks for a password/)
    expect(
      await errorOf(
        elsewhere((address) => {
          address.pathname = '/none'
        }),
      ),
    ).toMatch(/no database none; make it with `createdb none`/)
    expect(
      await errorOf(
        elsewhere((address) => {
          address.hostname = 'host.invalid'
        }),
      ),
    ).toMatch(/host host.invalid is not known|cannot be reached/)
    expect(
      await errorOf(
        elsewhere((address) => {
          address.search = '?sslmode=require'
        }),
      ),
    ).toMatch(/SSL/)
    expect(await errorOf(openStorage(url, { readOnly: true }))).toMatch(/holds no studies/)
    expect(await errorOf(openStorage(url, { create: false }))).toMatch(/holds no studies/)
    const old = await server.createDatabase()
    await (await openStorage(old)).close()
    await query(old, "UPDATE alembic_version SET version_num = 'v3.0.0.d'")
    expect(await errorOf(openStorage(old))).toMatch(
      /revision v3.0.0.d, and only v3.2.0.a .*optuna storage upgrade/,
    )
  })

  it('that is watched is never written', async () => {
    const url = await server.createDatabase()
    const writer = await openStorage(url)
    const { id } = await writer.createStudy('s', ['minimize'])
    const watcher = await openStorage(url, { readOnly: true })
    expect(await errorOf(watcher.createTrial(id))).toMatch(/may not do this/)
    expect(await watcher.readTrials(id)).toEqual([])
    await watcher.close()
    await writer.close()
  })

  it('is written though its connections were lost while nobody used them', async () => {
    const url = await server.createDatabase()
    const storage = await openStorage(url)
    const { id } = await storage.createStudy('s', ['minimize'])
    await storage.createTrial(id)
    server.runUnheard(
      url,
      'SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    )
    expect((await storage.createTrial(id)).number).toBe(1)
    await storage.close()
  })

  it('is written again after its connection was lost at work', async () => {
    const url = await server.createDatabase()
    const storage = await openStorage(url)
    const { id } = await storage.createStudy('s', ['minimize'])
    await storage.createTrial(id)
    const locker = new pg.Client(url)
    await locker.connect()
    locker.on('error', () => undefined)
    await locker.query('BEGIN')
    await locker.query('SELECT 1 FROM studies FOR UPDATE')
    const waiting = errorOf(storage.createTrial(id))
    await Promise.race([waiting, lockWait(url)])
    // The locker stays: were its lock given up first, the trial would be made after all.
    await query(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    )
    expect(await waiting).toMatch(/connection was lost; what was finished is kept/)
    await locker.end()
    expect((await storage.createTrial(id)).number).toBe(1)
    await storage.close()
  })

  it('waits for a lock, and says when it waited too long', async () => {
    const url = await server.createDatabase()
    const storage = await openStorage(url, { lockTimeoutSeconds: 0.3 })
    const { id } = await storage.createStudy('s', ['minimize'])
    const locker = new pg.Client(url)
    await locker.connect()
    await locker.query('BEGIN')
    await locker.query('SELECT 1 FROM studies FOR UPDATE')
    expect(await errorOf(storage.createTrial(id))).toMatch(/another program holds a lock on the study/)
    expect(await storage.readTrials(id)).toEqual([])
    await locker.query('ROLLBACK')
    await locker.end()
    expect((await storage.createTrial(id)).number).toBe(0)
    await storage.close()
  })
})
