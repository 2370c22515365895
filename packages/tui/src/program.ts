import { Command, CommanderError } from 'commander'
import { benchCommand, runBench } from './commands/bench.js'
import { boxesCommand, runBoxes } from './commands/boxes.js'
import { compareCommand, runCompare } from './commands/compare.js'
import { convertCommand, runConvert } from './commands/convert.js'
import { doctorCommand, runDoctor } from './commands/doctor.js'
import { exportCommand, runExport } from './commands/export.js'
import { importCommand, runImport } from './commands/import.js'
import { rankCommand, runRank } from './commands/rank.js'
import { reportCommand, runReport } from './commands/report.js'
import { runSample, sampleCommand } from './commands/sample.js'
import { runScore, scoreCommand } from './commands/score.js'
import { runSweepCommand, sweepCommand } from './commands/sweep.js'
import { runThresholds, thresholdsCommand } from './commands/thresholds.js'
import { runWatch, watchCommand } from './commands/watch.js'
import type { CliContext } from './context.js'
import { describeFailure } from './errors.js'
import { EXIT, type ExitCode } from './exit-codes.js'
import { version } from './version.js'

/** Runs the program on its arguments (without node and script) and says how it ended. Does not exit. */
export async function runProgram(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  const program = createProgram(context, (outcome) => {
    code = outcome
  })
  if (argv.length === 0) {
    program.outputHelp()
    return EXIT.done
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.done
      context.stderr.write(`thresher: ${usageLine(error, helpCommand(program, argv))}\n`)
      return EXIT.usage
    }
    const failure = describeFailure(error, context.env.THRESHER_DEBUG === '1')
    context.stderr.write(`thresher: ${failure.line}\n`)
    return failure.code
  }
}

function createProgram(context: CliContext, done: (code: ExitCode) => void): Command {
  const program = new Command('thresher')
    .description('Exact sweeps for text detectors: postprocess settings ranked against a baseline.')
    .version(version(), '--version', 'print the version')
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  $ thresher thresholds --sample',
        '  $ thresher thresholds --maps maps/ --gt gt/ --index index.json',
        '  $ thresher boxes maps/ --index index.json -o boxes.jsonl',
        '  $ thresher score --gt gt/ --pred boxes.jsonl',
        '  $ thresher sweep sweep.yaml',
        '  $ thresher convert val.json --to icdar -o gt/',
      ].join('\n'),
    )
  program.addCommand(thresholdsCommand(async (options) => done(await runThresholds(options, context))))
  program.addCommand(boxesCommand(async (maps, options) => done(await runBoxes(maps, options, context))))
  program.addCommand(scoreCommand(async (options) => done(await runScore(options, context))))
  program.addCommand(
    convertCommand(async (source, options) => done(await runConvert(source, options, context))),
  )
  program.addCommand(
    sampleCommand(async (folder, options) => done(await runSample(folder, options, context))),
  )
  program.addCommand(
    sweepCommand(async (file, options) => done(await runSweepCommand(file, options, context))),
  )
  program.addCommand(watchCommand(async (study, options) => done(await runWatch(study, options, context))))
  program.addCommand(benchCommand(async (options) => done(await runBench(options, context))))
  program.addCommand(
    importCommand(async (source, options) => done(await runImport(source, options, context))),
  )
  program.addCommand(rankCommand(async (study, options) => done(await runRank(study, options, context))))
  program.addCommand(reportCommand(async (study, options) => done(await runReport(study, options, context))))
  program.addCommand(compareCommand(async (a, b, options) => done(await runCompare(a, b, options, context))))
  program.addCommand(exportCommand(async (study, options) => done(await runExport(study, options, context))))
  program.addCommand(doctorCommand(async (options) => done(await runDoctor(options, context))))
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      // Errors are printed once, by runProgram.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(context.stdout.columns ?? 100, 120),
      getOutHasColors: () => false,
    })
  }
  return program
}

/** Commander's message on one line: "unknown option '--tresh' (Did you mean --thresh?)". */
function usageLine(error: CommanderError, help: string): string {
  const message = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')
  const short = message.replace(/ argument '(.*)' is invalid\. /, (_, value) => `: '${value}' is invalid. `)
  return /[.)?]$/.test(short) ? short : `${short}. See ${help}.`
}

function helpCommand(program: Command, [word]: readonly string[]): string {
  const known = program.commands.some((command) => command.name() === word)
  return known ? `thresher ${word} --help` : 'thresher --help'
}
