import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { parseStorageUrl } from '../../src/storage/storage-url.ts'

describe('parseStorageUrl', () => {
  it.each([
    ['sqlite:///study.db', 'study.db'],
    ['sqlite:////tmp/a b/study.db', '/tmp/a b/study.db'],
    ['sqlite+pysqlite:///../x.db', '../x.db'],
    ['sqlite:///:memory:', ':memory:'],
    ['sqlite://', ':memory:'],
  ])('reads %s as SQLAlchemy does', (url, path) => {
    expect(parseStorageUrl(url)).toMatchObject({ kind: 'sqlite', path })
  })

  it('reads a server’s address', () => {
    expect(
      parseStorageUrl('postgresql+psycopg2://ann:p%40s%2Fs@db.example:5433/my%20studies?sslmode=verify-full'),
    ).toEqual({
      kind: 'postgresql',
      shown: 'postgresql+psycopg2://ann:***@db.example:5433/my%20studies?sslmode=verify-full',
      server: {
        host: 'db.example',
        port: 5433,
        database: 'my studies',
        user: 'ann',
        password: 'p@s/s',
        ssl: true,
      },
    })
    expect(parseStorageUrl('postgres://localhost/x')).toMatchObject({
      server: { host: 'localhost', port: 5432, database: 'x', ssl: false },
    })
    expect(parseStorageUrl('postgresql:///x?host=/var/run/postgresql&user=ann')).toMatchObject({
      server: { host: '/var/run/postgresql', user: 'ann', database: 'x' },
    })
    expect(parseStorageUrl('postgresql://ann@/x?host=/tmp&port=6000')).toMatchObject({
      server: { host: '/tmp', port: 6000, user: 'ann', database: 'x' },
    })
    expect(parseStorageUrl('postgresql://[::1]:6000/x')).toMatchObject({
      server: { host: '::1', port: 6000 },
    })
    expect(parseStorageUrl('memory:').kind).toBe('memory')
    expect(parseStorageUrl('memory://').kind).toBe('memory')
  })

  it.each([
    'postgresql://ann:s3cret@host:5432/db',
    'postgresql://ann:s3cret@x@host:5432/db',
    'postgresql://ann:s3cret@host',
    'postgresql://ann:s3cret@host:99999/db',
    'postgresql://ann:s3cret@host:5432/db?sslmode=maybe',
    'postgresql://ann:s3cret%zz@host/db',
    'postgresql://ann@host/db?password=s3cret',
    'mysql://ann:s3cret@host/db',
    'postgresql://ann:s3/cret@host/db',
  ])('never shows a password: %s', (url) => {
    let shown: string
    try {
      shown = parseStorageUrl(url).shown
    } catch (error) {
      expect(error).toBeInstanceOf(InputError)
      shown = (error as Error).message
    }
    expect(shown).not.toMatch(/s3/)
    expect(shown).not.toContain('\n')
  })

  it.each([
    ['', 'is no storage URL'],
    ['study.db', 'is no storage URL; give sqlite:///study.db'],
    ['/tmp/study.db', 'is no storage URL'],
    ['C:\\study.db', 'is no storage URL'],
    ['http://host/x', 'is no storage URL'],
    ['mysql://host/x', 'mysql is not supported'],
    ['redis://host', 'redis is not supported'],
    ['sqlite:study.db', 'three slashes'],
    ['sqlite:/study.db', 'three slashes'],
    ['sqlite://study.db', 'three slashes'],
    ['sqlite:///', 'three slashes'],
    ['sqlite:///x.db?mode=ro', 'is not supported'],
    ['postgresql://host', 'names no database'],
    ['postgresql://host:port/x', 'is no URL'],
    ['postgresql://host/x?port=0', 'no port'],
    ['postgresql://host/x?sslmode=always', 'sslmode always is none of'],
  ])('refuses %j', (url, message) => {
    expect(() => parseStorageUrl(url)).toThrow(InputError)
    expect(() => parseStorageUrl(url)).toThrow(message)
  })
})
