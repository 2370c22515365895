import { expect, test } from 'vitest'
import { intDistribution } from '../../src/space/build-distribution.js'
import { createStudy } from '../../src/study/create-study.js'

test('trials from elsewhere count as seeds of their settings, one of them as the baseline', async () => {
  const study = await createStudy({ name: 'elsewhere', direction: 'maximize', seeds: [1, 2, 3] })
  const x = intDistribution(0, 1)
  const add = (value: number, setting: number, seed: number) =>
    study.addTrial({ value, params: { x: setting }, distributions: { x }, seed, baseline: setting === 1 })
  for (const seed of [1, 2, 3]) {
    await add(10 + seed, 0, seed)
    await add(seed, 1, seed)
  }
  const { baseline, settings } = study.ranking()
  expect(baseline.params.get('x')).toBe(1)
  expect([...baseline.values]).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ])
  expect(settings.map(({ seeds, difference }) => [seeds, difference])).toEqual([[[1, 2, 3], 10]])
  // As Optuna's tools show them.
  expect(study.trials[1]!.userAttributes).toEqual(
    new Map<string, unknown>([
      ['seed', 1],
      ['baseline', true],
    ]),
  )
})

test('a seed from elsewhere is a whole number', async () => {
  const study = await createStudy({ name: 'elsewhere' })
  await expect(study.addTrial({ value: 1, seed: 1.5 })).rejects.toThrow('seed is 1.5; give a whole number.')
})
