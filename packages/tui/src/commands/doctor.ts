import { arch, availableParallelism, platform, release } from 'node:os'
import type { Capabilities } from '@thresher/native'
import type { BackendChoice } from '@thresher/sweeps'
import { Command } from 'commander'
import type { CliContext } from '../context.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { type Line, paint } from '../output/style.js'
import { UNICODE_SYMBOLS } from '../output/symbols.js'
import { padEnd } from '../output/text.js'
import { write } from '../output/writer.js'
import { canShowScreen } from '../terminal/capabilities.js'
import { version } from '../version.js'
import { type CommonOptions, withCommonOptions } from './common-options.js'
import { settle } from './run-context.js'

interface Diagnosis {
  readonly version: string
  readonly node: string
  readonly system: string
  readonly cpus: number
  readonly threads: number
  readonly threadPool: number | null
  readonly terminal: {
    monitor: boolean
    columns: number | null
    rows: number | null
    colour: boolean
    unicode: boolean
  }
  readonly native: { ok: boolean; version?: string; reason?: string }
  readonly cuda: Capabilities['cuda'] | null
  /** What the built-in trainer would run on. */
  readonly tensorflow: BackendChoice | { readonly reason: string }
}

export function doctorCommand(run: (options: CommonOptions) => Promise<void>): Command {
  const command = new Command('doctor')
    .description('Say what this machine and this build can do, and what is wrong with them.')
    .action(run)
  return withCommonOptions(command, ['thresher doctor', 'thresher doctor --json'])
}

/** Exit code 1 where the native addon does not work: nothing else here can. */
export async function runDoctor(options: CommonOptions, context: CliContext): Promise<ExitCode> {
  const { look, machine } = settle(options, context)
  const diagnosis = await diagnose(options, context, look)
  const text = machine
    ? JSON.stringify(options.jsonl ? { event: 'result', ...diagnosis } : diagnosis)
    : lines(diagnosis)
        .map((line) => paint(line, look.colour))
        .join('\n')
  await write(context.stdout, `${text}\n`)
  return diagnosis.native.ok ? EXIT.done : EXIT.failed
}

async function diagnose(
  options: CommonOptions,
  context: CliContext,
  look: { colour: boolean; symbols: unknown },
): Promise<Diagnosis> {
  const { stdin, stdout, env } = context
  const native = await checkNative(context)
  return {
    version: version(),
    node: process.versions.node,
    system: `${platform()} ${release()} ${arch()}`,
    cpus: availableParallelism(),
    threads: options.threads,
    threadPool: env.UV_THREADPOOL_SIZE === undefined ? null : Number(env.UV_THREADPOOL_SIZE),
    terminal: {
      monitor: canShowScreen(env, stdin, stdout),
      columns: stdout.columns ?? null,
      rows: stdout.rows ?? null,
      colour: look.colour,
      unicode: look.symbols === UNICODE_SYMBOLS,
    },
    ...native,
    tensorflow: await checkTensorflow(context),
  }
}

/** Loads the addon and runs it once on a square whose box is known. */
async function checkNative(context: CliContext): Promise<Pick<Diagnosis, 'native' | 'cuda'>> {
  try {
    const { capabilities, postprocess } = await context.services.native()
    const found = capabilities()
    const [side, low, high] = [32, 8, 24]
    const data = Float32Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)]
      return Number(x >= low && x < high && y >= low && y < high)
    })
    const { scores } = await postprocess({ data, width: side, height: side })
    const ok = scores.length === 1 && scores[0] === 1
    const reason = `a map with one box gave ${scores.length}. Build it again: npm run build`
    return { native: { ok, version: found.version, ...(ok ? {} : { reason }) }, cuda: found.cuda }
  } catch (error) {
    return { native: { ok: false, reason: (error as Error).message.split('\n')[0] ?? '' }, cuda: null }
  }
}

async function checkTensorflow(context: CliContext): Promise<Diagnosis['tensorflow']> {
  try {
    const { chooseBackend } = await context.services.sweeps()
    return await chooseBackend()
  } catch (error) {
    return { reason: (error as Error).message.split('\n')[0] ?? '' }
  }
}

function lines({ native, cuda, tensorflow, terminal, ...rest }: Diagnosis): Line[] {
  const row = (label: string, ok: boolean | undefined, text: string): Line => [
    { text: padEnd(label, 10), tone: 'strong' },
    { text: ok === undefined ? '' : ok ? 'ok     ' : 'wrong  ', tone: ok ? 'better' : 'worse' },
    { text },
  ]
  const size = terminal.columns === null ? 'no terminal' : `${terminal.columns} x ${terminal.rows}`
  const can = [
    terminal.monitor ? 'monitor' : 'plain lines',
    terminal.colour ? 'colour' : 'no colour',
    terminal.unicode ? 'Unicode' : 'ASCII',
  ]
  return [
    row('thresher', undefined, `${rest.version}, Node ${rest.node}, ${rest.system}`),
    row(
      'cpu',
      undefined,
      `${rest.cpus} available, ${rest.threads} used, thread pool of ${rest.threadPool ?? 'the default size'}`,
    ),
    row('native', native.ok, native.ok ? `version ${native.version}` : (native.reason ?? '')),
    row('cuda', undefined, cudaText(cuda)),
    row('training', undefined, tensorflowText(tensorflow)),
    row('terminal', undefined, [size, ...can].join(', ')),
  ]
}

function cudaText(cuda: Capabilities['cuda'] | null): string {
  if (!cuda) return 'unknown'
  const devices = cuda.devices.map(
    (device) => `${device.name} (${(device.memoryBytes / 2 ** 30).toFixed(0)} GiB)`,
  )
  const listed = devices.length > 0 ? `; devices: ${devices.join(', ')}` : ''
  return cuda.usable ? `usable${listed}` : `not used: ${cuda.reason}${listed}`
}

function tensorflowText(tensorflow: Diagnosis['tensorflow']): string {
  if (!('backend' in tensorflow)) return `not possible: ${tensorflow.reason}`
  const others = tensorflow.passedOver.map(({ backend, reason }) => `; not ${backend}: ${reason}`)
  return `TensorFlow.js on ${tensorflow.text}${others.join('')}`
}
