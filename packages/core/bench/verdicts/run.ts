// `pnpm bench:verdicts [studies]`: how often verdicts are wrong, and how often they find what is there, in simulated
// studies of 60 trials whose seeds are given out by successive elimination.
import { NOISES, type Outcome, type Simulation, simulate } from './simulate.js'

const STUDIES = Number(process.argv[2] ?? 1000)
const TRIALS = 60
const print = (line: string) => process.stdout.write(`${line}\n`)

print(`${STUDIES} studies of ${TRIALS} trials each; the ranking is read after every trial.`)
for (const [name, noise] of Object.entries(NOISES)) {
  for (const seeds of [3, 5]) {
    const outcomes = await studies({ noise, seeds, trials: TRIALS, difference: 0 })
    print(
      `no true difference, ${name} noise, ${seeds} seeds: a 'better' ${percent(outcomes, 'wrong')} at the end, ${percent(outcomes, 'everWrong')} ever`,
    )
  }
}
for (const seeds of [3, 5]) {
  for (const difference of [2, 3, 4, 6, 10]) {
    const outcomes = await studies({ noise: NOISES.normal!, seeds, trials: TRIALS, difference })
    print(
      `better by ${difference} standard deviations of a difference, ${seeds} seeds: found ${percent(outcomes, 'found')}, another ${percent(outcomes, 'everWrong')} ever`,
    )
  }
}

async function studies(simulation: Simulation): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let seed = 0; seed < STUDIES; seed++) outcomes.push(await simulate(simulation, seed))
  return outcomes
}

function percent(outcomes: readonly Outcome[], what: 'wrong' | 'everWrong' | 'found'): string {
  return `${((100 * outcomes.filter((outcome) => outcome[what]).length) / outcomes.length).toFixed(1)} %`
}
