import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL server of this test's own, in a temporary folder. */
export interface PostgresqlServer {
  /** The URL of a new database. */
  createDatabase(): Promise<string>
  /** The URL of a new database over the Unix socket. */
  createDatabaseOnSocket(): Promise<string>
  /** Runs a statement while this process stands still, so that it hears of nothing before the next thing it does. */
  runUnheard(url: string, sql: string): void
  stop(): Promise<void>
}

/**
 * Why no server can be started here, also printed, or undefined if one can. Throws instead of giving a reason where
 * THRESHER_REQUIRE_ORACLES=1 makes its absence a failure.
 */
export function postgresqlMissing(): string | undefined {
  if (programFolder() !== undefined) return undefined
  const reason = 'PostgreSQL is not installed (Debian: postgresql)'
  if (process.env.THRESHER_REQUIRE_ORACLES === '1') throw new Error(reason)
  process.stderr.write(`Tests that need it are skipped: ${reason}\n`)
  return reason
}

/** Starts a server; the superuser is `thresher`, with the password `secret` over TCP and none over the socket. */
export async function startPostgresql(): Promise<PostgresqlServer> {
  const programs = programFolder()!
  const folder = mkdtempSync(join(tmpdir(), 'thresher-pg-'))
  const owner = unprivileged()
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  execFileSync(
    'sh',
    [
      '-c',
      'echo secret > "$2/password" && exec "$1/initdb" -D "$3" -U thresher -E UTF8 --locale=C --auth-local=trust --auth-host=scram-sha-256 --pwfile="$2/password" --no-sync',
      'initdb',
      programs,
      folder,
      data,
    ],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    timezone: 'Asia/Tokyo',
    datestyle: 'German',
  }
  const server = spawn(
    join(programs, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    { ...owner, cwd: folder, stdio: 'ignore' },
  )
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const admin = { host: folder, port, user: 'thresher', database: 'postgres' }
  await answering(admin, () => server.exitCode !== null)
  let count = 0
  const createDatabase = async () => {
    const client = new pg.Client(admin)
    await client.connect()
    const name = `study_${count++}`
    await client.query(`CREATE DATABASE ${name}`)
    await client.end()
    return name
  }
  return {
    createDatabase: async () => `postgresql://thresher:secret@127.0.0.1:${port}/${await createDatabase()}`,
    createDatabaseOnSocket: async () =>
      `postgresql://thresher@/${await createDatabase()}?host=${encodeURIComponent(folder)}&port=${port}`,
    runUnheard: (url, sql) => {
      execFileSync(join(programs, 'psql'), ['-q', '-c', sql, url], { stdio: ['ignore', 'ignore', 'pipe'] })
    },
    stop: async () => {
      // Immediate: nothing in it is kept.
      server.kill('SIGQUIT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Debian keeps the server's programs out of the path, one folder a version. */
function programFolder(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian) : []
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) =>
    ['initdb', 'postgres', 'psql'].every((name) => existsSync(join(folder, name))),
  )
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // There is no such user; the next one will do.
    }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answering(config: pg.ClientConfig, isDead: () => boolean): Promise<void> {
  for (;;) {
    const client = new pg.Client(config)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (isDead()) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
