import { execFileSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ParamValue } from '@thresher/core'
import { describe, expect, it, vi } from 'vitest'
import { createCommandTrainer } from '../../../src/training/command/command-trainer.js'
import type { CommandTrainerSettings } from '../../../src/training/sweep-plan.js'
import { TrainingFailure, type TrainingReport, type TrainingRun } from '../../../src/training/trainer.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { macro } from '../macro.js'
import { commandSettings } from '../plans.js'

// Each test starts processes, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const { path: root, write } = temporaryFolder()
let runs = 0

/** Prints a line of JSON, as a trainer does. */
const LOG = 'const log = (row) => process.stdout.write(JSON.stringify(row) + "\\n");'
/** Keeps the process there until it is ended. */
const WAIT = 'setInterval(() => {}, 1000);'

interface Trained {
  readonly reports: TrainingReport[]
  readonly directory: string
  readonly result: ReturnType<ReturnType<typeof createCommandTrainer>['run']>
}

/** Runs some JavaScript as a trainer of `m`; `keep` says after each report whether it goes on. */
function train(
  script: string,
  changes: Partial<CommandTrainerSettings> = {},
  {
    params = {},
    keep = () => true,
    signal = new AbortController().signal,
    run = {},
  }: {
    params?: Record<string, ParamValue>
    keep?: (report: TrainingReport) => boolean
    signal?: AbortSignal
    run?: Partial<TrainingRun>
  } = {},
): Trained {
  const name = `run-${runs++}`
  const program = write(`${name}.mjs`, `${LOG}${script}`)
  const directory = join(root, name)
  write(`${name}/.keep`, '')
  const settings = commandSettings({
    command: [process.execPath, macro('program'), macro('args')],
    program,
    directory: root,
    seedParameter: undefined,
    ...changes,
  })
  const reports: TrainingReport[] = []
  const result = createCommandTrainer(settings, 'm').run(
    {
      study: 'a study',
      number: 7,
      attempt: 0,
      params: new Map(Object.entries(params)),
      seed: 42,
      directory,
      worker: 0,
      resumeFrom: undefined,
      ...run,
    },
    {
      signal,
      async report(report) {
        reports.push(report)
        return keep(report)
      },
    },
  )
  return { reports, directory, result }
}

async function failureOf({ result }: Trained): Promise<TrainingFailure> {
  const error = await result.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(TrainingFailure)
  expect((error as Error).message).not.toMatch(/[\r\n]/)
  return error as TrainingFailure
}

/** Settles when no process has that number. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
      // What ended and nobody waits for is gone, too.
      const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X')
      if (/\) [ZX]/.test(state)) return
    } catch {
      return
    }
    await delay(10)
  }
}

const pidFrom = async (directory: string, name: string) =>
  Number(await readFile(join(directory, name), 'utf8'))

describe('a run', () => {
  it('reports what the program prints, step by step', async () => {
    const run = train(
      'log({epoch: 1, m: 0.5, loss: 2}); console.log("garbage {"); log({epoch: 2, m: NaN, loss: 1})',
    )
    // JSON.stringify makes null of NaN; Python writes the word.
    const python = train(
      'console.log(\'{"epoch": 1, "m": NaN}\'); console.log(\'{"epoch": 2, "m": -Infinity}\')',
    )
    expect(await run.result).toMatchObject({
      stopped: false,
      metrics: new Map(Object.entries({ m: 0.5, loss: 1 })),
    })
    expect(run.reports.map(({ step, value }) => [step, value])).toEqual([[1, 0.5]])
    await python.result
    expect(python.reports.map(({ value }) => value)).toEqual([Number.NaN, Number.NEGATIVE_INFINITY])
  })

  it('gets every value as it is, whatever a shell would make of it', async () => {
    const params = {
      semicolon: 'a; touch /tmp/broken',
      substitution: '$(touch broken) `touch broken` $HOME',
      quotes: `it's "quoted" \\ and`,
      lines: 'one\ntwo\r\n',
      글자: '한글 값 🙂',
      empty: '',
      blanks: '  two  ',
      glob: '*',
      dash: '--help',
    }
    const script = 'log({m: 1, n: 0}); console.error(JSON.stringify(process.argv.slice(2)))'
    const run = train(
      script,
      { command: [process.execPath, macro('program'), macro('args_no_equals')] },
      { params },
    )
    const { facts } = await run.result
    const words = Object.entries(params).flatMap(([name, value]) => [`--${name}`, value])
    const log = await readFile(join(run.directory, 'output.log'), 'utf8')
    expect(JSON.parse(log.split('\n').find((line) => line.startsWith('["'))!)).toEqual(words)
    expect((facts.command as string[]).slice(2)).toEqual(words)
    expect(JSON.parse(await readFile(join(run.directory, 'params.json'), 'utf8'))).toEqual(params)
  })

  it('is told about itself by its environment; devices are shared out', async () => {
    const script = 'log({m: 1}); console.error("ENV" + JSON.stringify(process.env))'
    const environment = { OMP_NUM_THREADS: '4', API_TOKEN: 'secret' }
    const run = train(
      script,
      { gpus: ['0', '3'], environment },
      { run: { worker: 3, resumeFrom: '/runs/0002' } },
    )
    const { facts } = await run.result
    const log = await readFile(join(run.directory, 'output.log'), 'utf8')
    const expected = {
      CUDA_VISIBLE_DEVICES: '3',
      OMP_NUM_THREADS: '4',
      THRESHER_STUDY: 'a study',
      THRESHER_RUN: '7',
      THRESHER_SEED: '42',
      THRESHER_RUN_DIR: run.directory,
      THRESHER_PARAMS: join(run.directory, 'params.json'),
      THRESHER_RESUME_FROM: '/runs/0002',
    }
    expect(JSON.parse(/^ENV(.*)$/m.exec(log)![1]!)).toMatchObject({
      ...expected,
      API_TOKEN: 'secret',
      PYTHONUNBUFFERED: '1',
    })
    expect(facts).toMatchObject({
      environment: { ...expected, API_TOKEN: '***' },
      workingDirectory: root,
      exit: 0,
    })
  })

  it('passes the seed as a parameter where one is named', async () => {
    const run = train('log({m: 1})', { seedParameter: 'seed' }, { params: { lr: 0.1 } })
    expect((await run.result).facts.command).toEqual(expect.arrayContaining(['--lr=0.1', '--seed=42']))
  })

  it('keeps the version of the code', async () => {
    const { path, write: put } = repository()
    const first = await train('log({m: 1})', { directory: path }).result
    expect(first.facts.code).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), dirty: false })
    put('code.py', 'changed')
    const second = await train('log({m: 1})', { directory: path }).result
    expect(second.facts.code).toMatchObject({ dirty: true })
  })

  it('that prints 100 MB ends, with all of it on disk', async () => {
    const script = `
      const block = Buffer.alloc(1 << 20, 'x');
      for (let i = 0; i < 100; i++) process.stdout.write(block);
      process.stdout.write('\\n', () => log({m: 0.5}));`
    const run = train(script)
    await run.result
    expect(run.reports).toHaveLength(1)
    expect((await stat(join(run.directory, 'output.log'))).size).toBe(
      100 * 2 ** 20 + 1 + '{"m":0.5}\n'.length,
    )
  })

  it('whose reports are many waits for them', async () => {
    const run = train('for (let i = 0; i < 5000; i++) log({epoch: i, m: i})')
    await run.result
    expect(run.reports.map(({ step }) => step)).toEqual(Array.from({ length: 5000 }, (_, i) => i))
  })

  it('reads its numbers by a pattern', async () => {
    const pattern = String.raw`Epoch (?<step>\d+): hmean (?<value>\S+)`
    const run = train('console.log("Epoch 3: hmean 0.75 \u001b[32mok")', {
      metrics: { kind: 'stdout', pattern },
    })
    await run.result
    expect(run.reports).toEqual([{ step: 3, value: 0.75, metrics: new Map([['m', 0.75]]) }])
  })
})

describe('a pruned run', () => {
  const PRINTS = 'let i = 0; setInterval(() => log({epoch: i, m: i++}), 5);'

  it('is asked to end', async () => {
    const script = `import { writeFileSync } from 'node:fs';
      process.on('SIGTERM', () => { writeFileSync(process.env.THRESHER_RUN_DIR + '/saved', 'checkpoint'); process.exit(0) });`
    const run = train(script + PRINTS, {}, { keep: ({ step }) => step < 2 })
    expect(await run.result).toMatchObject({ stopped: true, facts: { exit: 0 } })
    expect(run.reports.map(({ step }) => step)).toEqual([0, 1, 2])
    expect(await readFile(join(run.directory, 'saved'), 'utf8')).toBe('checkpoint')
  })

  it('that does not is made to', async () => {
    const script = `process.on('SIGTERM', () => {}); process.on('SIGINT', () => {});`
    const run = train(script + PRINTS, { grace: 0.1 }, { keep: () => false })
    expect(await run.result).toMatchObject({ stopped: true, facts: { exit: 'SIGKILL' } })
  })

  it('takes its children with it', async () => {
    const script = `import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
      const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      writeFileSync(process.env.THRESHER_RUN_DIR + '/pid', String(child.pid));`
    const run = train(script + PRINTS, { grace: 5 }, { keep: () => false })
    expect(await run.result).toMatchObject({ stopped: true })
    await gone(await pidFrom(run.directory, 'pid'))
  })

  it.each([
    ['csv', 'metrics.csv', `const line = (i) => (i === 0 ? 'epoch,m\\n' : '') + i + ',' + i / 8 + '\\n';`],
    ['jsonl', 'log.jsonl', `const line = (i) => JSON.stringify({epoch: i, m: i / 8}) + '\\n';`],
  ] as const)('is known by its %s log while it grows', async (format, file, line) => {
    const script = `import { appendFileSync } from 'node:fs'; ${line}
      let i = 0; setInterval(() => appendFileSync(process.env.THRESHER_RUN_DIR + '/${file}', line(i++)), 5);`
    const metrics = { kind: 'file', path: file, format } as const
    const run = train(script, { metrics }, { keep: ({ step }) => step < 2 })
    expect(await run.result).toMatchObject({ stopped: true })
    expect(run.reports.map(({ step, value }) => [step, value])).toEqual([
      [0, 0],
      [1, 0.125],
      [2, 0.25],
    ])
  })
})

describe('a failed run', () => {
  it('says how it ended and what its last words were', async () => {
    const run = train(
      'log({m: 1}); console.error("Traceback:\\n  File x\\nValueError: \u001b[31mbad lr\u0007"); process.exitCode = 3',
    )
    const error = await failureOf(run)
    expect(error.message).toMatch(/^exit code 3: ValueError: {2}\[31mbad lr {1,2}\(.*output\.log\)$/)
    expect(error).toMatchObject({ retry: true, facts: { exit: 3, log: join(run.directory, 'output.log') } })
  })

  it('names the signal that killed it', async () => {
    expect((await failureOf(train(`process.kill(process.pid, "SIGKILL");${WAIT}`))).message).toContain(
      'memory',
    )
    expect((await failureOf(train(`process.kill(process.pid, "SIGSEGV");${WAIT}`))).message).toContain(
      'SIGSEGV',
    )
  })

  it('that hangs is ended when its time is up', async () => {
    const script = `process.on('SIGTERM', () => {}); log({pid: process.pid});${WAIT}`
    const run = train(script, { timeout: 0.4, grace: 0.1 })
    expect(await failureOf(run)).toMatchObject({
      message: expect.stringMatching(/^not done after 0\.4 s, its timeout/),
      retry: false,
    })
  })

  it('that never reports says what it reported', async () => {
    const error = await failureOf(train('log({"val/m": 1, loss: 2})'))
    expect(error.message).toMatch(/^it ended without reporting m; reported were val\/m, loss\. /)
    expect((await failureOf(train(''))).message).toContain('nothing was reported at all')
  })

  it('that cannot be started says why', async () => {
    const start = async (changes: Partial<CommandTrainerSettings>) =>
      (await failureOf(train('', changes))).message
    expect(await start({ command: ['no-such-program-here'] })).toMatch(
      /^"no-such-program-here" cannot be started: /,
    )
    expect(await start({ directory: join(root, 'nowhere') })).toMatch(/nowhere: is no folder; /)
    expect(await start({ command: [write('plain.txt', 'text')] })).toContain('not executable')
    const long = Array.from({ length: 200 }, () => 'x'.repeat(100_000))
    expect(await start({ command: [process.execPath, ...long] })).toContain('too long')
  })

  it('with a log that cannot be read names it', async () => {
    const script = `import { writeFileSync } from 'node:fs';
      writeFileSync(process.env.THRESHER_RUN_DIR + '/trainer_state.json', '[]');${WAIT}`
    const metrics = { kind: 'file', path: 'trainer_state.json', format: 'trainer-state' } as const
    expect((await failureOf(train(script, { metrics, grace: 1 }))).message).toContain(
      'has no list log_history',
    )
  })
})

describe('what a run leaves behind', () => {
  const CHILD = `import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
    const start = (detached) => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit', detached });
      writeFileSync(process.env.THRESHER_RUN_DIR + '/pid', String(child.pid)); child.unref();
    };`

  it('is ended with it', async () => {
    const run = train(`${CHILD} start(false); log({m: 1})`)
    expect(await run.result).toMatchObject({ stopped: false })
    await gone(await pidFrom(run.directory, 'pid'))
  })

  it('in a session of its own is not waited for, though it holds the output open', async () => {
    const run = train(`${CHILD} start(true); log({m: 1})`)
    expect(await run.result).toMatchObject({ stopped: false })
    const pid = await pidFrom(run.directory, 'pid')
    process.kill(pid, 'SIGKILL')
    await gone(pid)
  })

  it.runIf(process.platform === 'linux')(
    'when its own process died is ended by whoever resumes',
    async () => {
      const controller = new AbortController()
      const run = train(
        `log({m: 1, pid: process.pid});${WAIT}`,
        {},
        { signal: controller.signal, keep: () => true },
      )
      let pid: number | undefined
      while (pid === undefined) {
        pid = run.reports[0]?.metrics.get('pid')
        await delay(5)
      }
      const failed = failureOf(run)
      await createCommandTrainer(commandSettings(), 'm').reap!(run.directory)
      await gone(pid)
      expect((await failed).message).toContain('SIGTERM')
    },
  )
})

describe('an aborted run', () => {
  it('ends its program and throws the reason', async () => {
    const controller = new AbortController()
    const reason = new Error('the user leaves')
    const run = train(
      `log({m: 1, pid: process.pid});${WAIT}`,
      {},
      {
        signal: controller.signal,
        keep: () => {
          controller.abort(reason)
          return true
        },
      },
    )
    await expect(run.result).rejects.toBe(reason)
    await gone(run.reports[0]!.metrics.get('pid')!)
  })

  it('before it begins starts nothing', async () => {
    const reason = new Error('early')
    await expect(train('log({m: 1})', {}, { signal: AbortSignal.abort(reason) }).result).rejects.toBe(reason)
  })

  it('because the study cannot be written throws that', async () => {
    const broken = new Error('disk full')
    const run = train(
      `log({m: 1, pid: process.pid});${WAIT}`,
      {},
      {
        keep: () => {
          throw broken
        },
      },
    )
    await expect(run.result).rejects.toBe(broken)
    await gone(run.reports[0]!.metrics.get('pid')!)
  })
})

function repository(): ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder()
  folder.write('code.py', 'first')
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder.path, '-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args])
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'first')
  return folder
}
