import type { Direction } from '../../study/study-snapshot.js'
import type { AttributeValue } from '../../trial/trial-record.js'
import { StorageError } from '../errors.js'
import type { StudyRecord } from '../storage.js'
import type { SqlConnection } from './sql.js'
import { parseAttribute } from './trial-reads.js'

/** Studies by key; the one of a name, or all. */
export async function readStudies(
  connection: SqlConnection,
  url: string,
  only?: { readonly name: string },
): Promise<StudyRecord[]> {
  const condition = only === undefined ? '' : 'WHERE study_name = ?'
  const parameters = only === undefined ? [] : [only.name]
  const studies = await connection.query(
    `SELECT study_id, study_name FROM studies ${condition} ORDER BY study_id`,
    parameters,
  )
  if (studies.length === 0) return []
  const of = `WHERE study_id IN (SELECT study_id FROM studies ${condition})`
  const directions = new Map<number, Direction[]>()
  for (const [study, direction] of await connection.query(
    `SELECT study_id, direction FROM study_directions ${of} ORDER BY study_id, objective`,
    parameters,
  )) {
    const list = directions.get(study as number) ?? []
    list.push(directionOf(direction as string, study as number, url))
    directions.set(study as number, list)
  }
  const attributes = async (table: string) => {
    const byStudy = new Map<number, Map<string, AttributeValue>>()
    const rows = await connection.query(
      `SELECT study_id, "key", value_json FROM ${table} ${of} ORDER BY ${table.slice(0, -1)}_id`,
      parameters,
    )
    for (const [study, key, json] of rows) {
      const values = byStudy.get(study as number) ?? new Map<string, AttributeValue>()
      values.set(String(key), parseAttribute(json, `${url}: study ${study}`))
      byStudy.set(study as number, values)
    }
    return byStudy
  }
  const user = await attributes('study_user_attributes')
  const system = await attributes('study_system_attributes')
  return studies.map(([id, name]) => ({
    id: id as number,
    name: name as string,
    directions: directions.get(id as number) ?? [],
    userAttributes: user.get(id as number) ?? new Map(),
    systemAttributes: system.get(id as number) ?? new Map(),
  }))
}

function directionOf(direction: string, study: number, url: string): Direction {
  if (direction === 'MINIMIZE') return 'minimize'
  if (direction === 'MAXIMIZE') return 'maximize'
  throw new StorageError(
    `${url}: the study with key ${study} has the direction ${direction}; set one with the program that wrote it.`,
  )
}
