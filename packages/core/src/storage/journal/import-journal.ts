import { InputError } from '../../errors.js'
import { parsePythonJson } from '../../python-json.js'
import { StudyExistsError } from '../errors.js'
import type { Storage, StudyRecord } from '../storage.js'
import { type JournalRecord, JournalReplay, type JournalStudy } from './replay.js'
import { withTrialKeys } from './trial-keys.js'

/**
 * Reads Optuna's journal file and creates its studies in `storage`. A last line that was cut, as a killed writer leaves
 * it, is passed over. Either all studies are created or, where one cannot be, none.
 *
 * @param source the file's text, whole or in pieces cut anywhere (`createReadStream(file, 'utf8')`)
 * @param file the name that messages give
 * @throws InputError with the line where it is no journal; StudyExistsError where a study of a name is there already.
 */
export async function importJournal(
  storage: Storage,
  source: string | AsyncIterable<string>,
  file = 'journal',
): Promise<StudyRecord[]> {
  const { studies } = await replay(typeof source === 'string' ? pieces(source) : source, file)
  for (const { name } of studies.values()) {
    if (await storage.findStudy(name)) throw new StudyExistsError(name, storage.url)
  }
  const created: StudyRecord[] = []
  try {
    for (const study of studies.values()) {
      const record = await storage.createStudy(study.name, study.directions)
      created.push(record)
      await fill(storage, record.id, study)
    }
  } catch (error) {
    for (const { id } of created) await storage.deleteStudy(id)
    throw error
  }
  const names = new Set(created.map(({ name }) => name))
  return (await storage.listStudies()).filter(({ name }) => names.has(name))
}

async function fill(storage: Storage, id: number, study: JournalStudy): Promise<void> {
  const keys = new Map<number, number>()
  for (const [key, trial] of study.trials) {
    const { values, start, complete, ...rest } = trial
    const record = await storage.createTrial(id, {
      ...rest,
      ...(values && { values }),
      ...(start && { start }),
      ...(complete && { complete }),
    })
    keys.set(key, record.id)
  }
  for (const [key, value] of study.userAttributes) await storage.setStudyAttribute(id, 'user', key, value)
  for (const attribute of study.systemAttributes) {
    const [key, value] = withTrialKeys(...attribute, keys)
    await storage.setStudyAttribute(id, 'system', key, value)
  }
}

async function replay(source: AsyncIterable<string>, file: string): Promise<JournalReplay> {
  const journal = new JournalReplay()
  let line = 0
  let torn: number | undefined
  for await (const text of linesOf(source)) {
    line++
    if (torn !== undefined) {
      throw new InputError(
        `${file}: line ${torn} is no JSON object; the file was damaged there. Take the line out, or restore a copy.`,
      )
    }
    const record = parse(text)
    if (record === undefined) {
      torn = line
      continue
    }
    try {
      journal.apply(record)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      const said = error.message.replace(/[.;]?$/, '')
      throw new InputError(
        `${file}: line ${line}: ${said}; this is no journal of Optuna's, or damaged there.`,
      )
    }
  }
  if (journal.studies.size === 0 && torn !== undefined && torn === 1) {
    throw new InputError(`${file}: line 1 is no JSON object; give a journal file of Optuna's.`)
  }
  return journal
}

function parse(text: string): JournalRecord | undefined {
  try {
    const record = parsePythonJson(text)
    return typeof record === 'object' && record !== null && !Array.isArray(record)
      ? (record as JournalRecord)
      : undefined
  } catch {
    return undefined
  }
}

async function* pieces(text: string): AsyncGenerator<string> {
  yield text
}

/** Lines without their ends, the last one too where it has none. */
async function* linesOf(source: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of source) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest !== '') yield rest
}
