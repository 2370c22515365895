import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { MemoryStorage } from '../../src/storage/memory-storage.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { type Subject, testStorage } from './conformance.ts'
import { type PostgresqlServer, postgresqlMissing, startPostgresql } from './postgresql-server.ts'

const noPostgresql = postgresqlMissing()
let server: PostgresqlServer | undefined
afterAll(() => server?.stop())

testStorage('memory', async () => {
  const storage = new MemoryStorage()
  return { open: async () => storage, close: () => storage.close() }
})

testStorage('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thresher-storage-'))
  return handles(
    () => openStorage(`sqlite:///${join(folder, 'study.db')}`),
    () => rmSync(folder, { recursive: true }),
  )
})

testStorage('SQLite in memory', async () => {
  const storage = await openStorage('sqlite:///:memory:')
  return { open: async () => storage, close: () => storage.close() }
})

describe.skipIf(noPostgresql !== undefined)('with a server', () => {
  testStorage('PostgreSQL', async () => {
    server ??= await startPostgresql()
    const url = await server.createDatabase()
    return handles(() => openStorage(url))
  })
})

function handles(open: () => Promise<Storage>, after: () => void = () => undefined): Subject {
  const opened: Storage[] = []
  return {
    open: async () => {
      const storage = await open()
      opened.push(storage)
      return storage
    },
    close: async () => {
      for (const storage of opened) await storage.close()
      after()
    },
  }
}
