import type { TrialRecord } from '../../trial/trial-record.js'

/** The trial attribute that says which generation it is of. */
export const GENERATION_KEY = 'NSGAIISampler:generation'
/** The study attribute, with the generation after it, that keeps the ids of its parents. */
export const PARENTS_KEY = 'NSGAIISampler:parent:'

/** The generation of a trial, undefined where another sampler drew it. */
export function generationOf({ systemAttributes }: TrialRecord): number | undefined {
  const generation = systemAttributes.get(GENERATION_KEY)
  return typeof generation === 'number' ? generation : undefined
}

/**
 * The generation of the next trial: the latest that has COMPLETE trials, or the one after it once that has
 * `population` of them. Parallel workers may so draw more.
 */
export function nextGeneration(complete: readonly TrialRecord[], population: number): number {
  let latest = 0
  let members = 0
  for (const trial of complete) {
    const generation = generationOf(trial)
    if (generation === undefined || generation < latest) continue
    members = generation > latest ? 1 : members + 1
    latest = generation
  }
  return members < population ? latest : latest + 1
}
