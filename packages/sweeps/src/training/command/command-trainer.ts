import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { AttributeValue, ParamValue } from '@thresher/core'
import { identityFrom, identityOf, isSame } from '../process-identity.js'
import type { CommandTrainerSettings } from '../sweep-plan.js'
import {
  type Trainer,
  TrainingFailure,
  type TrainingHooks,
  type TrainingResult,
  type TrainingRun,
} from '../trainer.js'
import { type CodeVersion, codeVersion } from './code-version.js'
import { expandCommand, paramsJson } from './expand-command.js'
import {
  endFailure,
  type FailedProgram,
  silentFailure,
  startFailure,
  timeoutFailure,
} from './failure-text.js'
import { LineSplitter } from './line-splitter.js'
import { openReader } from './open-reader.js'
import { patternReader, readJsonLine } from './output-lines.js'
import { OutputLog } from './output-log.js'
import { endGroup } from './process-group.js'
import { ReportsQueue } from './reports-queue.js'
import { pythonWord, recordedEnvironment, runEnvironment } from './run-environment.js'
import { type ProgramEnd, StartedProgram } from './started-program.js'
import { type Cut, watch } from './watched-program.js'

/** What a run's folder holds of ours. */
const LOG_FILE = 'output.log'
const PARAMS_FILE = 'params.json'
const PROCESS_FILE = 'process.json'

type Facts = Readonly<Record<string, AttributeValue>>

/**
 * The trainer that runs a program of the user's: parameters go in as words of its command line, numbers come back by
 * its output or its logs.
 * @param metric the name of the number that the sweep is about.
 * @throws InputError for a pattern that is none.
 */
export function createCommandTrainer(settings: CommandTrainerSettings, metric: string): Trainer {
  lineReader(settings, metric)
  let code: Promise<CodeVersion | undefined> | undefined
  return {
    name: settings.program ?? settings.command.join(' '),
    async run(run, hooks) {
      hooks.signal.throwIfAborted()
      code ??= codeVersion(settings.directory)
      const log = new OutputLog(join(run.directory, LOG_FILE))
      try {
        return await runProgram({ settings, metric, code: await code, log }, run, hooks)
      } finally {
        await log.close()
      }
    },
    reap,
  }
}

interface Surroundings {
  readonly settings: CommandTrainerSettings
  readonly metric: string
  readonly code: CodeVersion | undefined
  readonly log: OutputLog
}

async function runProgram(
  { settings, metric, code, log }: Surroundings,
  run: TrainingRun,
  hooks: TrainingHooks,
): Promise<TrainingResult> {
  const { argv, env } = await commandOf(settings, run)
  const queue = new ReportsQueue(metric)
  const folders = [run.directory, settings.directory]
  const reader = settings.metrics.kind === 'stdout' ? undefined : await openReader(settings.metrics, folders)
  const readLine = lineReader(settings, metric)
  const lines = new LineSplitter()
  const put = (texts: readonly string[]) => queue.put(texts.map(readLine).filter((row) => row !== undefined))
  const program = new StartedProgram({
    argv,
    cwd: settings.directory,
    env,
    log,
    onStdout: (chunk) => {
      if (reader !== undefined) return
      put(lines.take(chunk))
      return queue.room()
    },
  })
  if (program.pid !== undefined) {
    await writeFile(join(run.directory, PROCESS_FILE), JSON.stringify(identityOf(program.pid)))
  }
  const { timeout, grace } = settings
  const lastOutput = () => put(lines.end())
  const { end, cut } = await watch(program, { reader, queue, hooks, timeout, grace, lastOutput })

  const facts: Facts = {
    command: argv,
    workingDirectory: settings.directory,
    environment: recordedEnvironment(env, settings),
    host: hostname(),
    log: log.path,
    exit: end.signal ?? end.code,
    ...(code === undefined ? {} : { code: { ...code } }),
    ...(log.failure === undefined ? {} : { logFailure: log.failure }),
  }
  const failed = { argv, directory: settings.directory, log: log.path, lastLine: log.lastLine() }
  throwWhereFailed(end, cut, failed, facts, { timeout, hooks })
  if (!queue.reported)
    throw new TrainingFailure(silentFailure(metric, queue.metrics.keys(), failed), facts, { retry: false })
  return { stopped: cut?.why === 'pruned', metrics: queue.metrics, facts }
}

function throwWhereFailed(
  end: ProgramEnd,
  cut: Cut | undefined,
  failed: FailedProgram,
  facts: Facts,
  { timeout = 0, hooks }: { timeout: number | undefined; hooks: TrainingHooks },
): void {
  if (end.error !== undefined) {
    throw new TrainingFailure(startFailure(end.error, failed), facts, { cause: end.error, retry: false })
  }
  switch (cut?.why) {
    case 'pruned':
      return
    case 'aborted':
      throw hooks.signal.reason
    case 'error':
      throw cut.error
    case 'timeout':
      throw new TrainingFailure(timeoutFailure(timeout, failed), facts, { retry: false })
    case undefined:
      if (end.code !== 0) throw new TrainingFailure(endFailure(end, failed), facts)
  }
}

/** The words and the environment that a run's program is started with; its parameters lie in the run's folder. */
async function commandOf(
  settings: CommandTrainerSettings,
  run: TrainingRun,
): Promise<{ argv: string[]; env: Record<string, string> }> {
  const params = new Map<string, ParamValue>(run.params)
  if (settings.seedParameter !== undefined) params.set(settings.seedParameter, run.seed)
  const jsonFile = join(run.directory, PARAMS_FILE)
  await writeFile(jsonFile, `${paramsJson(params)}\n`)
  const env = runEnvironment(settings, run, jsonFile, process.env)
  const interpreter = pythonWord(env.PATH)
  const { program } = settings
  const { platform } = process
  return {
    argv: expandCommand(settings.command, {
      program,
      interpreter,
      params,
      environment: env,
      jsonFile,
      platform,
    }),
    env,
  }
}

function lineReader({ metrics }: CommandTrainerSettings, metric: string) {
  const pattern = metrics.kind === 'stdout' ? metrics.pattern : undefined
  return pattern === undefined ? readJsonLine : patternReader(pattern, metric)
}

/** Ends the program of a run whose own process died without ending it. */
async function reap(directory: string): Promise<void> {
  const text = await readFile(join(directory, PROCESS_FILE), 'utf8').catch(() => 'null')
  let identity: ReturnType<typeof identityFrom>
  try {
    identity = identityFrom(JSON.parse(text))
  } catch {
    // Cut off while it was written: the program had hardly begun.
    return
  }
  if (identity !== undefined && isSame(identity)) await endGroup(identity.pid)
}
