import { InputError } from '../errors.js'
import { MemoryStorage } from './memory-storage.js'
import type { Storage } from './storage.js'
import { parseStorageUrl } from './storage-url.js'

export interface StorageOptions {
  /** Makes a file and tables that are not there; true unless said. */
  readonly create?: boolean
  /** Never writes, whatever is asked; false unless said. For those who watch a study. */
  readonly readOnly?: boolean
  /**
   * What a finished write survives in an SQLite file. `process`, unless said: whatever kills this process, `kill -9`
   * included; a loss of power may take the last moments, never more. `power`: that too, at one wait for the disk a
   * write. PostgreSQL has its own setting, synchronous_commit.
   */
  readonly survives?: 'process' | 'power'
  /** How long to wait for another program's lock; 30 s unless said. */
  readonly lockTimeoutSeconds?: number
}

/**
 * Opens the storage of a URL: `sqlite:///study.db`, `sqlite:////folder/study.db`, `sqlite:///:memory:`,
 * `postgresql://user@host/database` or `memory:`, as SQLAlchemy writes them and Optuna's RDBStorage takes them. The
 * driver is loaded when it is first needed.
 *
 * @example
 * const storage = await openStorage('sqlite:///study.db')
 *
 * @throws InputError where the URL is none or names something that holds no studies; StorageError where it cannot be
 * opened, or is of another revision.
 */
export async function openStorage(url: string, options: StorageOptions = {}): Promise<Storage> {
  const { create = true, readOnly = false, survives = 'process', lockTimeoutSeconds = 30 } = options
  if (!(lockTimeoutSeconds >= 0 && lockTimeoutSeconds <= 86_400)) {
    throw new InputError(`lockTimeoutSeconds is ${lockTimeoutSeconds}; give 0 to 86400 seconds.`)
  }
  const address = parseStorageUrl(url)
  if (address.kind === 'memory') return new MemoryStorage()
  const { RdbStorage } = await import('./rdb/rdb-storage.js')
  if (address.kind === 'sqlite') {
    const { openSqlite } = await import('./rdb/sqlite.js')
    const settings = { create, readOnly, survives, lockTimeoutSeconds }
    const database = await openSqlite(address.path, address.shown, settings)
    return RdbStorage.open(database, address.shown, create)
  }
  const { openPostgresql } = await import('./rdb/postgresql.js')
  const database = await openPostgresql(address.server, address.shown, { readOnly, lockTimeoutSeconds })
  return RdbStorage.open(database, address.shown, create)
}
