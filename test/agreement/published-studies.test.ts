import { join } from 'node:path'
import { MemoryStorage, watchStudy } from '@thresher/core'
import { type ImportOptions, importStudy, type ReportOptions, reportOn, storeStudy } from '@thresher/sweeps'
import { describe, expect, it } from 'vitest'
import { SHARED, sharedMissing } from './shared-data.js'

const EFFICIENTNET = 'data/studies/efficientnet_b4_lr_sweep.csv'
const VGG = 'data/studies/vgg16_fer2013_grid.csv'

/** What the program says of a published table, imported as it is. */
async function analysed(path: string, options: ReportOptions = {}, choices: ImportOptions = {}) {
  const storage = new MemoryStorage()
  const imported = await importStudy(join(SHARED, path), choices)
  await storeStudy(imported, storage)
  const study = await watchStudy({ name: imported.name, storage })
  return reportOn(study.snapshot, { metric: { name: study.metricNames![0]! }, ...options })
}

/** As the reports print them. */
const rounded = (value: number) => Number(value.toFixed(2))

describe.skipIf(sharedMissing(EFFICIENTNET))('the DBNet with EfficientNet-B4', () => {
  const cuts = new Map([
    ['lr', [0.00045]],
    ['weight_decay', [0.00009]],
  ])

  it('ranks as its report does, with the deltas of its report', async () => {
    const { metric, ranking } = await analysed(EFFICIENTNET)
    expect(metric).toMatchObject({ name: 'val_hmean', direction: 'maximize', scale: 'percent' })
    expect(ranking.baseline).toMatchObject({ run: 'baseline', value: 96.53 })
    const rows = ranking.candidates.map(({ run, points }) => [run, rounded(points!)])
    expect(rows.slice(0, 3)).toEqual([
      ['8', 0.07],
      ['3', -0.06],
      ['4', -0.22],
    ])
    expect(new Map(rows.slice(3, 5) as [string, number][])).toEqual(
      new Map([
        ['2', -0.24],
        ['7', -0.24],
      ]),
    )
    expect(ranking.candidates.map(({ verdict }) => verdict)).toEqual(Array(8).fill('undecided'))
  })

  it('has the means of its report where these were cut, blanks left out', async () => {
    const { groups } = await analysed(EFFICIENTNET, { cuts })
    const means = (name: string) =>
      groups
        .find((each) => each.name === name)!
        .groups.map(({ label, mean, baseline }) => [label, rounded(mean), baseline])
    expect(means('lr')).toEqual([
      ['below 0.00045', 96.4, true],
      ['0.00045 and up', 96.36, false],
    ])
    expect(means('weight_decay')).toEqual([
      ['below 0.00009', 96.4, false],
      ['0.00009 and up', 96.3, true],
    ])
    expect(means('T_max')).toEqual([
      ['22', 96.4, true],
      ['24', 96.18, false],
    ])
    expect(groups.map(({ name, unknown }) => [name, unknown])).toEqual([
      ['lr', 2],
      ['weight_decay', 1],
      ['T_max', 2],
      ['eta_min', 3],
    ])
    for (const { chance } of groups) expect(chance).toBeGreaterThan(0.05)
  })

  it('gives the options of its report', async () => {
    const { recommendations } = await analysed(EFFICIENTNET, { cuts })
    expect(recommendations.map(({ role, run, beyondNoise }) => [role, run, beyondNoise])).toEqual([
      ['best', '8', false],
      ['stable', '3', false],
      ['hybrid', null, false],
    ])
    expect(recommendations[2]!.params).toEqual({
      lr: 0.00045,
      weight_decay: 0.000085,
      T_max: 22,
      eta_min: 8e-6,
    })
    expect(recommendations[2]!.words).toEqual([
      'lr=0.00045',
      'weight_decay=0.000085',
      'T_max=22',
      'eta_min=0.000008',
      'seed=42',
    ])
  })

  it('says of +0.07 points that one run each supports no verdict, and what would', async () => {
    const { noise, support, time } = await analysed(EFFICIENTNET)
    expect(noise.source).toBe('none')
    expect(rounded(support!.difference)).toBe(0.07)
    expect(support!.beyondNoiseBelow).toBeLessThan(0.02)
    expect(time.decision.because).toBe('noise')
    const known = await analysed(EFFICIENTNET, { noise: 0.1 })
    expect(known.ranking.candidates[0]).toMatchObject({ run: '8', verdict: 'undecided', plan: { more: 34 } })
    expect((await analysed(EFFICIENTNET, { noise: 0.01 })).ranking.candidates[0]!.verdict).toBe('better')
  })
})

describe.skipIf(sharedMissing(VGG))('VGG16 on FER-2013 in three stages', () => {
  it('has #8 as the highest at batch 32', async () => {
    const { ranking } = await analysed(VGG, { where: new Map([['batch_size', 32]]) })
    expect(ranking.candidates[0]).toMatchObject({ run: '8', value: 61.02 })
  })

  it('has the means of dropout, on configurations that are alike but for it', async () => {
    const { matched } = await analysed(VGG)
    const dropout = matched.find(({ name }) => name === 'dropout')!
    expect([dropout.from, rounded(dropout.meanFrom), dropout.to, rounded(dropout.meanTo)]).toEqual([
      0.4, 60.15, 0.5, 59.29,
    ])
  })

  it('has batch 64 above 32 by 0.86 points, and 23 % faster', async () => {
    const { matched } = await analysed(VGG)
    const batch = matched.find(({ name }) => name === 'batch_size')!
    expect(batch).toMatchObject({ from: 32, to: 64, pairs: 1, interval: null })
    expect(rounded(batch.difference)).toBe(0.86)
    expect(Math.round(batch.time! * 100)).toBe(-23)
  })
})
