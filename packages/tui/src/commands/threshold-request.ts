import {
  createGrid,
  DEFAULT_SETTING,
  type Grid,
  InputError,
  PARAMETERS,
  type ParameterName,
  parseParam,
  parseSetting,
  type Setting,
} from '@thresher/core'
import type { Backend, PostprocessMode } from '@thresher/native'
import type { ThresholdRequest } from '@thresher/sweeps'
import type { CliContext } from '../context.js'
import { type UsageHints, usageHints } from '../output/usage-hints.js'
import type { CommonOptions } from './common-options.js'
import { modeOf, openSource, type PostprocessOptions } from './postprocess-options.js'
import { type ProtocolOptions, scoringOf } from './protocol-options.js'
import { cachedSample } from './sample-folder.js'

/** Where maps and ground truth come from. */
export interface DataOptions extends Pick<PostprocessOptions, 'index' | 'size'> {
  readonly maps?: string[]
  readonly gt?: string
  readonly sample?: boolean
}

export interface ThresholdsOptions extends CommonOptions, PostprocessOptions, ProtocolOptions, DataOptions {
  readonly param?: string[]
  readonly baseline?: string
  readonly top: number
  readonly seed: number
  readonly resamples: number
  readonly folds?: number
  readonly refine?: number
  readonly resume?: string
  readonly output?: string
  readonly plain?: boolean
  readonly failUnlessBetter?: boolean
}

/** A sweep ready to run, with how a setting of it is put to use. */
export interface PlannedSweep {
  readonly request: ThresholdRequest
  readonly mode: PostprocessMode
  hints(setting: Setting): UsageHints
}

const DEFAULT_PARAMS = ['thresh=0.2:0.4:0.02', 'box_thresh=0.3:0.7:0.02', 'unclip_ratio=1.4:2.2:0.1'] as const

/** The grid that is swept where no --param is given: 11 x 21 x 9 settings around the usual ones. */
export function defaultParams(): readonly string[] {
  return DEFAULT_PARAMS
}

/** Grid and baseline, from the options alone: what is wrong with them is said before any file is read. */
export function planGrid(options: ThresholdsOptions): { grid: Grid; baseline: Setting } {
  const baseline =
    options.baseline === undefined
      ? DEFAULT_SETTING
      : naming('--baseline', () => parseSetting(options.baseline!))
  const params = (options.param ?? defaultParams()).map((text) => naming('--param', () => parseParam(text)))
  const seen = new Set<ParameterName>()
  for (const { name } of params) {
    if (seen.has(name)) {
      throw new InputError(
        `--param ${name}: given twice. Put all its values into one, such as ${name}=0.2,0.3.`,
      )
    }
    seen.add(name)
  }
  return { grid: createGrid(params, baseline), baseline }
}

/** What core says of a wrong value, under the option that it was given with. */
function naming<T>(option: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${option} ${error.message}`)
    throw error
  }
}

/** Reads what the options name. Throws InputError where options contradict each other or data are wrong. */
export async function planSweep(
  options: ThresholdsOptions,
  backend: Backend,
  context: CliContext,
  onNotice: (line: string) => void,
): Promise<PlannedSweep> {
  const { grid, baseline } = planGrid(options)
  const scoring = scoringOf(options)
  const { gt, ...source } = await dataSource(options, context)
  const { readPolygons } = await context.services.sweeps()
  const { maps, sizes } = await openSource(source, context.services, onNotice)
  const groundTruth = await readPolygons(gt, { onNotice })
  const mode = modeOf(options)
  const varied = PARAMETERS.filter((name) => grid.values[name].length > 1)
  const { threads, seed, resamples, folds, refine, resume } = options
  return {
    request: {
      ...{ maps, groundTruth, sizes, mode, scoring, backend, grid, baseline },
      ...{ threads, seed, resamples, folds, refine, resume },
    },
    mode,
    hints: (setting) => usageHints(setting, varied, mode, source),
  }
}

/**
 * The paths that the options name, or those of the built-in example.
 * @throws InputError where they contradict each other, or name neither.
 */
export async function dataSource(options: DataOptions, context: CliContext) {
  const { maps, gt, sample, index, size } = options
  if (sample) {
    const given = maps ? '--maps' : gt ? '--gt' : index ? '--index' : size ? '--size' : undefined
    if (given)
      throw new InputError(`--sample brings its own data; ${given} cannot go with it. Give one or the other.`)
    const found = await cachedSample(context)
    return { maps: [found.maps], gt: found.groundTruth, index: found.index, size: undefined }
  }
  if (!maps || gt === undefined) {
    const missing = [...(maps ? [] : ['--maps PATH']), ...(gt === undefined ? ['--gt PATH'] : [])].join(
      ' and ',
    )
    throw new InputError(
      `${missing} ${missing.includes(' and ') ? 'are' : 'is'} missing. Give it, or --sample to try the built-in example.`,
    )
  }
  return { maps, gt, index, size }
}
