import type { WritableFormat } from '@thresher/sweeps'
import { Command, Option } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { countOf, printable } from '../output/text.js'
import { write } from '../output/writer.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { settle } from './run-context.js'
import { oneOf, path } from './values.js'

// Spelled out here, so that --help need not load the readers.
const FORMATS = ['icdar', 'paddleocr', 'mmocr', 'ufo', 'jsonl'] as const satisfies readonly WritableFormat[]
const PREFIXES = ['gt', 'res'] as const

interface ConvertOptions extends CommonOptions {
  readonly to: WritableFormat
  readonly output: string
  readonly force?: boolean
  readonly prefix?: (typeof PREFIXES)[number]
}

export function convertCommand(run: (source: string, options: ConvertOptions) => Promise<void>): Command {
  const command = new Command('convert')
    .description('Write ground truth or detections in another format, and say what it cannot carry.')
    .argument('<source>', 'a file, folder or .zip of any format that is read', path)
    .addOption(
      new Option('--to <format>', `what to write: ${FORMATS.join(', ')}`)
        .makeOptionMandatory()
        .argParser(oneOf(FORMATS)),
    )
    .requiredOption('-o, --output <path>', 'a file, or a .zip; for icdar a folder or a .zip', path)
    .option('--force', 'replace what is at that path')
    .addOption(
      new Option('--prefix <word>', 'what names of icdar files begin with: gt, res').argParser(
        oneOf(PREFIXES),
      ),
    )
    .action(run)
  return withCommonOptions(command, [
    'thresher convert val.json --to paddleocr -o label.txt',
    'thresher convert boxes.jsonl --to icdar -o submit.zip',
  ])
}

export async function runConvert(
  source: string,
  options: ConvertOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { machine, notice } = settle(options, context)
  const { readPolygons, writePolygons } = await context.services.sweeps()
  const notices: string[] = []
  const onNotice = (line: string) => {
    notices.push(line)
    notice(line)
  }
  const data = await readPolygons(source, { onNotice })
  const { force, prefix } = options
  const signal = context.interrupt
  const written = await writePolygons(data, options.to, options.output, { force, prefix, signal })
  for (const line of written.losses) onNotice(line)
  const { files, images, regions } = written
  if (machine) {
    const document = {
      source,
      from: data.format,
      to: options.to,
      path: options.output,
      files,
      images,
      regions,
      notices,
    }
    const text = JSON.stringify(options.jsonl ? { event: 'result', ...document } : document)
    await write(context.stdout, `${text}\n`)
  } else {
    const counts = `${countOf(images, 'image')}, ${countOf(regions, 'region')}`
    await write(context.stdout, `${printable(options.output)}: ${counts}, ${data.format} to ${options.to}\n`)
  }
  return EXIT.done
}
