import { InputError } from '../../errors.js'
import { StorageError } from '../errors.js'
import type { PostgresqlServer } from '../storage-url.js'

/** One line with the mend, of what the server or the network said; any other error as it is. */
export function postgresqlError(error: unknown, url: string, server: PostgresqlServer): unknown {
  if (!(error instanceof Error) || error instanceof InputError || error instanceof StorageError) return error
  const code = (error as { code?: unknown }).code
  const text = typeof code === 'string' ? code : ''
  const said = connectionLost(error) ? LOST : mendOf(text, error.message, server)
  return said === undefined ? error : new StorageError(`${url}: ${said}`, { cause: error })
}

/** Whether an error says that the connection is gone, rather than that the server refused something. */
export function connectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return LOST_CODES.has(code) || /Connection terminated|not queryable/.test(error.message)
}

const LOST_CODES = new Set<unknown>(['ECONNRESET', 'EPIPE', '57P01', '57P02'])

const LOST = 'the connection was lost; what was finished is kept. Try again when the server is back.'

function mendOf(
  code: string,
  message: string,
  { host, port, database }: PostgresqlServer,
): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `no PostgreSQL server answers at ${host}, port ${port}; start it, or mend the address.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host ${host} is not known; mend the address.`
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} cannot be reached; look at the network and the address.`
    case '57P03':
      return 'the server is starting or stopping; try again in a moment.'
    case '28P01':
    case '28000':
      return 'the server refuses the user or the password; mend them in the address, PGPASSWORD or ~/.pgpass.'
    case '3D000':
      return `there is no database ${database}; make it with \`createdb ${database}\`.`
    case '42501':
    case '25006':
      return `the user may not do this (${message}); grant it, or take another user.`
    case '53100':
      return "the server's disk is full; make room and go on: what was finished is kept."
    case '53300':
      return 'the server has no connection left; raise max_connections, or run fewer processes.'
    case '55P03':
    case '40P01':
      return 'another program holds a lock on the study; end its transaction and try again.'
    default:
      break
  }
  if (/^[0-9A-Z]{5}$/.test(code)) return `the server says ${message} (${code}).`
  if (/password must be a string/.test(message)) {
    return 'the server asks for a password; give one in the address, PGPASSWORD or ~/.pgpass.'
  }
  if (/timeout|SSL/.test(message)) {
    return `the connection failed (${message}); look at the server and the address, and try again.`
  }
  return undefined
}
