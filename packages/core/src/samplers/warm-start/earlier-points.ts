import { lossesOf } from '../../multi-objective/losses.js'
import { nonDominationRanks } from '../../multi-objective/rank.js'
import type { ParamValue } from '../../space/distribution.js'
import type { StudySnapshot } from '../../study/study-snapshot.js'
import { violationOf } from '../../trial/constraints.js'
import type { Prior } from '../tpe/priors.js'

/**
 * The best settings of earlier studies: of each study its complete and feasible trials by rank, of all studies in turn,
 * none twice. Values are not compared between studies, whose scales may differ.
 */
export function earlierPoints(studies: readonly StudySnapshot[], count: number): Prior[] {
  const ranked = studies.map(byRank)
  const points = new Map<string, Prior>()
  const longest = Math.max(0, ...ranked.map((settings) => settings.length))
  for (let place = 0; place < longest && points.size < count; place++) {
    for (const settings of ranked) {
      const setting = settings[place]
      if (setting === undefined || points.size >= count) continue
      const key = keyOf(setting)
      if (!points.has(key)) points.set(key, Object.fromEntries(setting))
    }
  }
  return [...points.values()]
}

function byRank({ trials, directions }: StudySnapshot): ReadonlyMap<string, ParamValue>[] {
  const good = trials.filter((trial) => trial.state === 'COMPLETE' && violationOf(trial) === 0)
  const losses = good.map((trial) => lossesOf(trial, directions))
  const ranks = directions.length === 1 ? losses.map(([loss]) => loss!) : nonDominationRanks(losses)
  return good
    .map((trial, i) => ({ trial, rank: ranks[i]! }))
    .sort((a, b) => a.rank - b.rank || a.trial.number - b.trial.number)
    .map(({ trial }) => trial.params)
}

function keyOf(setting: ReadonlyMap<string, ParamValue>): string {
  return JSON.stringify([...setting].sort(([a], [b]) => (a < b ? -1 : 1)))
}
