import { expect, test } from 'vitest'
import { outlookOf } from '../../src/training/outlook.js'
import { trainingView } from '../../src/training/training-view.js'
import { type FakeRun, minute, sweepStudy } from '../support/sweep-study.js'

async function outlook(runs: readonly FakeRun[], now: number, trials?: number) {
  const options = trials === undefined ? {} : { budget: { trials } }
  return outlookOf(trainingView((await sweepStudy(runs, options)).watcher), minute(now))
}

const done = (from: number, to: number): FakeRun => ({ value: 0.9, from, to })
const running = (from: number): FakeRun => ({ state: 'RUNNING', from })

test('time in which nothing ran does not count', async () => {
  expect(await outlook([done(0, 10), done(5, 20), done(60, 70)], 500)).toEqual({
    elapsed: 30 * 60,
    left: undefined,
  })
})

test('what is under way counts until now', async () => {
  expect((await outlook([done(0, 10), running(10)], 25)).elapsed).toBe(25 * 60)
})

test('the rest takes as long as the finished did, as many at a time as run now', async () => {
  // Finished ones took 10 minutes on average; two run, one for 4 minutes and one for 2; two are yet to start.
  const runs = [done(0, 8), done(0, 12), running(12), running(14)]
  expect((await outlook(runs, 16, 6)).left).toBe(((2 * 10 + 6 + 8) / 2) * 60)
})

test('a run that takes longer than usual is about to end', async () => {
  expect((await outlook([done(0, 10), running(10)], 100, 2)).left).toBe(0)
})

test.each([
  ['nothing has finished', [running(0)], 12],
  ['nobody says how many there are to be', [done(0, 10), running(10)], undefined],
  ['nothing is under way', [done(0, 10)], 12],
] as const)('where %s, what is left is not known', async (_, runs, trials) => {
  expect((await outlook(runs, 20, trials)).left).toBeUndefined()
})
