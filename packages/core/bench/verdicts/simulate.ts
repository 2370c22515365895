import { createRandom, type Random } from '../../src/random.js'
import { random as randomSampler } from '../../src/samplers/random.js'
import { createStudy } from '../../src/study/create-study.js'

/** What a seed gives a setting besides what the setting is worth: a draw of what is the setting's own. */
export type Noise = (random: Random) => number

const normal: Noise = (random) => random.normal()

/** Noises of standard deviation 1 or thereabouts. */
export const NOISES: Readonly<Record<string, Noise>> = {
  normal,
  /** Student's t with 3 degrees of freedom. */
  'heavy-tailed': (random) => {
    const squares = [normal(random), normal(random), normal(random)].reduce((sum, x) => sum + x * x, 0)
    return normal(random) / Math.sqrt(squares / 3) / Math.sqrt(3)
  },
  /** Log-normal: most runs alike, a few far above; and the same with a few far below. */
  skewed: (random) => Math.exp(normal(random)) / 2.16,
  'skewed down': (random) => -Math.exp(normal(random)) / 2.16,
  /** One run in ten diverges. */
  diverging: (random) => 0.1 * normal(random) - (random.next() < 0.1 ? 3 : 0),
  /** Whole steps: two runs are equal in 27 of 100 cases; and in 52. */
  coarse: (random) => Math.round(normal(random)),
  tied: (random) => Math.round(0.5 * normal(random)),
}

export interface Simulation {
  readonly noise: Noise
  readonly seeds: number
  readonly trials: number
  /** How much better one of the settings is, in standard deviations of a difference; 0 for none. */
  readonly difference: number
}

export interface Outcome {
  /** Whether a setting that is no better was `better` in any ranking, read after every trial. */
  readonly everWrong: boolean
  /** The same of the last ranking alone. */
  readonly wrong: boolean
  /** Whether the setting that is better is `better` in the last ranking. */
  readonly found: boolean
  readonly settings: number
}

/**
 * One study with seeds and a baseline, from its first trial to the last: random settings of which none, or one, is
 * better than the baseline, seeds given out by successive elimination, the whole ranking read after every trial.
 */
export async function simulate(
  { noise, seeds, trials, difference }: Simulation,
  seed: number,
): Promise<Outcome> {
  const draws = createRandom(seed)
  const hard = Array.from({ length: seeds }, () => 5 * draws.normal())
  const study = await createStudy({
    name: 'simulated',
    direction: 'maximize',
    sampler: randomSampler(),
    pruner: null,
    seed,
    seeds: hard.map((_, i) => i),
    baseline: { x: BASELINE },
  })
  if (difference > 0) await study.enqueueTrial({ x: PLANTED })
  let everWrong = false
  let last = { wrong: false, found: false, settings: 0 }
  for (let number = 0; number < trials; number++) {
    const trial = await study.ask()
    const x = trial.suggestFloat('x', 0, 2)
    const gain = x === PLANTED ? difference * Math.SQRT2 : 0
    await study.tell(trial, hard[trial.seed]! + gain + noise(draws))
    if (number < seeds) continue
    const { settings } = study.ranking()
    const better = settings.filter(({ verdict }) => verdict === 'better')
    const found = better.some(({ params }) => params.get('x') === PLANTED)
    last = { wrong: better.length > Number(found && difference > 0), found, settings: settings.length }
    everWrong ||= last.wrong
  }
  return { everWrong, ...last }
}

/** Parameters that no draw gives. */
const BASELINE = 2
const PLANTED = 0
