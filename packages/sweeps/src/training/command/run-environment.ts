import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { CommandTrainerSettings } from '../sweep-plan.js'
import type { TrainingRun } from '../trainer.js'

const SECRET = /key|token|secret|passw|credential/i

/** The devices of a worker as CUDA_VISIBLE_DEVICES names them; undefined where none are shared out. */
function deviceOf({ gpus }: Pick<CommandTrainerSettings, 'gpus'>, worker: number): string | undefined {
  return gpus.length === 0 ? undefined : gpus[worker % gpus.length]
}

/**
 * The environment of a run: this process's, then what tells the program about the run, then the sweep file's own.
 * Python is told to print at once, since what stays in its buffer prunes nothing.
 */
export function runEnvironment(
  settings: Pick<CommandTrainerSettings, 'gpus' | 'environment'>,
  run: TrainingRun,
  jsonFile: string,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const device = deviceOf(settings, run.worker)
  const all: Record<string, string | undefined> = {
    PYTHONUNBUFFERED: '1',
    ...own,
    ...(device === undefined ? {} : { CUDA_VISIBLE_DEVICES: device }),
    THRESHER_STUDY: run.study,
    THRESHER_RUN: String(run.number),
    THRESHER_ATTEMPT: String(run.attempt),
    THRESHER_SEED: String(run.seed),
    THRESHER_RUN_DIR: run.directory,
    THRESHER_PARAMS: jsonFile,
    ...(run.resumeFrom === undefined ? {} : { THRESHER_RESUME_FROM: run.resumeFrom }),
    ...settings.environment,
  }
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** What of a run's environment is kept with its trial: what this program and the sweep file set, without secrets. */
export function recordedEnvironment(
  environment: Readonly<Record<string, string>>,
  settings: Pick<CommandTrainerSettings, 'gpus' | 'environment'>,
): Record<string, string> {
  const named = (name: string) =>
    name.startsWith('THRESHER_') ||
    name === 'CUDA_VISIBLE_DEVICES' ||
    Object.hasOwn(settings.environment, name)
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => named(name))
      .map(([name, value]) => [name, SECRET.test(name) ? '***' : value]),
  )
}

/** What Python is called here: `python`, as W&B's agent says, or `python3` where there is only that. */
export function pythonWord(path: string | undefined): string {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '')
  const has = (name: string) => folders.some((folder) => isExecutable(join(folder, name)))
  return !has('python') && has('python3') ? 'python3' : 'python'
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
