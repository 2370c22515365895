import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type ReportOptions, reportOn } from '../../../src/training/analysis/report.js'
import { hydraWords } from '../../../src/training/recommend/hydra-words.js'
import { readableBetween } from '../../../src/training/recommend/readable.js'
import { verifyingSweep } from '../../../src/training/recommend/sweep-yaml.js'
import { readSweepFile } from '../../../src/training/sweep-file/read-sweep-file.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { type MadeRun, studyOf } from '../study-of.js'

const METRIC = { name: 'val_hmean' }
const recommended = async (runs: readonly MadeRun[], options: ReportOptions = {}, direction?: 'minimize') =>
  reportOn(await studyOf(runs, direction), { metric: METRIC, ...options }).recommendations
const summary = (found: Awaited<ReturnType<typeof recommended>>) =>
  found.map(({ role, run, params }) => [role, run, params])

describe('what to run next', () => {
  const SWEEP: MadeRun[] = [
    { name: 'base', value: 96.5, params: { lr: 4e-4, T: 22, opt: 'adam' }, baseline: true },
    { name: 'a', value: 96.6, params: { lr: 6.2e-4, T: 24, opt: 'sgd' }, epochs: 10 },
    { name: 'b', value: 96.4, params: { lr: 3e-4, T: 22, opt: 'adam' }, epochs: 22 },
    { name: 'c', value: 96.0, params: { lr: 5e-4, T: 24, opt: 'sgd' }, epochs: 22 },
  ]

  test('is the highest, the highest trained to the end, and what lies between baseline and highest', async () => {
    const found = await recommended(SWEEP)
    expect(summary(found)).toEqual([
      ['best', 'a', { lr: 6.2e-4, T: 24, opt: 'sgd' }],
      ['stable', 'b', { lr: 3e-4, T: 22, opt: 'adam' }],
      ['hybrid', null, { lr: 5e-4, T: 22, opt: 'adam' }],
    ])
    expect(found.map(({ beyondNoise }) => beyondNoise)).toEqual([false, false, false])
    expect(found[0]!.risk).toMatch(/may be luck/)
    expect(found[2]!.risk).toMatch(/^not run/)
  })

  test('calls the highest better only where it is', async () => {
    const [best] = await recommended(SWEEP, { noise: 0.01 })
    expect(best).toMatchObject({
      beyondNoise: true,
      reason: expect.stringMatching(/^better than the baseline/),
    })
  })

  test('is the baseline where nothing stands above it', async () => {
    const found = await recommended([SWEEP[0]!, SWEEP[2]!])
    expect(found[0]).toMatchObject({ role: 'best', run: 'base', isBaseline: true })
    expect(found.map(({ role }) => role)).toEqual(['best', 'stable'])
  })

  test('goes downwards where less is better', async () => {
    const found = await recommended(
      SWEEP.map((run) => ({ ...run, value: 100 - (run.value as number) })),
      { metric: { name: 'loss' } },
      'minimize',
    )
    expect(found.map(({ run }) => run)).toEqual(['a', 'b', null])
    expect(found[0]!.reason).toMatch(/^the lowest of 3/)
  })

  test('has no hybrid that was run, or that is the baseline or the highest', async () => {
    const ran = { name: 'd', value: 95, params: { lr: 5e-4, T: 22, opt: 'adam' } }
    expect((await recommended([...SWEEP, ran])).map(({ role }) => role)).toEqual(['best', 'stable'])
    const words = [
      { value: 1, params: { opt: 'adam' }, baseline: true },
      { value: 2, params: { opt: 'sgd' } },
    ]
    expect((await recommended(words)).map(({ role }) => role)).toEqual(['best'])
  })

  test('without a baseline is the highest alone, and no claim', async () => {
    const found = await recommended(SWEEP.slice(1).map(({ epochs: _, ...run }) => run))
    expect(found.map(({ role, run, beyondNoise }) => [role, run, beyondNoise])).toEqual([
      ['best', 'a', false],
    ])
  })

  test('is the steadiest of the leading settings where these ran more than once', async () => {
    const seeds = (x: number, ...values: number[]) =>
      values.map((value, seed): MadeRun => ({ value, params: { x }, seed, name: `x${x}`, baseline: x === 0 }))
    const found = await recommended([
      ...seeds(0, 90, 91, 92),
      ...seeds(1, 95, 97, 99),
      ...seeds(2, 96, 96.1, 96.2),
      ...seeds(3, 80, 80, 80.1),
    ])
    expect(found.slice(0, 2).map(({ role, run }) => [role, run])).toEqual([
      ['best', 'x1'],
      ['stable', 'x2'],
    ])
    expect(found[1]!.reason).toMatch(/standard deviation 0\.1 pt over 3 runs/)
  })

  test('fills in from the baseline what nobody wrote down, and says so', async () => {
    const [best] = await recommended([
      { value: 1, params: { lr: 0.1, wd: 0.5 }, baseline: true },
      { value: 2, params: { lr: 0.2 }, unknown: ['wd'] },
    ])
    expect(best).toMatchObject({ params: { lr: 0.2, wd: 0.5 }, filled: ['wd'] })
  })

  test('is given as words and as a sweep file over the seeds', async () => {
    const launch = {
      fixed: new Map<string, string | number>([['data.path', '한 글']]),
      order: ['T', 'data.path', 'lr'],
      program: 'train.py',
      seedParameter: 'trainer.seed',
      seeds: [1, 2],
    }
    const [best] = await recommended(SWEEP, { launch })
    expect(best!.words).toEqual([
      'python',
      'train.py',
      'T=24',
      "data.path='한 글'",
      'lr=0.00062',
      'opt=sgd',
      'trainer.seed=1',
    ])
    expect(parse(best!.yaml)).toMatchObject({
      program: 'train.py',
      method: 'grid',
      metric: { name: 'val_hmean', goal: 'maximize' },
      parameters: {
        T: { value: 24 },
        'data.path': { value: '한 글' },
        lr: { value: 6.2e-4 },
        'trainer.seed': { values: [1, 2] },
      },
    })
    const [own] = await recommended(SWEEP, {
      launch: { command: (params) => ['./train', `--all=${[...params.keys()].join('+')}`] },
    })
    expect(own!.words).toEqual(['./train', '--all=lr+T+opt+seed'])
  })
})

describe('a readable number between two', () => {
  test('has a digit and a half', () => {
    expect(readableBetween(4.567e-4, 4e-4, 5.13e-4)).toBe(4.5e-4)
    expect(readableBetween(8.4e-5, 1e-4, 6.8e-5)).toBe(8.5e-5)
    expect(readableBetween(8.19e-6, 1e-5, 6.39e-6)).toBe(8e-6)
    expect(readableBetween(4.05e-4, 4e-4, 4.1e-4)).toBe(4.05e-4)
    expect(readableBetween(-1.3, -2, -1)).toBe(-1.5)
  })

  test('lies strictly between them, wherever a double does', () => {
    const value = fc.double({ min: 1e-9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const middle = a + (b - a) / 2
        fc.pre(middle !== a && middle !== b)
        const found = readableBetween(middle, a, b)
        expect(found > Math.min(a, b) && found < Math.max(a, b)).toBe(true)
      }),
    )
  })
})

describe('words for Hydra', () => {
  test('quote what its grammar would read as something else', () => {
    const params = new Map<string, string | number | boolean | null>([
      ['lr', 1e-7],
      ['amp', true],
      ['none', null],
      ['path', 'a/b-c.npz'],
      ['word', 'true'],
      ['digits', '1e-4'],
      ['blank', ''],
      ['list', '[1,2]'],
      ['quote', "it's; $(rm)"],
      ['end', 'a b\\'],
    ])
    expect(hydraWords(params)).toEqual([
      'lr=1e-7',
      'amp=true',
      'none=null',
      'path=a/b-c.npz',
      "word='true'",
      "digits='1e-4'",
      "blank=''",
      "list='[1,2]'",
      "quote='it\\'s; $(rm)'",
      "end='a b\\\\'",
    ])
  })
})

describe('a sweep file', () => {
  const folder = temporaryFolder()
  const PARAMS = new Map<string, string | number>([
    ['lr', 1e-7],
    ['optimizer.name', 'on'],
  ])
  const verifying = {
    metric: { name: 'acc', direction: 'maximize', scale: 'fraction', target: null },
    params: PARAMS,
    seedParameter: 'seed',
    seeds: [42, 777, 2024],
  } as const

  test('is read by the sweep, as a grid over the seeds', async () => {
    const file = folder.write('next.yaml', verifyingSweep({ ...verifying, program: 'train.py' }))
    const plan = await readSweepFile(file, { cwd: folder.path })
    expect(plan).toMatchObject({
      format: 'wandb',
      metric: { name: 'acc', direction: 'maximize' },
      trainer: { program: 'train.py' },
    })
    expect([...plan.fixed]).toEqual([...PARAMS])
    expect([...plan.space.declared.keys()]).toEqual(['seed'])
  })

  test('of the built-in trainer is read by the sweep, with the setting as its own baseline', async () => {
    const file = folder.write(
      'own.yaml',
      verifyingSweep({
        ...verifying,
        params: new Map([['lr', 1e-7]]),
        tensorflow: { epochs: 3, batch_size: 2 },
      }),
    )
    expect(await readSweepFile(file, { cwd: folder.path })).toMatchObject({
      format: 'thresher',
      trainer: { kind: 'tensorflow', epochs: 3, batchSize: 2 },
      baseline: { lr: 1e-7 },
      seeds: [42, 777, 2024],
    })
  })

  const sweep = (params: ReadonlyMap<string, string | number | boolean | null>) =>
    verifyingSweep({
      metric: { name: 'val/h: mean', direction: 'minimize', scale: 'plain', target: null },
      params,
      seedParameter: 'seed',
      seeds: [42, 777],
      program: undefined,
    })

  test('holds every value as it is, whatever it is', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z_][\w.-]*$/), value), (params) => {
        const { seed: _, ...rest } = params
        const { parameters } = parse(sweep(new Map(Object.entries(rest))))
        for (const [name, held] of Object.entries(rest)) {
          expect(parameters[name].value).toEqual(Object.is(held, -0) ? expect.closeTo(0) : held)
        }
      }),
    )
  })

  test('writes small numbers so that Python reads numbers', ({ skip }) => {
    const text = sweep(
      new Map<string, string | number>([
        ['lr', 1e-7],
        ['wd', 2.5e-9],
        ['big', 1e21],
        ['word', '1e-7'],
      ]),
    )
    expect(text).toContain('lr: { value: 1.0e-7 }')
    expect(text).toContain('word: { value: "1e-7" }')
    let read: Record<string, { value: unknown }>
    try {
      const script = 'import json,sys,yaml;print(json.dumps(yaml.safe_load(sys.stdin)["parameters"]))'
      read = JSON.parse(
        execFileSync('python3', ['-c', script], {
          input: text,
          encoding: 'utf8',
          stdio: ['pipe', 'pipe', 'ignore'],
        }),
      )
    } catch {
      skip('python3 with PyYAML is not here')
      return
    }
    expect([read.lr!.value, read.wd!.value, read.big!.value, read.word!.value]).toEqual([
      1e-7,
      2.5e-9,
      1e21,
      '1e-7',
    ])
  })
})
