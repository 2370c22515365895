import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createStudy, loadStudy } from '@thresher/core'
import { describe, expect, it } from 'vitest'
import { readSweepFile } from '../../../../src/index.ts'
import { failure } from '../../../support/failure.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const files = fileURLToPath(new URL('files/', import.meta.url))
const folder = temporaryFolder()

const read = (name: string) => readSweepFile(name, { cwd: files })
const macro = (name: string) => `\${${name}}`

describe('a W&B sweep file as it is', () => {
  it('of a grid takes every cell once, without the last step of q_uniform, as W&B does', async () => {
    const plan = await read('grid.yaml')
    expect(plan).toMatchObject({
      file: 'grid.yaml',
      format: 'wandb',
      name: 'grid',
      metric: { name: 'val/loss', direction: 'minimize', target: undefined },
      trials: 2 * 3 * 3,
      pruner: null,
      sampler: { name: 'grid' },
      order: ['batch_size', 'epochs', 'warmup', 'dropout'],
      phases: [{ trials: 18 }],
      notices: ['grid.yaml:3:1: project: of no use here.'],
    })
    expect([...plan.fixed]).toEqual([['epochs', 20]])
    const study = await createStudy({ name: 'g', space: plan.space, sampler: plan.sampler, pruner: null })
    await study.optimize(() => 0, {})
    const cells = study.trials.map(({ params }) => JSON.stringify([...params].sort()))
    expect(new Set(cells).size).toBe(18)
    // Names in order, the last fastest.
    expect(
      study.trials
        .slice(0, 4)
        .map(({ params }) => ['batch_size', 'dropout', 'warmup'].map((name) => params.get(name))),
    ).toEqual([
      [16, 0.1, 0],
      [16, 0.1, 1],
      [16, 0.1, 2],
      [16, 0.2, 0],
    ])
    const dropouts = new Set(study.trials.map(({ params }) => params.get('dropout')))
    expect([...dropouts].sort()).toEqual([0.1, 0.2, 0.3])
  })

  it('of random search keeps the macros of its command, its cap and its target', async () => {
    const plan = await read('random.yaml')
    expect(plan).toMatchObject({
      name: 'dbnet-lr',
      description: 'first look at the schedule',
      metric: { name: 'val/hmean', direction: 'maximize', target: 0.97, summary: 'best' },
      trials: 12,
      phases: [{ trials: 12 }],
      order: ['lr', 'weight_decay', 'T_max', 'batch_size', 'amp'],
      trainer: {
        kind: 'command',
        program: 'tools/train.py',
        command: [
          macro('env'),
          'CUDA_LAUNCH_BLOCKING=0',
          macro('interpreter'),
          '-u',
          macro('program'),
          '--config=configs/db.yaml',
          macro('args_no_boolean_flags'),
        ],
      },
      notices: [
        "random.yaml:16:10: 1e-5, 1e-2: W&B's YAML reader takes such numbers for texts, for want of a point or a sign as in 1.0e-5; here they are numbers.",
        'random.yaml:6:1: project, entity: of no use here.',
        'random.yaml:19:5: parameters.weight_decay: min and max of log_uniform are exponents of e: 0.00001013 to 0.01005.',
      ],
    })
    expect(plan.fixed.get('amp')).toBe(true)
    expect(plan.space.declared.get('lr')!.distribution).toEqual({
      kind: 'float',
      low: 1e-5,
      high: 1e-2,
      step: null,
      log: true,
    })
    expect(plan.sampler.options).toMatchObject({
      sampler: { name: 'random' },
      laws: { T_max: { law: 'uniform', q: 5 }, batch_size: { law: 'log-uniform', q: 8 } },
    })
  })

  it('of bayes with hyperband becomes gp with the rule of W&B', async () => {
    const plan = await read('hyperband.yaml')
    expect(plan.sampler).toMatchObject({ name: 'gp' })
    expect(plan.pruner).toMatchObject({
      name: 'wandb-hyperband',
      options: { minIter: 3, maxIter: null, s: null, eta: 2, strict: true },
    })
    expect(plan.trials).toBeUndefined()
    expect(plan.phases[0]!.trials).toBe(Number.POSITIVE_INFINITY)
    expect(plan.notices).toContain(
      "hyperband.yaml:2:9: method: bayes is Thresher's Gaussian process (gp), not W&B's.",
    )
    const { low, high } = plan.space.declared.get('lr')!.distribution as { low: number; high: number }
    expect([Math.log(low), Math.log(high)].map((x) => Number(x.toFixed(9)))).toEqual([-11.5, -4.6])
  })

  it('names nested parameters with dots, and follows anchors', async () => {
    const plan = await read('nested.yaml')
    expect(plan.order).toEqual([
      'optimizer.name',
      'optimizer.lr',
      'optimizer.scheduler.T_max',
      'head_lr',
      'seed',
    ])
    expect(plan.space.declared.get('head_lr')!.distribution).toMatchObject({ low: 1e-5, high: 1e-2 })
    expect(plan.pruner!.options).toEqual({ minIter: null, maxIter: 27, s: 2, eta: 3, strict: false })
    expect(plan.notices.join('\n')).toMatch(/nested\.yaml:4:1: controller: of no use here\./)
    expect(plan.notices.join('\n')).toMatch(/metric\.impute: of no use here/)
    expect(plan.trainer).toMatchObject({
      command: [
        macro('env'),
        'WANDB_MODE=offline',
        macro('interpreter'),
        macro('program'),
        macro('args_json'),
        macro('envvar:HOME'),
      ],
    })
  })

  it('for Hydra keeps names with + and passes lists on as text', async () => {
    const plan = await read('hydra.yaml')
    expect(plan.order).toEqual(['++model.contrastive_weight', 'experiment', 'hidden'])
    expect(plan.space.declared.get('hidden')!.distribution).toMatchObject({
      choices: ['[64, 64]', '[128, 128]'],
    })
    expect(plan.notices.filter((line) => line.includes('is passed on as the text'))).toHaveLength(2)
  })

  it('may have keys that are none of W&B’s, which notices name', async () => {
    const text = `${BASE}method: bayes\ncount: 15\nearly_terminate: {type: hyperband, min_iter: 10, eta: 2, s: 2, mode: max}\n${PARAMETERS}`
    folder.write('k.yaml', text)
    const plan = await readSweepFile('k.yaml', { cwd: folder.path })
    expect(plan.notices).toEqual([
      "k.yaml:4:1: count: no key of W&B's, and left out.",
      "k.yaml:3:9: method: bayes is Thresher's Gaussian process (gp), not W&B's.",
      "k.yaml:5:64: early_terminate: mode: no key of W&B's, and left out.",
    ])
    expect(plan.pruner!.options).toMatchObject({ minIter: 10, eta: 2 })
  })

  it('without a command has that of the agent', async () => {
    expect((await read('grid.yaml')).trainer).toMatchObject({
      command: [macro('env'), macro('interpreter'), macro('program'), macro('args')],
    })
  })

  it.each(
    [
      'env',
      'interpreter',
      'program',
      'args',
      'args_no_equals',
      'args_no_hyphens',
      'args_no_boolean_flags',
      'args_json',
      'args_json_file',
      'args_append_hydra',
      'args_override_hydra',
      'envvar:CUDA_HOME',
    ].map(macro),
  )('keeps the macro %s', async (word) => {
    const path = folder.write('m.yaml', `${BASE}method: random\ncommand: [run, "${word}"]\n${PARAMETERS}`)
    expect((await readSweepFile(path, { cwd: folder.path })).trainer).toMatchObject({
      command: ['run', word],
    })
  })

  it('runs where its program is: in the working folder, else beside the file', async () => {
    const cwd = join(folder.path, 'repo')
    mkdirSync(join(cwd, 'sweeps'), { recursive: true })
    copyFileSync(join(files, 'grid.yaml'), join(cwd, 'sweeps/grid.yaml'))
    const directory = async () => {
      const { trainer } = await readSweepFile('sweeps/grid.yaml', { cwd })
      return trainer.kind === 'command' ? trainer.directory : undefined
    }
    expect(await directory()).toBe(cwd)
    writeFileSync(join(cwd, 'sweeps/train.py'), '')
    expect(await directory()).toBe(join(cwd, 'sweeps'))
    writeFileSync(join(cwd, 'train.py'), '')
    expect(await directory()).toBe(cwd)
  })

  it('is resumed from what stands in its study', async () => {
    const plan = await read('random.yaml')
    const pruned = await read('hyperband.yaml')
    const storage = `sqlite:///${join(folder.path, 'resume.db')}`
    const study = await createStudy({
      name: plan.name,
      storage,
      space: plan.space,
      sampler: plan.sampler,
      pruner: pruned.pruner,
      direction: 'maximize',
      seed: 4,
    })
    await study.optimize(() => 0, { trials: 2 })
    await study.close()
    const again = await loadStudy({ name: plan.name, storage })
    await again.optimize(() => 0, { trials: 2 })
    const whole = await createStudy({
      name: 'w',
      space: plan.space,
      sampler: plan.sampler,
      pruner: null,
      seed: 4,
    })
    await whole.optimize(() => 0, { trials: 4 })
    const params = (trials: typeof whole.trials) => trials.map((trial) => [...trial.params])
    expect(params(again.trials)).toEqual(params(whole.trials))
    await again.close()
  })
})

const BASE = 'program: t.py\nmetric: {name: m, goal: maximize}\n'
const PARAMETERS = 'parameters: {a: {values: [1, 2]}}\n'

describe('what a W&B file asks for and is not here', () => {
  it.each([
    [
      `${BASE}method: custom\n${PARAMETERS}`,
      "3:9: method: is custom, and W&B's custom schedulers are not here. Give bayes, random or grid.",
    ],
    [
      `${BASE}method: random\nscheduler: {engine: optuna}\n${PARAMETERS}`,
      "4:1: scheduler: W&B's schedulers are not here. Leave it out and give method: bayes, random or grid.",
    ],
    [
      `job: x\nmethod: random\n${PARAMETERS}`,
      '1:1: job: W&B Launch jobs are not here. Give program or command.',
    ],
    [
      `image_uri: x\nmethod: random\n${PARAMETERS}`,
      '1:1: image_uri: W&B Launch images are not here. Give program or command.',
    ],
    [
      `${BASE}method: random\nmetrics: [{name: a}, {name: b}]\n${PARAMETERS}`,
      '4:1: metrics: a sweep here has one metric. Give metric: {name, goal}.',
    ],
    [
      `program: t.py\nmethod: grid\n${PARAMETERS}`,
      '1:1: metric is missing, and runs are ranked by it. Give metric: {name: ..., goal: maximize}.',
    ],
    [
      `${BASE}method: random\nruncap: 3\n${PARAMETERS}`,
      '4:1: there is no key "runcap" here. Did you mean run_cap?',
    ],
    [`${BASE}method: random\nrun_cap: 0\n${PARAMETERS}`, '4:10: run_cap: is 0. Give a whole number from 1.'],
    [
      `${BASE}method: random\ncommand: [a, "${macro('foo')}"]\n${PARAMETERS}`,
      `4:14: command[1]: ${macro('foo')} is no macro. There are`,
    ],
    [
      `${BASE}method: random\ncommand: python t.py\n${PARAMETERS}`,
      '4:10: command: is "python t.py". Give its words as a list:',
    ],
    [
      `method: random\nmetric: {name: m}\n${PARAMETERS}`,
      `1:1: program is missing, and the command names ${macro('program')}.`,
    ],
    [
      `${BASE}method: random\nearly_terminate: {type: hyperband, max_iter: 2, s: 3}\n${PARAMETERS}`,
      '4:18: early_terminate: max_iter 2 and eta 3 leave no band; give a larger max_iter',
    ],
    [
      `${BASE}method: random\nearly_terminate: {type: hyperband, eta: 2}\n${PARAMETERS}`,
      '4:18: early_terminate: has no bands. Give min_iter, or max_iter and s.',
    ],
    [
      `${BASE}method: random\nearly_terminate: {type: envelope}\n${PARAMETERS}`,
      '4:25: early_terminate.type: is "envelope". Give hyperband.',
    ],
  ])('%#', async (text, message) => {
    const path = folder.write('bad.yaml', text)
    expect(await failure(() => readSweepFile(path, { cwd: folder.path }))).toContain(`bad.yaml:${message}`)
  })

  it.each([
    ['grid', '{min: 0, max: 1.0}', ': uniform has no end of values, and a grid needs them listed.'],
    ['grid', '{values: [1, 2], probabilities: [0.5, 0.5]}', '.probabilities: mean nothing in a grid.'],
    [
      'grid',
      '{distribution: int_uniform, min: 1, max: 10000000}',
      ': has over 5,000,000 values. Give fewer.',
    ],
    ['random', '{min: 3, max: 1}', '.max: is 1 and min is 3. Give a max above min.'],
    ['random', '{min: 1, max: 2, q: 3}', ': has q and no distribution. Give distribution: q_uniform.'],
    [
      'random',
      '{distribution: log_uniform_values, min: 0, max: 1}',
      '.min: is 0; a logarithmic scale begins above 0.',
    ],
    [
      'random',
      '{distribution: log_uniform, min: 500, max: 1000}',
      ': min and max are exponents of e, and e^500 to e^1000 is no range. Is log_uniform_values meant?',
    ],
    [
      'random',
      '{distribution: loguniform, min: 1, max: 2}',
      '.distribution: is "loguniform". Give constant,',
    ],
    ['random', '{distribution: uniform, min: 1, max: x}', '.max: is "x". Give a number.'],
    ['random', '{distribution: int_uniform, min: 1.5, max: 2}', '.min: is 1.5. Give a whole number'],
    ['random', '{distribution: normal, sigma: -1}', '.sigma: is -1. Give a number above 0.'],
    [
      'random',
      '{distribution: normal, mean: 1}',
      ': there is no key "mean" here. The keys are distribution, mu, sigma.',
    ],
    [
      'random',
      '{distribution: log_normal, sigma: 1000}',
      ': log-normal reaches from 0 to Infinity, which no number holds;',
    ],
    ['random', '{distribution: beta, a: 0}', '.a: is 0. Give a number above 0.'],
    [
      'random',
      '{values: [1, 2], probabilities: [0.5]}',
      '.probabilities: has 1 for 2 values. Give one each.',
    ],
    ['random', '{values: [1, 2], probabilities: [0.5, 0.6]}', '.probabilities: sum to 1.1. Make it 1.'],
    ['random', '{values: []}', '.values: has no values. Give at least one.'],
    ['random', '{mu: 1}', ': has mu. Give value, values, min and max, a distribution or nested parameters.'],
    ['random', '3', ': is 3. Give value, values, min and max, or a distribution.'],
    ['random', '{value: 3}', 'parameters: every parameter has one value, and there is nothing to search.'],
  ])('in %s: %s', async (method, parameter, message) => {
    const path = folder.write('bad.yaml', `${BASE}method: ${method}\nparameters:\n  lr: ${parameter}\n`)
    const thrown = await failure(() => readSweepFile(path, { cwd: folder.path }))
    expect(thrown).toContain(message)
    expect(thrown).toMatch(/^.*bad\.yaml:[45]:\d+: parameters/)
  })
})
