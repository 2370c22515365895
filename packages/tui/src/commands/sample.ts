import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { shellQuote } from '../output/shell-quote.js'
import { write } from '../output/writer.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { defaultParams } from './threshold-request.js'

export function sampleCommand(run: (folder: string, options: CommonOptions) => Promise<void>): Command {
  const command = new Command('sample')
    .description('Write a small synthetic data set to try things on: maps, ground truth and image sizes.')
    .argument('[dir]', 'folder to write it to', 'thresher-sample')
    .action(run)
  return withCommonOptions(command, ['thresher sample', 'thresher sample /tmp/receipts'])
}

export async function runSample(
  folder: string,
  options: CommonOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { writeSample } = await context.services.sweeps()
  const sample = await writeSample(folder, {}, { signal: context.interrupt })
  const { maps, groundTruth, index } = sample
  const words = [
    'thresher thresholds',
    `--maps ${shellQuote(maps)}`,
    `--gt ${shellQuote(groundTruth)}`,
    `--index ${shellQuote(index)}`,
    ...defaultParams().map((param) => `--param ${param}`),
  ]
  const document = { ...sample, command: words.join(' ') }
  const text = options.json
    ? JSON.stringify(document)
    : options.jsonl
      ? JSON.stringify({ event: 'result', ...document })
      : `${sample.images} images in ${folder}. Now run:\n\n  ${document.command}\n`
  await write(context.stdout, `${text}\n`)
  return EXIT.done
}
