import { createStudy, InputError, type Storage } from '@thresher/core'
import { quote } from '../../files/quote.js'
import type { ImportedStudy } from './imported-study.js'

/** The study's user attribute by which an imported study is known, and one that was cut off halfway. */
export const IMPORTED = 'imported'

export interface StoreOptions {
  /** Puts the study in the place of one of the same name that was imported too; false unless given. */
  readonly replace?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Puts an imported study into a storage: all of it or, where something fails, nothing.
 * @throws InputError where a study of that name is there, and was not imported or is not to be replaced.
 */
export async function storeStudy(
  imported: ImportedStudy,
  storage: Storage,
  { replace = false, signal }: StoreOptions = {},
): Promise<void> {
  const { name, directions, metrics, trials, format, source } = imported
  const there = await storage.findStudy(name)
  if (there !== undefined) {
    const held = there.userAttributes.get(IMPORTED)
    if (held === undefined) {
      throw new InputError(
        `study ${quote(name)} is there already, and is no import. Give --study another name.`,
      )
    }
    const whole = typeof held !== 'object' || (held as { whole?: boolean } | null)?.whole !== false
    if (whole && !replace) {
      throw new InputError(
        `study ${quote(name)} is there already. Give --study another name, or --force to replace it.`,
      )
    }
    await storage.deleteStudy(there.id)
  }
  const study = await createStudy({ name, directions, storage, pruner: null, heartbeat: false })
  try {
    await study.setUserAttribute(IMPORTED, { format, source, whole: false })
    if (metrics !== undefined) await study.setMetricNames(metrics)
    for (const trial of trials) {
      signal?.throwIfAborted()
      await study.addTrial(trial)
    }
    await study.setUserAttribute(IMPORTED, { format, source, whole: true })
  } catch (error) {
    const begun = await storage.findStudy(name)
    if (begun !== undefined) await storage.deleteStudy(begun.id)
    throw error
  }
}
