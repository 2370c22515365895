import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStudy, openStorage } from '@thresher/core'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { EXIT } from '../../src/exit-codes.js'
import { runProgram } from '../../src/program.js'
import { fakeContext } from '../support/context.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thresher-'))
  return () => rm(folder, { recursive: true })
})

/** A storage with studies of these names; each has one run. */
async function storageOf(file: string, ...names: readonly string[]): Promise<string> {
  const storage = `sqlite:///${join(folder, file)}`
  for (const name of names) {
    const study = await createStudy({ name, storage, direction: 'minimize' })
    await study.optimize((trial) => trial.suggestFloat('lr', 0.5, 0.5), { trials: 1 })
    await study.close()
  }
  return storage
}

async function run(argv: readonly string[], env = {}) {
  const context = fakeContext({ env: { LANG: 'C.UTF-8', ...env } })
  const code = await runProgram(['watch', ...argv], context)
  return { code, out: context.out.text, err: context.err.text }
}

describe('without a terminal', () => {
  test('the only study is shown once, in plain lines', async () => {
    const { code, out, err } = await run(['--storage', await storageOf('one.db', 'lr')])
    expect([code, err]).toEqual([EXIT.done, ''])
    expect(out).toMatch(/^thresher {2}watch {2}lr .*1 run {2}✓ 1 done/)
    expect(out).toMatch(/^ {3}1 {4}0 {2}0\.5000 {2}0\.5$/m)
  })

  test('--json is one document with every run', async () => {
    const storage = await storageOf('json.db', 'lr')
    const { out } = await run(['lr', '--storage', storage, '--json'])
    const document = JSON.parse(out)
    expect(document).toMatchObject({
      study: 'lr',
      storage,
      direction: 'minimize',
      counts: { all: 1, complete: 1 },
      baseline: null,
      runs: [
        {
          run: '0',
          number: 0,
          state: 'complete',
          rank: 1,
          params: { lr: 0.5 },
          value: 0.5,
          delta: null,
          epochs: 0,
        },
      ],
    })
    expect(document.runs[0].trials[0]).toMatchObject({ number: 0, state: 'complete', value: 0.5, curve: [] })
    const event = JSON.parse((await run(['lr', '--storage', storage, '--jsonl'])).out)
    expect(event).toMatchObject({ event: 'snapshot', study: 'lr' })
  })

  test('several studies are listed, with what to type', async () => {
    const storage = await storageOf('two.db', 'first', 'the second')
    const { code, out } = await run(['--storage', storage])
    expect(code).toBe(EXIT.done)
    expect(out.split('\n')).toEqual([
      'first',
      'the second',
      '',
      `Which one?  thresher watch 'the second' --storage ${storage}`,
      '',
    ])
    expect(JSON.parse((await run(['--storage', storage, '--json'])).out)).toEqual({
      studies: ['first', 'the second'],
    })
  })

  test('THRESHER_STORAGE says where, unless --storage does', async () => {
    const [first, second] = [await storageOf('env.db', 'a'), await storageOf('option.db', 'b')]
    expect((await run([], { THRESHER_STORAGE: first })).out).toContain('watch  a')
    expect((await run(['--storage', second], { THRESHER_STORAGE: first })).out).toContain('watch  b')
  })
})

describe('what cannot be watched is one line with the mend', () => {
  let named: string
  beforeAll(async () => {
    named = await storageOf('named.db', 'lr')
  })

  test.each([
    ['a name that is nearly right', ['lrr'], /no study "lrr"; did you mean "lr"\?$/],
    ['a name that is not there', ['zzzzzz'], /no study "zzzzzz"; it holds lr\.$/],
    ['too many names', ['lr', 'more'], /too many arguments/],
  ])('%s', async (_, argv, message) => {
    const { code, out, err } = await run([...argv, '--storage', named])
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err.trimEnd()).toMatch(message)
    expect(err.trimEnd()).not.toContain('\n')
  })

  test('a storage without studies, without tables, without a file, and none', async () => {
    const empty = await storageOf('empty.db', 'x')
    const opened = await openStorage(empty)
    for (const { id } of await opened.listStudies()) await opened.deleteStudy(id)
    await opened.close()
    expect((await run(['--storage', empty])).err).toMatch(
      /holds no study yet; start one with thresher sweep FILE\.\n$/,
    )
    await writeFile(join(folder, 'text.db'), 'no database, but rather a text that goes on for a while')
    expect((await run(['--storage', `sqlite:///${join(folder, 'text.db')}`])).err).toMatch(
      /is no SQLite database/,
    )
    expect((await run(['--storage', `sqlite:///${join(folder, 'none', 'x.db')}`])).err).toMatch(
      /there is no such file/,
    )
    expect((await run(['--storage', 'studies.db'])).err).toMatch(/is no storage URL; give sqlite/)
    expect((await run(['--storage', 'mysql://x'])).code).toBe(EXIT.usage)
  })

  test('no storage in this folder', async () => {
    const before = process.cwd()
    process.chdir(folder)
    onTestFinished(() => process.chdir(before))
    const { code, err } = await run([])
    expect(code).toBe(EXIT.usage)
    expect(err).toBe(
      'thresher: sqlite:///.thresher/studies.db: there are no studies in this folder; start one with thresher sweep FILE, or say with --storage URL where they are.\n',
    )
  })
})
