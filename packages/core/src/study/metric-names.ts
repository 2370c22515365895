import type { StudyRecord } from '../storage/storage.js'

/** Optuna's attribute of a study. */
export const METRIC_NAMES_KEY = 'study:metric_names'

/** The names of a study's objectives, one each, where they were set. */
export function metricNamesOf({
  systemAttributes,
}: Pick<StudyRecord, 'systemAttributes'>): readonly string[] | undefined {
  const names = systemAttributes.get(METRIC_NAMES_KEY)
  return Array.isArray(names) ? (names as readonly string[]) : undefined
}
