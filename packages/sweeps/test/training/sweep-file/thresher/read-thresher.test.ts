import { createStudy } from '@thresher/core'
import { describe, expect, it } from 'vitest'
import { readSweepFile } from '../../../../src/index.ts'
import { failure } from '../../../support/failure.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const folder = temporaryFolder()
const read = (text: string, name = 'sweep.yaml') => {
  folder.write(name, text)
  return readSweepFile(name, { cwd: folder.path })
}
const COMMAND = `[python, train.py, "\${args_no_hyphens}"]`
const HEAD = `metric: {name: val/hmean, direction: maximize}\ntrainer: {command: ${COMMAND}}\n`

const WHOLE = `
name: efficientnet-b4-lr
description: the schedule
metric: {name: val/hmean, direction: maximize, target: 0.97, summary: last}
trainer:
  command: ${COMMAND}
  program: train.py
  directory: code
  environment: {OMP_NUM_THREADS: 4, EMPTY: }
  metrics: {csv: logs/metrics.csv}
  timeout: 2h 30m
  retries: 2
  retry_delay: 5s
  gpus: [0, GPU-8f]
  runs_per_gpu: 2
  seed_parameter: seed
  grace: 1m
parameters:
  lr: {log: [1e-5, 1e-2]}
  wd: tag(log, interval(1e-5, 1e-2))
  T_max: {int: [5, 52], step: 5}
  optimizer: [sgd, adamw]
  momentum: {float: [0, 0.99], when: {optimizer: sgd}}
  batch: {log_int: [4, 64]}
  model.dropout: {float: [0, 0.5], step: 0.1}
  ratio: {choice: [1, 2], weights: [1, 3]}
  noise: {normal: [0, 1]}
  decay: {log_normal: [-5, 2]}
  share: {beta: [2, 5]}
  amp: true
  note: {value: "a,b"}
baseline:
  {lr: 4e-4, wd: 1e-4, T_max: 22, optimizer: adamw, batch: 16, model.dropout: 0.2, ratio: 1, noise: 9, decay: 1, share: 0.5, amp: true}
seeds: [42, 777, 2024]
sampler: {tpe: {startup_trials: 5}}
pruner: {hyperband: {min: 3, eta: 2}}
stopping: {stagnation: {trials: 10}, regret_bound: {error: 0.001}}
phases:
  - {name: coarse, trials: 20}
  - {trials: 15, around: 0.3, only_if_gain: 0.1, sampler: gp}
  - {verify: 3}
timeout: 1d
workers: 3
seed: 7
`

describe('a sweep file of ours', () => {
  it('says all that a plan holds', async () => {
    const plan = await read(WHOLE)
    expect(plan).toMatchObject({
      file: 'sweep.yaml',
      format: 'thresher',
      name: 'efficientnet-b4-lr',
      description: 'the schedule',
      metric: { name: 'val/hmean', direction: 'maximize', target: 0.97, summary: 'last' },
      trials: undefined,
      timeout: 86_400,
      workers: 3,
      seed: 7,
      seeds: [42, 777, 2024],
      notices: [],
      sampler: {
        name: 'with-laws',
        options: {
          sampler: { name: 'tpe', options: { startupTrials: 5 } },
          laws: {
            ratio: { law: 'categorical', weights: [1, 3] },
            noise: { law: 'normal', mu: 0, sigma: 1 },
            decay: { law: 'log-normal', mu: -5, sigma: 2 },
            share: { law: 'beta', a: 2, b: 5 },
          },
        },
      },
      pruner: { name: 'hyperband', options: { minResource: 3, maxResource: 'auto', reductionFactor: 2 } },
      stopping: {
        name: 'any-of',
        options: { rules: [{ name: 'stagnation', options: { trials: 10 } }, { name: 'regret-bound' }] },
      },
    })
    expect(plan.trainer).toEqual({
      kind: 'command',
      command: ['python', 'train.py', `\${args_no_hyphens}`],
      program: 'train.py',
      directory: `${folder.path}/code`,
      environment: { OMP_NUM_THREADS: '4', EMPTY: '' },
      metrics: { kind: 'file', path: 'logs/metrics.csv', format: 'csv' },
      timeout: 9000,
      retries: 2,
      retryDelay: 5,
      gpus: ['0', 'GPU-8f'],
      runsPerGpu: 2,
      seedParameter: 'seed',
      grace: 60,
    })
    expect(plan.phases.map(({ sampler, ...phase }) => ({ ...phase, sampler: sampler?.name }))).toEqual([
      { name: 'coarse', trials: 20, around: 1, verify: undefined, onlyIfGain: undefined, sampler: undefined },
      { name: 'phase 2', trials: 15, around: 0.3, verify: undefined, onlyIfGain: 0.1, sampler: 'with-laws' },
      { name: 'verify', trials: 0, around: 1, verify: 3, onlyIfGain: undefined, sampler: undefined },
    ])
    expect(plan.order).toEqual([
      ...['lr', 'wd', 'T_max', 'optimizer', 'momentum', 'batch', 'model.dropout', 'ratio'],
      ...['noise', 'decay', 'share', 'amp', 'note'],
    ])
    expect([...plan.fixed]).toEqual([
      ['amp', true],
      ['note', 'a,b'],
    ])
    expect(plan.baseline).not.toHaveProperty('amp')
    const distributions = Object.fromEntries(plan.space.distributions())
    expect(distributions).toMatchObject({
      lr: { kind: 'float', low: 1e-5, high: 1e-2, step: null, log: true },
      wd: { kind: 'float', low: 1e-5, high: 1e-2, step: null, log: true },
      T_max: { kind: 'int', low: 5, high: 50, step: 5, log: false },
      optimizer: { kind: 'categorical', choices: ['sgd', 'adamw'] },
      batch: { kind: 'int', low: 4, high: 64, step: 1, log: true },
      'model.dropout': { kind: 'float', low: 0, high: 0.5, step: 0.1 },
      share: { kind: 'float', log: false },
    })
    expect(plan.space.declared.get('momentum')!.condition).toEqual({ name: 'optimizer', values: ['sgd'] })
  })

  it('makes a study that takes the baseline, its seeds and the search', async () => {
    const { name, space, sampler, pruner, baseline, seeds, seed } = await read(WHOLE)
    const study = await createStudy({
      name,
      space,
      sampler,
      pruner,
      baseline: baseline!,
      seeds: seeds!,
      seed: seed!,
    })
    await study.optimize(() => 1, { trials: 12 })
    expect(study.trials).toHaveLength(12)
    expect(study.trials[0]!.params.get('T_max')).toBe(22)
  })

  it('says little where little is asked', async () => {
    const plan = await read(`${HEAD}parameters: {lr: {log: [1e-5, 1e-2]}, size: 640}\n`, 'first.yml')
    expect(plan).toMatchObject({
      name: 'first',
      sampler: { name: 'tpe' },
      pruner: null,
      stopping: undefined,
      trials: undefined,
      timeout: undefined,
      workers: 1,
      seeds: undefined,
      baseline: undefined,
      metric: { target: undefined, summary: 'best' },
      phases: [{ name: 'search', trials: Number.POSITIVE_INFINITY }],
      trainer: {
        directory: folder.path,
        metrics: { kind: 'stdout', pattern: undefined },
        retries: 0,
        retryDelay: 10,
        grace: 30,
        gpus: [],
      },
    })
  })

  it('of a grid has as many trials as cells', async () => {
    const grid =
      'parameters: {a: [1, 2], b: "range(0,1,0.25)", c: {int: [0, 2]}}\nsampler: {grid: {shuffle: true}}\n'
    const plan = await read(HEAD + grid)
    expect(plan).toMatchObject({ trials: 24, phases: [{ trials: 24 }] })
    expect(plan.sampler.options).toMatchObject({ shuffle: true, values: { b: [0, 0.25, 0.5, 0.75] } })
  })

  it('has all of a law in random search, and 99.8 % of it else', async () => {
    const high = async (sampler: string) => {
      const plan = await read(`${HEAD}parameters: {x: {normal: [0, 1]}}\nsampler: ${sampler}\n`)
      return (plan.space.declared.get('x')!.distribution as { high: number }).high
    }
    expect(await high('random')).toBeGreaterThan(8)
    expect(await high('gp')).toBeCloseTo(3.0902, 4)
  })

  it('may pass no parameters on, which a notice tells', async () => {
    const plan = await read(
      'metric: {name: m, direction: minimize}\ntrainer: {command: [run, 3]}\nparameters: {x: [1, 2]}\n',
    )
    expect(plan.trainer).toMatchObject({ command: ['run', '3'] })
    expect(plan.notices).toEqual([
      `sweep.yaml:2:20: trainer.command: no word passes the parameters on; \${args} or \${args_no_hyphens} would.`,
    ])
  })

  it('shares workers out by its GPUs', async () => {
    const trainer = `trainer: {command: [run], gpus: [0, 1], runs_per_gpu: 2}`
    const plan = await read(`metric: {name: m, direction: minimize}\n${trainer}\nparameters: {x: [1, 2]}\n`)
    expect(plan.workers).toBe(4)
  })

  it.each([
    ['stdout', { kind: 'stdout', pattern: undefined }],
    ["{stdout: 'hmean (?<value>[\\d.]+)'}", { kind: 'stdout', pattern: 'hmean (?<value>[\\d.]+)' }],
    ['{csv: a.csv}', { kind: 'file', path: 'a.csv', format: 'csv' }],
    ['{jsonl: a.jsonl}', { kind: 'file', path: 'a.jsonl', format: 'jsonl' }],
    ['{trainer_state: t.json}', { kind: 'file', path: 't.json', format: 'trainer-state' }],
    ['{tensorboard: runs}', { kind: 'tensorboard', path: 'runs' }],
  ])('takes its numbers from %s', async (written, metrics) => {
    const trainer = `trainer: {command: [run], metrics: ${written}}`
    const plan = await read(`metric: {name: m, direction: minimize}\n${trainer}\nparameters: {x: [1, 2]}\n`)
    expect(plan.trainer).toMatchObject({ metrics })
  })

  it('trains with the built-in trainer', async () => {
    const of = async (trainer: string) =>
      (
        await read(
          `metric: {name: hmean, direction: maximize}\ntrainer: ${trainer}\nparameters: {lr: [1, 2]}\n`,
        )
      ).trainer
    expect(await of('tensorflow')).toMatchObject({ kind: 'tensorflow', backend: 'auto' })
    expect(await of('{tensorflow: {epochs: 3, batch_size: 2, backend: wasm}}')).toMatchObject({
      kind: 'tensorflow',
      epochs: 3,
      batchSize: 2,
      backend: 'wasm',
    })
  })

  it.each(['tpe', 'gp', 'random', 'quasi_random', 'cma_es', 'nsga2', 'evolutionary'])(
    'searches with %s',
    async (name) => {
      const plan = await read(`${HEAD}parameters: {x: {float: [0, 1]}}\nsampler: ${name}\n`)
      expect(plan.sampler.name).toBe(name.replace('_', '-'))
    },
  )

  it.each([
    ['median', 'median'],
    ['{median: {n_startup_trials: 2}}', 'median'],
    ['{percentile: {percentile: 25}}', 'percentile'],
    ['hyperband', 'hyperband'],
    ['{successive_halving: {min: 2, eta: 3}}', 'successive-halving'],
    ['{asha: {min: 2, max: 30, eta: 3}}', 'asha'],
    ['{wandb_hyperband: {min_iter: 3}}', 'wandb-hyperband'],
    ['{threshold: {lower: 0.5}}', 'threshold'],
    ['{wilcoxon: {p_threshold: 0.1}}', 'wilcoxon'],
    ['none', undefined],
  ])('prunes with %s', async (written, name) => {
    const plan = await read(`${HEAD}parameters: {x: [1, 2]}\npruner: ${written}\n`)
    expect(plan.pruner?.name).toBe(name)
  })
})

describe('what is wrong in a file of ours', () => {
  it.each([
    [
      'lr: {lgo: [1, 2]}',
      '4:7: parameters.lr: is a map. Give a value, a list of choices, {log: [low, high]},',
    ],
    ['lr: {log: [1e-2]}', '4:13: parameters.lr.log: has 1. Give [low, high].'],
    ['lr: {log: [1e-2, x]}', '4:20: parameters.lr.log[1]: is "x". Give a number.'],
    ['lr: {log: [1e-2, 1e-3]}', '4:7: parameters.lr: is from 0.01 to 0.001. Put the smaller one first.'],
    ['lr: {log: [0, 1e-3]}', '4:7: parameters.lr: a logarithmic scale needs low > 0;'],
    [
      'lr: {log: [1, 2], step: 4}',
      '4:21: parameters.lr: there is no key "step" here. The keys are log, when.',
    ],
    ['lr: {int: [1.5, 3]}', '4:7: parameters.lr: bounds are whole numbers;'],
    ['lr: {float: [0, 1], step: -1}', '4:7: parameters.lr: step is -1; give a step above 0, or none.'],
    ['lr: 3', '4:3: parameters: every parameter has one value, and there is nothing to search.'],
    [
      "lr: 'intervall(1,2)'",
      '4:7: parameters.lr: calls intervall(), which there is not. Did you mean interval()?',
    ],
    ["lr: 'interval(1,2'", '4:7: parameters.lr: ends without a ). Add it.'],
    ["lr: 'interval(2,1)'", '4:7: parameters.lr: has an interval from 2 to 1.'],
    [
      "lr: 'hello, world!'",
      '4:7: parameters.lr: has ! at character 13. Quote a text that holds it, or mend it. Where a text is meant, give {value: ...}.',
    ],
    ['lr: [1, 1]', '4:7: parameters.lr: 1 comes twice; give every choice once.'],
    ['lr: [myValue, myValue]', '4:7: parameters.lr: myValue comes twice; give every choice once.'],
    ['lr: []', '4:7: parameters.lr: has no values. Give at least one.'],
    ['lr: [1, [2]]', '4:11: parameters.lr[1]: is a list. Give a number, a text, true, false or null.'],
    ['lr: {choice: [a, b], weights: [1]}', '4:7: parameters.lr: has 1 weights for 2 choices. Give one each.'],
    ['lr: {choice: [a, b], weights: [0, 0]}', '4:7: parameters.lr: has weights below 0, or none above.'],
    ['lr: {normal: [0, 0]}', '4:7: parameters.lr: sigma is 0; give a number above 0.'],
    ['lr: {float: [0, 1], when: {b: 1}}', '4:3: parameters: lr depends on b, which is not declared;'],
    ['lr: {float: [0, 1], when: {}}', '4:7: parameters.lr: depends on several parameters, or on none.'],
    ['__proto__: [1, 2]', '4:3: parameters: __proto__ cannot be a name. Take another.'],
  ])('%s', async (parameter, message) => {
    const text = `${HEAD}parameters:\n  ${parameter}\n`
    expect(await failure(() => read(text, 'bad.yaml'))).toContain(`bad.yaml:${message}`)
  })

  it.each([
    ['sampler: tpee', '10: sampler: is "tpee". Give tpe, gp,'],
    [
      'sampler: {tpe: {startup_trials: 0}}',
      '33: sampler.tpe.startup_trials: is 0. Give a whole number from 1.',
    ],
    ['sampler: {tpe: {}, gp: {}}', '10: sampler: has not one name. Give tpe,'],
    [
      'sampler: {tpe: {startup: 1}}',
      '17: sampler.tpe: there is no key "startup" here. The keys are startup_trials,',
    ],
    ['sampler: grid', '10: sampler: is grid, and x has no end of values. Give it a list or a step.'],
    ['pruner: {hyperband: {min: 9, max: 3}}', '9: pruner: max is 3 and min is 9; give min <= max.'],
    ['pruner: {threshold: {}}', '9: pruner: neither lower nor upper is given;'],
    ['baseline: {lr: 3, x: 0}', '16: baseline.lr: is 3. Give 1, 2.'],
    ['baseline: {lr: 1}', '11: baseline: x is missing. Give it a value.'],
    ['baseline: {lr: 1, x: a}', '22: baseline.x: is a. Give a number.'],
    ['baseline: {lr: 1, x: 0, y: 0}', '28: baseline.y: there is no key "y" here.'],
    ['baseline: {lr: 1, x: 0, k: 2}', '28: baseline.k: is 2, and 1 in parameters. Leave one of them out.'],
    ['phases: [{verify: 3}]', '19: phases[0].verify: runs over seeds. Give seeds: [42, 777, 2024].'],
    ['phases: [{name: a}]', '10: phases[0]: has neither trials nor verify. Give one of them.'],
    ['phases: [{trials: 3, only_if_gain: 1}]', '36: phases[0].only_if_gain: needs a baseline.'],
    ['phases: [{trials: 3, around: 0}]', '30: phases[0].around: is 0. Give a number above 0 and at most 1.'],
    ['phases: []', '9: phases: has no phase. Give one, or leave it out.'],
    [
      'timeout: 3 weeks',
      '10: timeout: is "3 weeks". Give seconds, or a time such as 90s, 30m, 1h 30m or 2d.',
    ],
    ['timeout: 0', '10: timeout: is 0. Give seconds,'],
    ['seeds: [1, 1]', '8: seeds: has a seed twice. Give each once.'],
    ['seeds: 3', '8: seeds: is 3. Give whole numbers, as in [42, 777, 2024].'],
    ['seed: 12345678901234567890', '7: seed: 12345678901234567890 is more than a number holds exactly.'],
    ['stopping: {stagnaton: {}}', '12: stopping: there is no key "stagnaton" here. Did you mean stagnation?'],
    ['workers: 1.5', '10: workers: is 1.5. Give a whole number from 1.'],
    ['trials: ', '9: trials: is empty. Give a whole number from 1.'],
  ])('%s', async (line, message) => {
    const text = `${HEAD}parameters: {lr: [1, 2], x: {float: [0, 1]}, k: 1}\n${line}\n`
    expect(await failure(() => read(text, 'bad.yaml'))).toContain(`bad.yaml:4:${message}`)
  })

  it.each([
    ['trials: 3\nphases: [{trials: 3}]', '4:9: trials: is given, and so are phases, which say how many.'],
    ['seeds: [1]\nphases: [{verify: 3, trials: 4}]', '5:30: phases[0].trials: means nothing with verify.'],
    ['sampler: grid\ny: 1', '5:1: there is no key "y" here. The keys are name,'],
    ['method: grid', "4:1: method is W&B's and trainer is ours. Keep to one of them."],
  ])('%s', async (lines, message) => {
    const text = `${HEAD}parameters: {lr: [1, 2], x: {float: [0, 1]}, k: 1}\n${lines}\n`
    expect(await failure(() => read(text, 'bad.yaml'))).toContain(`bad.yaml:${message}`)
  })

  it.each([
    ['{command: python train.py}', '2:20: trainer.command: is "python train.py". Give its words as a list:'],
    ['{command: []}', '2:20: trainer.command: has no words. Give them as a list:'],
    [
      '{tensorflow: {epoch: 3}}',
      '2:24: trainer.tensorflow: there is no key "epoch" here. Did you mean epochs?',
    ],
    ['{comand: [x]}', '2:10: trainer: is a map. Give {command: [python, train.py,'],
    ['{command: [a], metrics: {csvv: x}}', '2:34: trainer.metrics: is a map. Give stdout,'],
    [
      "{command: [a], metrics: {stdout: 'a(b'}}",
      '2:43: trainer.metrics.stdout: is no pattern: Unterminated group. Mend it.',
    ],
    [
      "{command: [a], metrics: {stdout: 'a(b)'}}",
      '2:43: trainer.metrics.stdout: has no group (?<value>...).',
    ],
    [`{command: [a, "\${arg}"]}`, `2:24: trainer.command[1]: \${arg} is no macro. There are env,`],
    [
      `{command: [a, "\${program}"]}`,
      `2:10: trainer: program is missing, and the command names \${program}.`,
    ],
    ['{command: [a], retry: 3}', '2:25: trainer: there is no key "retry" here.'],
  ])('trainer: %s', async (trainer, message) => {
    const text = `metric: {name: m, direction: maximize}\ntrainer: ${trainer}\nparameters: {lr: [1, 2]}\n`
    expect(await failure(() => read(text, 'bad.yaml'))).toContain(`bad.yaml:${message}`)
  })

  it('is said of a file that is neither ours nor W&B’s', async () => {
    expect(await failure(() => read('name: x\n', 'bad.yaml'))).toBe(
      'bad.yaml:1:1: has neither trainer nor method. Give trainer for a sweep file of ours; W&B files have method.',
    )
    expect(await failure(() => read(HEAD, 'bad.yaml'))).toBe(
      'bad.yaml:1:1: parameters is missing. Give parameters by name, as in lr: {log: [1e-5, 1e-2]}.',
    )
  })
})
