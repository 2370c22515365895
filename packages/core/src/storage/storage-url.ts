import { InputError } from '../errors.js'

/** What a storage URL names. */
export type StorageAddress =
  | { readonly kind: 'memory'; readonly shown: string }
  | { readonly kind: 'sqlite'; readonly shown: string; readonly path: string }
  | { readonly kind: 'postgresql'; readonly shown: string; readonly server: PostgresqlServer }

export interface PostgresqlServer {
  /** A name or address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user?: string
  readonly password?: string
  readonly ssl: boolean | { readonly rejectUnauthorized: boolean }
}

/** Stands for a host that is not there. */
const NO_HOST = 'none.invalid'
const FORMS =
  'give sqlite:///study.db, sqlite:////folder/study.db, postgresql://user@host/database, or memory:'

/**
 * Reads a storage URL, as Optuna (SQLAlchemy) writes them: three slashes before a path from here, four before one
 * from the root; `postgresql+psycopg2` and the like are PostgreSQL too. `shown` is the URL for messages: it never has
 * a password.
 * @throws InputError where it is none.
 */
export function parseStorageUrl(url: string): StorageAddress {
  const scheme = /^([a-z][a-z0-9]*)(?:\+[a-z0-9_]+)?:/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'memory') return { kind: 'memory', shown: 'memory:' }
  if (scheme === 'sqlite') return parseSqlite(url)
  if (scheme === 'postgresql' || scheme === 'postgres') return parsePostgresql(url)
  const shown = withoutPassword(url)
  if (scheme === 'mysql' || scheme === 'redis' || scheme === 'journal') {
    throw new InputError(`storage ${shown}: ${scheme} is not supported; ${FORMS}.`)
  }
  throw new InputError(`storage ${shown}: is no storage URL; ${FORMS}.`)
}

function parseSqlite(url: string): StorageAddress {
  const rest = url.slice(url.indexOf(':') + 1)
  if (rest === '//' || rest === '///:memory:') {
    return { kind: 'sqlite', shown: 'sqlite:///:memory:', path: ':memory:' }
  }
  if (!rest.startsWith('///') || rest === '///') {
    throw new InputError(
      `storage ${url}: SQLite takes three slashes before a path from here, four before one from the root; give sqlite:///study.db.`,
    )
  }
  const path = rest.slice(3)
  if (path.includes('?') || path.includes('\0')) {
    throw new InputError(`storage ${url}: a path with ? or NUL is not supported; give sqlite:///study.db.`)
  }
  return { kind: 'sqlite', shown: `sqlite:///${path}`, path }
}

function parsePostgresql(url: string): StorageAddress {
  const shown = withoutPassword(url)
  const wrong = (what: string) =>
    new InputError(`storage ${shown}: ${what}; give postgresql://user:password@host:5432/database.`)
  let parsed: URL
  try {
    // The URL standard wants a host after a user, and a socket's address has none.
    parsed = new URL(
      url.replace(/^(.*?:\/\/[^/?#]*@)(?=[:/])/, `$1${NO_HOST}`).replace(/^[^:]*:/, 'thresher:'),
    )
  } catch {
    throw wrong('is no URL (a password with @, : or / has to be percent-encoded)')
  }
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text)
    } catch {
      throw wrong('has a % that is no percent-encoding')
    }
  }
  const database = decoded(parsed.pathname.replace(/^\//, ''))
  if (database === '') throw wrong('names no database')
  const user = decoded(parsed.username) || parsed.searchParams.get('user')
  const password = decoded(parsed.password) || parsed.searchParams.get('password')
  const port = Number(parsed.port || parsed.searchParams.get('port') || 5432)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong('has no port of 1 to 65535')
  const named = decoded(parsed.hostname)
  const host = named === NO_HOST ? '' : named.replace(/^\[(.*)\]$/, '$1')
  const server: PostgresqlServer = {
    host: host || parsed.searchParams.get('host') || 'localhost',
    port,
    database,
    ...(user ? { user } : {}),
    ...(password ? { password } : {}),
    ssl: sslOf(parsed.searchParams.get('sslmode'), wrong),
  }
  return { kind: 'postgresql', shown, server }
}

function sslOf(mode: string | null, wrong: (what: string) => InputError): PostgresqlServer['ssl'] {
  switch (mode) {
    case null:
    case 'disable':
    case 'allow':
    case 'prefer':
      return false
    case 'require':
      return { rejectUnauthorized: false }
    case 'verify-ca':
    case 'verify-full':
      return true
    default:
      throw wrong(`sslmode ${mode} is none of disable, allow, prefer, require, verify-ca, verify-full`)
  }
}

function withoutPassword(url: string): string {
  // Up to the last @, however the password was written.
  return url
    .replace(/^([a-z0-9+_]*:\/\/[^:/?#@]*:).*@/is, '$1***@')
    .replace(/([?&]password=)[^&]*/gi, '$1***')
}
