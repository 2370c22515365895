import type { ParamValue } from '@thresher/core'
import type { SweepPlan } from '../sweep-plan.js'
import { expandCommand } from './expand-command.js'
import { pythonWord } from './run-environment.js'

/**
 * The words that start the program of a sweep by hand, with these parameters; undefined where no program is started.
 * What a run's folder would hold is looked for in the working folder.
 */
export function commandLine(
  { trainer }: Pick<SweepPlan, 'trainer'>,
  params: ReadonlyMap<string, ParamValue>,
): readonly string[] | undefined {
  if (trainer.kind !== 'command') return undefined
  const environment = { THRESHER_RUN_DIR: '.', ...process.env, ...trainer.environment }
  return expandCommand(trainer.command, {
    program: trainer.program,
    interpreter: pythonWord(process.env.PATH),
    params,
    environment,
    jsonFile: 'params.json',
    platform: process.platform,
  })
}
