import { execFile, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parsePythonJson } from '../../src/python-json.ts'
import { distributionFromJson } from '../../src/space/distribution-json.ts'
import type { Storage } from '../../src/storage/storage.ts'
import type { AttributeValue, TrialRecord } from '../../src/trial/trial-record.ts'

/** The system's Python, with Debian's python3-optuna; another, with a newer Optuna, by THRESHER_OPTUNA_PYTHON. */
const PYTHON = process.env.THRESHER_OPTUNA_PYTHON ?? '/usr/bin/python3'
const SCRIPT = fileURLToPath(new URL('optuna/optuna_studies.py', import.meta.url))
const run = promisify(execFile)
/** The driver that Debian has; SQLAlchemy's own choice depends on its version. */
const withDriver = (where: string) => where.replace(/^postgresql:/, 'postgresql+psycopg2:')

/**
 * Why Optuna cannot be asked, also printed, or undefined if it can. Throws instead of giving a reason where
 * THRESHER_REQUIRE_ORACLES=1 makes its absence a failure.
 */
export function optunaMissing(): string | undefined {
  try {
    execFileSync(PYTHON, ['-c', 'import optuna, psycopg2'], { stdio: 'ignore' })
    return undefined
  } catch {
    const reason = `${PYTHON} cannot import optuna and psycopg2 (Debian: python3-optuna, python3-psycopg2)`
    if (process.env.THRESHER_REQUIRE_ORACLES === '1') throw new Error(reason)
    process.stderr.write(`Tests that need them are skipped: ${reason}\n`)
    return reason
  }
}

/** A study in terms that both sides have. */
export interface StudyDump {
  readonly name: string
  readonly directions: readonly string[]
  readonly user: Readonly<Record<string, AttributeValue>>
  readonly system: Readonly<Record<string, AttributeValue>>
  readonly trials: readonly unknown[]
}

/** Lets Optuna run trials in a study: complete, pruned and failed ones, and leave one waiting. */
export async function continueByOptuna(where: string, study: string, trials: number): Promise<void> {
  await run(PYTHON, ['-B', SCRIPT, 'continue', withDriver(where), study, String(trials)], {
    env: { ...process.env, TZ: 'UTC' },
  })
}

/** Lets Optuna delete a study. */
export async function deleteByOptuna(where: string, study: string): Promise<void> {
  await run(PYTHON, ['-B', SCRIPT, 'delete', withDriver(where), study])
}

/** What Optuna reads; a URL, or the path of a journal file. */
export async function dumpByOptuna(where: string): Promise<StudyDump[]> {
  const { stdout } = await run(PYTHON, ['-B', SCRIPT, 'dump', withDriver(where)], {
    env: { ...process.env, TZ: 'UTC' },
    maxBuffer: 2 ** 28,
  })
  const studies = parsePythonJson(stdout) as (Omit<StudyDump, 'trials'> & {
    trials: { distributions: Record<string, string>; start: string | null; complete: string | null }[]
  })[]
  return studies.map((study) => ({
    ...study,
    trials: study.trials.map(({ distributions, start, complete, ...trial }) => ({
      ...trial,
      distributions: Object.fromEntries(
        Object.entries(distributions).map(([name, json]) => [name, distributionFromJson(json)]),
      ),
      // A Date has milliseconds, and Python's datetime microseconds.
      start: start?.slice(0, 23) ?? null,
      complete: complete?.slice(0, 23) ?? null,
    })),
  }))
}

/** The same of a storage of ours. */
export async function dumpByUs(storage: Storage): Promise<StudyDump[]> {
  const dumps: StudyDump[] = []
  for (const study of await storage.listStudies()) {
    const trials = await storage.readTrials(study.id)
    dumps.push({
      name: study.name,
      directions: study.directions,
      user: Object.fromEntries(study.userAttributes),
      system: Object.fromEntries(study.systemAttributes),
      trials: trials.map(dumpOf),
    })
  }
  return dumps
}

function dumpOf(trial: TrialRecord): unknown {
  const time = (date: Date | undefined) => date?.toISOString().replace('T', ' ').slice(0, 23) ?? null
  return {
    number: trial.number,
    state: trial.state,
    values: trial.values ?? null,
    // Optuna before 4.0 lists them as the database finds them.
    params: Object.fromEntries(trial.params),
    distributions: Object.fromEntries(trial.distributions),
    intermediate: [...trial.intermediate],
    user: Object.fromEntries(trial.userAttributes),
    system: Object.fromEntries(trial.systemAttributes),
    start: time(trial.start),
    complete: time(trial.complete),
  }
}
