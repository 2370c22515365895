import type { RankedSetting, Ranking } from '@thresher/core'
import type { Standings } from '@thresher/sweeps'
import type { TableRow } from '../../output/ranking-table.js'
import type { KeyedRows } from '../cursor.js'

/** A ranked row with the key that names its setting whatever its rank: the setting's index in the grid. */
export interface Row extends TableRow {
  readonly rank: number
  readonly key: number
  readonly delta: number
}

/** The ranked rows, made only when they are looked at: there may be millions. */
export interface RowSource extends KeyedRows {
  at(index: number): Row | undefined
}

export const NO_ROWS: RowSource = { count: 0, at: () => undefined, find: () => -1 }

/** Rows of the settings that lead so far: no intervals, no verdicts. */
export function provisionalRows({ top }: Standings): RowSource {
  return {
    count: top.length,
    at: (index) => {
      const standing = top[index]
      if (!standing) return undefined
      const { index: key, setting, scores, delta } = standing
      return { key, rank: index + 1, setting, scores, delta }
    },
    find: (key) => top.findIndex((standing) => standing.index === key),
  }
}

/** Rows of a finished ranking: every setting. */
export function finalRows({ ranked }: Ranking): RowSource {
  const positions = new Uint32Array(ranked.length)
  for (const [position, { index }] of ranked.entries()) positions[index] = position
  return {
    count: ranked.length,
    at: (index) => ranked[index] && rankedRow(ranked[index]),
    find: (key) => positions[key] ?? -1,
  }
}

function rankedRow(row: RankedSetting): Row {
  const { index: key, rank, setting, delta, interval, verdict } = row
  return { key, rank, setting, scores: row, delta, interval, verdict }
}
