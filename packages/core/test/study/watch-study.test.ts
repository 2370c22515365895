import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createStudy,
  hyperband,
  MemoryStorage,
  openStorage,
  random,
  StudyNotFoundError,
  watchStudy,
} from '../../src/index.ts'

function newUrl(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thresher-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return `sqlite:///${join(folder, 'studies.db')}`
}

describe('a study that is watched', () => {
  it('says what it was begun with, and has its trials as they were written', async () => {
    const url = newUrl()
    const study = await createStudy({
      name: 's',
      direction: 'maximize',
      storage: url,
      sampler: random(),
      pruner: hyperband({ minResource: 2 }),
      seeds: [1, 2],
      budget: { trials: 5 },
    })
    const storage = await openStorage(url, { readOnly: true })
    const watcher = await watchStudy({ name: 's', storage })
    expect(watcher).toMatchObject({
      name: 's',
      directions: ['maximize'],
      seeds: [1, 2],
      budget: { trials: 5 },
      sampler: { name: 'random' },
      pruner: { name: 'hyperband', options: { minResource: 2 } },
      trials: [],
      metricNames: undefined,
    })

    const trial = await study.ask()
    trial.suggestFloat('x', 0, 1)
    trial.report(0.5, 0)
    await trial.flush()
    await study.setMetricNames(['acc'])
    await study.setUserAttribute('note', 'hello')
    const running = await watcher.refresh()
    expect(running.map(({ state, intermediate }) => [state, [...intermediate]])).toEqual([
      ['RUNNING', [[0, 0.5]]],
    ])
    expect(watcher.metricNames).toEqual(['acc'])
    expect(watcher.userAttributes.get('note')).toBe('hello')

    await study.tell(trial, 0.75)
    const done = await watcher.refresh()
    expect(done[0]?.values).toEqual([0.75])
    expect(await watcher.refresh()).toBe(done)
    expect(watcher.ranking().baseline.values).toEqual(study.ranking().baseline.values)
    await storage.close()
    await study.close()
  })

  it('may have a sampler that nobody here can build', async () => {
    const storage = new MemoryStorage()
    const facts = new Map([['sampler', { name: 'of my own', options: { wild: true } }]])
    await storage.createStudy('s', ['minimize'], facts)
    expect((await watchStudy({ name: 's', storage })).sampler).toEqual({
      name: 'of my own',
      options: { wild: true },
    })
  })

  it('has nothing written to it, though nothing is known of it', async () => {
    const storage = new MemoryStorage()
    const { id } = await storage.createStudy('optuna', ['minimize', 'maximize'])
    const watcher = await watchStudy({ name: 'optuna', storage })
    expect(watcher).toMatchObject({
      directions: ['minimize', 'maximize'],
      sampler: undefined,
      seeds: undefined,
    })
    expect(await storage.readFacts(id)).toEqual(new Map())
  })

  it('names the running trials whose process gave no sign of life', async () => {
    const storage = new MemoryStorage()
    const { id } = await storage.createStudy(
      's',
      ['minimize'],
      new Map([['heartbeat', { interval: 60, grace: 0, retries: 1 }]]),
    )
    await storage.createTrial(id, { state: 'RUNNING' })
    await storage.createTrial(id, { state: 'RUNNING' }, [{ kind: 'heartbeat' }])
    const watcher = await watchStudy({ name: 's', storage })
    const silent = async () => {
      await watcher.refresh()
      return [...watcher.silent]
    }
    await expect.poll(silent).toEqual([1])
  })

  it('is an error where it is not there, or no more, or another of that name', async () => {
    const storage = new MemoryStorage()
    await expect(watchStudy({ name: 's', storage })).rejects.toThrow(StudyNotFoundError)
    const { id } = await storage.createStudy('s', ['minimize'])
    const watcher = await watchStudy({ name: 's', storage })
    await storage.deleteStudy(id)
    await expect(watcher.refresh()).rejects.toThrow(/no study "s"/)
    await storage.createStudy('s', ['minimize'])
    await expect(watcher.refresh()).rejects.toThrow(/no study "s"/)
  })
})
