import { crowdingDistances } from '../../multi-objective/crowding-distance.js'
import { lossesOf } from '../../multi-objective/losses.js'
import { nonDominationRanks } from '../../multi-objective/rank.js'
import type { Direction } from '../../study/study-snapshot.js'
import { violationOf } from '../../trial/constraints.js'
import type { TrialRecord } from '../../trial/trial-record.js'

/**
 * The trials that survive: whole fronts by non-domination under constraints, and of the front that fills the
 * population those with the most room. K. Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II",
 * IEEE TEC 6(2), 2002, section III.
 */
export function selectElite(
  trials: readonly TrialRecord[],
  directions: readonly Direction[],
  population: number,
): TrialRecord[] {
  const losses = trials.map((trial) => lossesOf(trial, directions))
  const violations = trials.map(violationOf)
  const ranks = nonDominationRanks(losses, { violations })
  const elite: TrialRecord[] = []
  for (let rank = 0; elite.length < Math.min(population, trials.length); rank++) {
    const front = trials.flatMap((_, i) => (ranks[i] === rank ? [i] : []))
    const room = population - elite.length
    if (front.length >= room) {
      const distances = crowdingDistances(front.map((i) => losses[i]!))
      const byRoom = front.map((_, place) => place).sort((a, b) => distances[b]! - distances[a]! || a - b)
      elite.push(...byRoom.slice(0, room).map((place) => trials[front[place]!]!))
    } else {
      elite.push(...front.map((i) => trials[i]!))
    }
  }
  return elite
}
