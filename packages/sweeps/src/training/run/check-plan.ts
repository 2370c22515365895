import { InputError, type Storage } from '@thresher/core'
import { PLAN_ATTRIBUTE } from './run-attributes.js'
import { planDifferences, type SavedPlan } from './saved-plan.js'

/**
 * Checks that a study is there only if it is to be gone on with, and that it is the same sweep's.
 * @throws InputError where it is not.
 */
export async function checkPlan(
  storage: Storage,
  study: string,
  file: string,
  now: SavedPlan,
  resume: boolean,
): Promise<{ readonly resumed: boolean; readonly notices: readonly string[] }> {
  const record = await storage.findStudy(study)
  if (record === undefined) {
    const notices = resume ? [`there is no study "${study}" to resume in ${storage.url}; it begins`] : []
    return { resumed: false, notices }
  }
  if (!resume) {
    throw new InputError(
      `study "${study}" is there already in ${storage.url}; say --resume to go on with it, or --study NAME to begin another.`,
    )
  }
  const held = record.userAttributes.get(PLAN_ATTRIBUTE)
  if (typeof held !== 'object' || held === null || Array.isArray(held)) {
    // Killed in its first moment, or a study of something else.
    if ((await storage.readTrials(record.id)).length === 0) return { resumed: true, notices: [] }
    throw new InputError(
      `study "${study}" in ${storage.url} was not begun by a sweep file; say --study NAME to begin another.`,
    )
  }
  const { breaking, harmless } = planDifferences(held as SavedPlan, now)
  if (breaking.length > 0) {
    throw new InputError(
      `${file}: differs from what study "${study}" was begun with: ${breaking.join('; ')}. Put it back, or say --study NAME to begin another.`,
    )
  }
  return { resumed: true, notices: harmless.map((change) => `since the last sitting, ${change}`) }
}
