import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { InputError } from '../../errors.js'
import { StorageError, StudyNotFoundError } from '../errors.js'

/** SQLite's name of what went wrong, such as SQLITE_BUSY; undefined where the error is none of SQLite's. */
export function sqliteCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error)?.startsWith('SQLITE_BUSY') ?? false
}

/** One line with the mend, of what SQLite said; any other error as it is. */
export function sqliteError(error: unknown, url: string, lockTimeoutSeconds: number): unknown {
  const code = sqliteCode(error)
  if (code === undefined) return error
  const said = mendOf(code, lockTimeoutSeconds) ?? `SQLite says ${(error as Error).message} (${code}).`
  return new StorageError(`${url}: ${said}`, { cause: error })
}

function mendOf(code: string, lockTimeoutSeconds: number): string | undefined {
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return `another program has kept it locked for ${lockTimeoutSeconds} s; end its transaction, or close it, and try again.`
  }
  if (code.startsWith('SQLITE_FULL'))
    return 'the disk is full; make room and go on: what was finished is kept.'
  if (code.startsWith('SQLITE_READONLY')) {
    return 'is read-only; make the file and its folder writable, or copy it elsewhere.'
  }
  if (code === 'SQLITE_NOTADB') return 'is no SQLite database; give a new file, or the file of a study.'
  if (code.startsWith('SQLITE_CORRUPT')) {
    return 'is damaged; go on with a copy, or save what can be read with `sqlite3 FILE .recover`.'
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return 'cannot be read or written; look whether the disk is full or gone, and try again.'
  }
  if (code.startsWith('SQLITE_CANTOPEN')) return 'cannot be opened; check that its folder may be written.'
  return undefined
}

/**
 * Why a file cannot be opened, before the driver tries: it says no more than a number.
 * @throws InputError with the mend.
 */
export function checkPath(path: string, url: string, create: boolean): void {
  if (!existsSync(path)) {
    if (!create) throw new StudyNotFoundError('', url, 'there is no such file; give the file of a study.')
    const folder = dirname(path)
    if (!existsSync(folder)) throw new InputError(`${url}: there is no folder ${folder}; make it first.`)
  } else if (!statSync(path).isFile()) {
    throw new InputError(`${url}: is no file; give the path of a file, such as ${url}/study.db.`)
  }
}
