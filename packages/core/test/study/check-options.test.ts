import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { InputError } from '../../src/errors.js'
import { StudyNotFoundError } from '../../src/storage/errors.js'
import { type CreateStudyOptions, createStudy, loadStudy } from '../../src/study/create-study.js'

/** As JavaScript, which has no types, would call it. */
const created = (options?: object) => createStudy(options as CreateStudyOptions<never>)

it.each([
  [undefined, "createStudy(): there are no options; give an object with the study's name."],
  [{ name: 's', samplr: 1 }, 'createStudy(): there is no option samplr; '],
  [{ name: 's', sampler: 'tpe' }, "createStudy(): sampler is 'tpe'; give a sampler, such as tpe()."],
  [{ name: 's', pruner: () => 1 }, 'createStudy(): pruner is a plain function; give a pruner'],
  [
    { name: 's', space: { x: [0, 1] } },
    'createStudy(): space is a plain object; give what space({ ... }) makes.',
  ],
  [{ name: 's', storage: 3 }, 'createStudy(): storage is 3; give a URL'],
  [{ name: 's', notice: true }, 'createStudy(): notice is true; give a function.'],
])('a study is not made of %j', async (options, message) => {
  const error = await created(options).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(InputError)
  expect((error as Error).message).toContain(message)
})

it('a run refuses what it would otherwise run for ever without', async () => {
  const study = await createStudy({ name: 's', seed: 1 })
  const run = (objective: unknown, options: object) => study.optimize(objective as () => number, options)
  await expect(run(() => 1, { n_trials: 3 })).rejects.toThrow('optimize(): there is no option n_trials; ')
  await expect(run('loss', { trials: 3 })).rejects.toThrow("the objective is 'loss'; give a function.")
  expect(study.trials).toHaveLength(0)
})

it('the state that a trial is told is an option, and a state', async () => {
  const study = await createStudy({ name: 's', seed: 1 })
  const trial = await study.ask()
  const told = (options: unknown) => study.tell(trial, undefined, options as object)
  await expect(told('FAIL')).rejects.toThrow("the state is an option; write { state: 'FAIL' }.")
  await expect(told({ sate: 'FAIL' })).rejects.toThrow('tell(): there is no option sate; ')
  await expect(told({ state: 'DONE' })).rejects.toThrow('trial 0: a trial cannot end as DONE; give COMPLETE')
  expect((await study.tell(trial, undefined, { state: 'FAIL' })).state).toBe('FAIL')
})

it('a parameter has a name, numbers have a range, and options are options', async () => {
  const study = await createStudy({ name: 's', seed: 1 })
  const trial = await study.ask()
  expect(() => trial.suggestFloat('', 0, 1)).toThrow("a parameter's name is empty; give it a name.")
  expect(() => trial.suggestFloat(3 as never, 0, 1)).toThrow("a parameter's name is number; give it a name.")
  expect(() => trial.suggestFloat('x', 1, 2, { lgo: true } as object)).toThrow('there is no option lgo; ')
  expect(() => trial.suggestInt('x', 1, 2, { base: 2 } as object)).toThrow('there is no option base; ')
  expect(() => trial.suggestFloat('x', -1e308, 1e308)).toThrow('wider than the largest number; narrow it.')
  expect(() => trial.suggestCategorical('x', 'ab' as never)).toThrow('choice(): ab is no list; give one.')
  expect(() => trial.setConstraints([0, Number.NaN])).toThrow('give one a constraint, none NaN.')
  expect(trial.record().params.size).toBe(0)
})

it('a study that is loaded leaves no file where there was none, and none is used once closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thresher-load-'))
  try {
    const path = join(folder, 'study.db')
    const storage = `sqlite:///${path}`
    await expect(loadStudy({ name: 's', storage })).rejects.toThrow('there is no such file; give the file of')
    await expect(loadStudy({ name: 's', storage })).rejects.toThrow(StudyNotFoundError)
    expect(existsSync(path)).toBe(false)
    const study = await createStudy({ name: 's', storage })
    await study.close()
    await expect(study.ask()).rejects.toThrow(`${storage}: is closed; open it again.`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
