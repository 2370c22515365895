import { describe, expect, it } from 'vitest'
import {
  choice,
  createStudy,
  float,
  int,
  logFloat,
  logInt,
  quasiRandom,
  random,
  space,
} from '../../src/index.ts'

const declared = space({
  a: float(-1, 3),
  b: logFloat(1e-4, 1),
  c: int(0, 9),
  d: logInt(1, 100),
  e: choice('x', 'y', 'z'),
})

describe.each([
  ['random', random],
  ['quasiRandom', quasiRandom],
])('%s', (_, sampler) => {
  it('draws every parameter uniformly on its scale', async () => {
    const study = await createStudy({ name: 's', sampler: sampler(), space: declared, seed: 12 })
    const n = 2000
    await study.optimize(() => 0, { trials: n })
    const column = (name: string) => study.trials.map(({ params }) => params.get(name))
    const places = {
      a: column('a').map((value) => ((value as number) + 1) / 4),
      b: column('b').map((value) => Math.log10(value as number) / 4 + 1),
      c: column('c').map((value) => (value as number) / 10),
      e: column('e').map((value) => ['x', 'y', 'z'].indexOf(value as string) / 3),
    }
    for (const [name, list] of Object.entries(places)) {
      const bins = name === 'e' ? 3 : 10
      const counts = new Array<number>(bins).fill(0)
      for (const place of list) counts[Math.floor(place * bins + 1e-9)]!++
      const chi = counts.reduce((sum, count) => sum + (count - n / bins) ** 2 / (n / bins), 0)
      // Chi-square with 9 degrees of freedom: passed once in a thousand; with 2 once in a million.
      expect(chi).toBeLessThan(27.9)
    }
    // Whole numbers on a logarithmic scale: 1 has log(1.5 / 0.5) of log(100.5 / 0.5).
    const ones = column('d').filter((value) => value === 1).length / n
    expect(Math.abs(ones - Math.log(3) / Math.log(201))).toBeLessThan(0.033)
  })

  it('repeats with the seed', async () => {
    const run = async (seed: number) => {
      const study = await createStudy({ name: 's', sampler: sampler(), space: declared, seed })
      await study.optimize(() => 0, { trials: 5 })
      return study.trials.map(({ params }) => [...params])
    }
    expect(await run(1)).toEqual(await run(1))
    expect(await run(1)).not.toEqual(await run(2))
  })
})

describe('quasiRandom', () => {
  it('fills the space evenly: 16 trials take 16 sixteenths of every parameter', async () => {
    const study = await createStudy({ name: 's', sampler: quasiRandom(), space: declared, seed: 3 })
    await study.optimize(() => 0, { trials: 16 })
    const strata = study.trials.map(({ params }) => Math.floor(((params.get('a') as number) + 1) * 4))
    expect(strata.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i))
  })
})
