import { exportJournal, MemoryStorage, openStorage, watchStudy } from '@thresher/core'
import { describe, expect, test } from 'vitest'
import { importStudy } from '../../../src/training/import/import-study.js'
import type { ImportedStudy } from '../../../src/training/import/imported-study.js'
import { readOptuna } from '../../../src/training/import/read-optuna.js'
import { storeStudy } from '../../../src/training/import/store-study.js'
import { failure } from '../../support/failure.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { studyOf } from '../study-of.js'

const folder = temporaryFolder()
const CSV = 'run,lr,acc,seed\nbaseline,0.1,90,42\na,0.2,91,42\nb,,92,43\n'
const table = (): Promise<ImportedStudy> => importStudy(folder.write('lr.csv', CSV))

describe('an imported study', () => {
  test('stands in the storage as any other', async () => {
    const storage = new MemoryStorage()
    await storeStudy(await table(), storage)
    const study = await watchStudy({ name: 'lr', storage })
    expect(study.metricNames).toEqual(['acc'])
    expect(study.directions).toEqual(['maximize'])
    expect(study.userAttributes.get('imported')).toMatchObject({ format: 'csv', whole: true })
    expect(
      study.trials.map(({ number, state, values, params }) => [
        number,
        state,
        values,
        Object.fromEntries(params),
      ]),
    ).toEqual([
      [0, 'COMPLETE', [90], { lr: 0.1 }],
      [1, 'COMPLETE', [91], { lr: 0.2 }],
      [2, 'COMPLETE', [92], {}],
    ])
    expect(study.trials[0]!.systemAttributes.get('thresher:baseline')).toBe(true)
    expect(study.trials[2]!.systemAttributes.get('thresher:seed')).toBe(43)
  })

  test('takes the place of an earlier import only where that is asked for, and of no other study ever', async () => {
    const storage = new MemoryStorage()
    const imported = await table()
    await storeStudy(imported, storage)
    expect(await failure(() => storeStudy(imported, storage))).toMatch(/"lr" is there already\. .*--force/)
    await storeStudy({ ...imported, trials: imported.trials.slice(0, 1) }, storage, { replace: true })
    expect((await watchStudy({ name: 'lr', storage })).trials).toHaveLength(1)

    await storage.createStudy('mine', ['maximize'])
    expect(
      await failure(() => storeStudy({ ...imported, name: 'mine' }, storage, { replace: true })),
    ).toMatch(/"mine" is there already, and is no import\./)
  })

  test('leaves nothing behind where it fails halfway', async () => {
    const storage = new MemoryStorage()
    const imported = await table()
    const broken = { ...imported, trials: [...imported.trials, { value: Number.NaN }] }
    expect(await failure(() => storeStudy(broken, storage))).toMatch(/NaN/)
    expect(await storage.listStudies()).toEqual([])
  })

  test('that was cut off is replaced without being asked', async () => {
    const storage = new MemoryStorage()
    const { id } = await storage.createStudy('lr', ['maximize'])
    await storage.setStudyAttribute(id, 'user', 'imported', { format: 'csv', source: 'lr.csv', whole: false })
    await storeStudy(await table(), storage)
    expect((await watchStudy({ name: 'lr', storage })).trials).toHaveLength(3)
  })
})

describe('an Optuna storage', () => {
  const url = () => `sqlite:///${folder.path}/${crypto.randomUUID()}.db`

  test('is copied study by study, finished trials as they are', async () => {
    const source = url()
    const storage = await openStorage(source)
    const { id } = await storage.createStudy('theirs', ['minimize'])
    const { trials } = await studyOf(
      [
        {
          value: 0.5,
          params: { lr: 0.1, opt: 'adam' },
          intermediate: new Map([[1, 0.6]]),
          userAttributes: { note: 'x' },
        },
        { state: 'PRUNED', value: 0.9, params: { lr: 0.2, opt: 'sgd' }, intermediate: new Map([[1, 0.9]]) },
        { state: 'FAIL', params: { lr: 0.3 } },
        { state: 'RUNNING', params: { lr: 0.4 } },
      ] as never,
      'minimize',
    )
    for (const { id: _, number: __, values, start, complete, ...trial } of trials) {
      await storage.createTrial(id, {
        ...trial,
        ...(values && { values }),
        ...(start && { start }),
        ...(complete && { complete }),
      })
    }
    await storage.close()

    const imported = await importStudy(source, { baseline: '0' })
    expect(imported).toMatchObject({ name: 'theirs', format: 'optuna', directions: ['minimize'] })
    expect(imported.notices).toEqual([expect.stringContaining('1 of 4 trials are not finished: left out.')])
    const here = new MemoryStorage()
    await storeStudy(imported, here)
    const copied = await watchStudy({ name: 'theirs', storage: here })
    for (const [i, trial] of copied.trials.entries()) {
      const { state, values, params, distributions, intermediate, start, complete } = trials[i]!
      expect(trial).toMatchObject({ state, values, params, distributions, intermediate, start, complete })
    }
    expect(copied.trials.map(({ state }) => state)).toEqual(['COMPLETE', 'PRUNED', 'FAIL'])
    expect(copied.trials[0]!.systemAttributes.get('thresher:baseline')).toBe(true)
  })

  test('may be a journal', async () => {
    const storage = new MemoryStorage()
    await storeStudy(await table(), storage)
    let text = ''
    for await (const line of exportJournal(storage, 'lr')) text += line
    const imported = await importStudy(folder.write('lr.journal', text), { study: 'again' })
    expect(imported).toMatchObject({ name: 'again', metrics: ['acc'] })
    expect(imported.trials.map(({ values }) => values)).toEqual([[90], [91], [92]])
  })

  test('of several studies asks which, and names them', async () => {
    const source = url()
    const storage = await openStorage(source)
    await storage.createStudy('a', ['minimize'])
    await storage.createStudy('b', ['minimize'])
    await storage.close()
    expect(await failure(() => readOptuna(source, {}))).toMatch(
      /holds 2 studies; give --from one of "a", "b"\./,
    )
    expect(await failure(() => readOptuna(source, { from: 'c' }))).toMatch(
      /has no study "c"; give --from one of/,
    )
  })

  test('that is not there is not made', async () => {
    const source = url()
    await expect(importStudy(source)).rejects.toThrow(/\.db/)
    await expect(openStorage(source, { create: false })).rejects.toThrow(/\.db/)
  })

  test('with a baseline that is no trial of it is refused', async () => {
    const source = url()
    const storage = await openStorage(source)
    const { id } = await storage.createStudy('a', ['minimize'])
    await storage.createTrial(id, { state: 'COMPLETE', values: [1] })
    await storage.close()
    expect(await failure(() => importStudy(source, { baseline: '1' }))).toMatch(/has no finished trial "1"/)
  })
})
