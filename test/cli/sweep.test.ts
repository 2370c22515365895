import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { THRESHER, temporaryFolder, thresher } from './thresher.js'

const EXAMPLE = fileURLToPath(new URL('../../packages/sweeps/examples/train.py', import.meta.url))
const python = ['python', 'python3'].find((name) => spawnSync(name, ['--version']).status === 0)

/** A trainer of the tests' own: x decides; `crash` fails; from the run on that the file `hold` names it does not end, whatever it is asked. */
const TRAINER = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
const run = Number(process.env.THRESHER_RUN)
const args = Object.fromEntries(process.argv.slice(2).map((word) => word.replace(/^--/, '').split('=')))
const log = (row) => process.stdout.write(JSON.stringify(row) + '\\n')
if (args.crash === 'True') { console.error('RuntimeError: no device'); process.exit(1) }
if (existsSync('hold') && run >= Number(readFileSync('hold', 'utf8'))) {
  process.on('SIGTERM', () => {})
  writeFileSync('pid-' + run, String(process.pid))
  setInterval(() => {}, 1000)
}
for (let epoch = 1; epoch <= 3; epoch++) log({ epoch, score: 0.9 - Math.abs(args.x - 7) / 100 - (3 - epoch) / 50 })
`

interface Event {
  readonly event: string
  readonly number?: number
  readonly state?: string
  readonly step?: number
}

/** A folder with the trainer and a sweep file that runs it. */
async function sweepFolder(parameters: string, more = '', grace = '0.2s'): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'train.mjs'), TRAINER)
  const file = `name: tiny
metric: {name: score, direction: maximize}
trainer: {command: [${JSON.stringify(process.execPath)}, "\${program}", "\${args}"], program: train.mjs, grace: ${grace}}
sampler: random
seed: 1
parameters: ${parameters}
${more}`
  await writeFile(join(folder, 'sweep.yaml'), file)
  return folder
}

/** Starts a sweep, and gives its events as they come. */
function start(args: readonly string[], cwd: string) {
  const child: ChildProcess = spawn(THRESHER, ['sweep', 'sweep.yaml', '--jsonl', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const events: Event[] = []
  let rest = ''
  let errors = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    events.push(...lines.map((line) => JSON.parse(line) as Event))
  })
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, events, ended, stderr: () => errors }
}

/** The runs that reported their last epoch. */
function reports(events: readonly Event[]): ReadonlySet<number> {
  const last = events.filter(({ event, step }) => event === 'report' && step === 3)
  return new Set(last.map(({ number }) => number!))
}

/** Whether a process has ended, waited for or not. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform === 'linux' && /\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(10)
}

describe('sweep', () => {
  it('runs a sweep file, ranks its runs and says what to run next', async () => {
    const folder = await sweepFolder('{x: {int: [0, 9]}}', 'trials: 4\nbaseline: {x: 3}\n')
    const run = await thresher(['sweep', 'sweep.yaml'], { cwd: folder })
    expect(run).toMatchObject({ code: 0 })
    expect(run.stdout).toMatch(/^thresher {2}sweep {2}tiny .*5 runs {2}✓ 5 done/)
    expect(run.stdout).toMatch(/^base {4}0 {2}0\.8600/m)
    expect(run.stdout).toContain('Ended: every phase is done.')
    expect(run.stdout).toMatch(/ run {5}.*train\.mjs --x=\d/)
    expect(run.stderr).toMatch(/^run 0 \(baseline, .*\): x 3$/m)
    expect(run.stderr).toMatch(/^run 4 done: 0\.\d+ in .* s; 5 done, 0 left$/m)
    expect((await readdir(join(folder, '.thresher/runs/tiny'))).sort()).toEqual([
      '0000',
      '0001',
      '0002',
      '0003',
      '0004',
    ])
    expect(await thresher(['sweep', 'sweep.yaml'], { cwd: folder })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('study "tiny" is there already'),
    })
  })

  it('gives a document, and the runs of one sitting', async () => {
    const folder = await sweepFolder('{x: {int: [0, 9]}}', 'trials: 4\n')
    const first = await thresher(['sweep', 'sweep.yaml', '--count', '1', '--json'], { cwd: folder })
    expect(first.code).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({
      reason: 'count',
      study: 'tiny',
      counts: { complete: 1 },
    })
    const second = await thresher(['sweep', 'sweep.yaml', '--resume', '--json'], { cwd: folder })
    expect(JSON.parse(second.stdout)).toMatchObject({
      reason: 'done',
      counts: { complete: 4 },
      report: { study: 'tiny', trials: { complete: 4 } },
    })
  })

  it('ends where every run fails, with the reason', async () => {
    const folder = await sweepFolder('{x: {int: [0, 9]}, crash: true}', 'trials: 50\n')
    const run = await thresher(['sweep', 'sweep.yaml'], { cwd: folder })
    expect(run.code).toBe(1)
    // On a machine that is too busy for three runs a minute it is five.
    expect(run.stderr).toMatch(/^ended: .* failed.*, the last one: exit code 1: RuntimeError: no device /m)
  })

  it('stops on an interrupt, and goes on with what was stopped', async () => {
    const folder = await sweepFolder('{x: {int: [0, 9]}}', 'trials: 2\nworkers: 2\n')
    await writeFile(join(folder, 'hold'), '0')
    const first = start([], folder)
    await until(() => reports(first.events).size === 2)
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(130)
    expect(first.events.at(-1)).toMatchObject({ reason: 'interrupted', counts: { waiting: 2 } })
    await rm(join(folder, 'hold'))
    const second = await thresher(['sweep', 'sweep.yaml', '--resume', '--json'], { cwd: folder })
    expect(JSON.parse(second.stdout)).toMatchObject({ reason: 'done', counts: { all: 2, complete: 2 } })
  })

  it('leaves at once on a second interrupt, and takes its runs with it', async () => {
    const folder = await sweepFolder('{x: {int: [0, 9]}}', 'trials: 1\n', '1h')
    await writeFile(join(folder, 'hold'), '0')
    const { child, events, ended, stderr } = start([], folder)
    await until(() => reports(events).size === 1)
    child.kill('SIGINT')
    await until(() => stderr().includes('Interrupt again to leave at once'))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    const pid = Number(await readFile(join(folder, 'pid-0'), 'utf8'))
    await until(() => isGone(pid))
  })

  it('killed with -9 again and again loses no finished run', async () => {
    const folder = await sweepFolder('{x: {int: [0, 9]}}', 'trials: 8\nworkers: 2\n')
    const finished: number[] = []
    for (const hold of [2, 6]) {
      await writeFile(join(folder, 'hold'), String(hold))
      const { child, events, ended } = start(['--resume'], folder)
      const done = () => events.filter(({ event }) => event === 'finished')
      await until(() => done().length >= 2)
      child.kill('SIGKILL')
      await ended
      expect(child.signalCode).toBe('SIGKILL')
      finished.push(...done().map(({ number }) => number!))
    }
    await rm(join(folder, 'hold'))
    const last = await thresher(['sweep', 'sweep.yaml', '--resume', '--json'], { cwd: folder })
    const { runs, ...document } = JSON.parse(last.stdout) as {
      runs: { trials: { number: number; state: string }[] }[]
    }
    expect(document).toMatchObject({ reason: 'done', counts: { complete: 8 } })
    const complete = runs.flatMap(({ trials }) => trials).filter(({ state }) => state === 'complete')
    expect(complete.map(({ number }) => number)).toEqual(expect.arrayContaining(finished))
    // What the killed ones had started ended with whoever resumed.
    for (const name of await readdir(folder)) {
      if (name.startsWith('pid-')) await until(() => isGone(Number(readFileSync(join(folder, name), 'utf8'))))
    }
  })

  it.skipIf(python === undefined)('runs the example by a W&B file as it is', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'train.py'), await readFile(EXAMPLE))
    const file = `program: train.py
method: random
run_cap: 4
metric: {name: val/hmean, goal: maximize}
early_terminate: {type: hyperband, min_iter: 2}
command: ["\${env}", "\${interpreter}", "\${program}", "\${args_no_hyphens}"]
parameters:
  lr: {distribution: log_uniform_values, min: 0.0001, max: 0.001}
  T_max: {values: [20, 22, 24]}
  epochs: {value: 4}
`
    await writeFile(join(folder, 'wandb.yaml'), file)
    const run = await thresher(['sweep', 'wandb.yaml', '--jsonl'], { cwd: folder })
    expect(run.code).toBe(0)
    const events = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event)
    expect(events.filter(({ event }) => event === 'finished')).toHaveLength(4)
    expect(events.at(-1)).toMatchObject({ event: 'result', study: 'wandb', reason: 'done' })
  })

  it('says what is wrong with a file in one line', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'sweep.yaml'), 'method: grid\n')
    const run = await thresher(['sweep', 'sweep.yaml'], { cwd: folder })
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(/^thresher: sweep\.yaml:1:1: .*\n$/)
  })
})
