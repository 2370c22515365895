import { InputError, parseNumbers } from '@thresher/core'
import type { Scoring } from '@thresher/native'
// Apart from the addon, which --help need not load.
import { PROTOCOLS, type Protocol } from '@thresher/native/types'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { oneOf } from './values.js'

/** How to score, as the command line says it. */
export interface ProtocolOptions {
  readonly protocol: Protocol
  readonly areaPrecision?: number
  readonly recallGranularity?: number
  readonly precisionGranularity?: number
  readonly numpy?: '1' | '2'
  readonly maxMatching?: boolean
  readonly scoreThresholds?: string
}

const CLEVALS: readonly Protocol[] = ['cleval', 'cleval-receipt']
/** The protocols that an option is for; others refuse it rather than leave it unheard. */
const MEANT_FOR: Readonly<Record<Exclude<keyof ProtocolOptions, 'protocol'>, readonly Protocol[]>> = {
  areaPrecision: CLEVALS,
  recallGranularity: CLEVALS,
  precisionGranularity: CLEVALS,
  numpy: ['cleval-receipt'],
  maxMatching: ['hmean-iou'],
  scoreThresholds: ['hmean-iou'],
}

export function withProtocolOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--protocol <name>', `how to score: ${PROTOCOLS.join(', ')}`)
        .default('icdar2015')
        .argParser(oneOf(PROTOCOLS)),
    )
    .option(
      '--area-precision <share>',
      'cleval: least share of a detection on ground truth (default: 0.3)',
      share,
    )
    .option('--recall-granularity <weight>', 'cleval: cost of a further piece (default: 1)', weight)
    .option(
      '--precision-granularity <weight>',
      'cleval: cost of a further merged object (default: 1)',
      weight,
    )
    .addOption(
      new Option(
        '--numpy <version>',
        "cleval-receipt: whose arithmetic, 1 (the competition's) or 2",
      ).argParser(oneOf(['1', '2'])),
    )
    .option('--max-matching', 'hmean-iou: the largest matching instead of the first')
    .option(
      '--score-thresholds <values>',
      'hmean-iou: thresholds to choose from, start:stop:step or a list (default: 0.3:0.9:0.1)',
    )
}

/** The scoring that the options ask for. Throws InputError for an option that the protocol does not have. */
export function scoringOf(options: ProtocolOptions): Scoring {
  const { protocol, areaPrecision, recallGranularity, precisionGranularity, numpy } = options
  for (const [name, protocols] of Object.entries(MEANT_FOR)) {
    if (options[name as keyof ProtocolOptions] === undefined || protocols.includes(protocol)) continue
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    throw new InputError(
      `${flag} is for --protocol ${protocols.join(' and ')}, not ${protocol}. Leave it out, or choose one of them.`,
    )
  }
  return {
    protocol,
    ...(areaPrecision === undefined ? {} : { areaPrecision }),
    ...(recallGranularity === undefined ? {} : { recallGranularity }),
    ...(precisionGranularity === undefined ? {} : { precisionGranularity }),
    ...(numpy === '2' ? { numpy2: true } : {}),
    ...(options.maxMatching ? { maxMatching: true } : {}),
    ...(options.scoreThresholds === undefined
      ? {}
      : { scoreThresholds: parseNumbers(options.scoreThresholds, '--score-thresholds') }),
  }
}

function weight(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('It is a number from 0 on, such as 0.5.')
  }
  return value
}

function share(text: string): number {
  const value = weight(text)
  if (value > 1) throw new InvalidArgumentError('It is a share from 0 to 1.')
  return value
}
