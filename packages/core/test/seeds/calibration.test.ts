import { describe, expect, it } from 'vitest'
import { NOISES, type Simulation, simulate } from '../../bench/verdicts/simulate.js'

/** `pnpm bench:verdicts 2000` runs it long, with all noises. */
const STUDIES = 120

async function shareOf(
  what: 'everWrong' | 'found',
  studies: number,
  simulation: Simulation,
): Promise<number> {
  let count = 0
  for (let seed = 0; seed < studies; seed++) if ((await simulate(simulation, seed))[what]) count++
  return count / studies
}

describe('a study that adds settings, eliminates some and is ranked after every trial', () => {
  const [noise, trials] = [NOISES.normal!, 40] as const

  it('calls a setting better that is not in at most 5 % of studies', async () => {
    const share = await shareOf('everWrong', STUDIES, { noise, seeds: 3, trials, difference: 0 })
    // 5 % and three binomial standard deviations.
    expect(share).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / STUDIES))
  })

  it('finds the one that is, where it stands out', async () => {
    const share = await shareOf('found', 30, { noise, seeds: 5, trials, difference: 10 })
    expect(share).toBeGreaterThan(0.8)
  })
})
