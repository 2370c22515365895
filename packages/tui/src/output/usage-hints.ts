import { DEFAULT_SETTING, formatValue, PARAMETERS, type ParameterName, type Setting } from '@thresher/core'
import type { PostprocessMode, Variant } from '@thresher/native'
import { shellQuote } from './shell-quote.js'

/** How to use a setting: options of the framework that is followed, and this program's command. */
export interface UsageHints {
  readonly options: string
  readonly command: string
  /** What the framework has no option for. */
  readonly notes: readonly string[]
}

/** Where the maps came from, as given on the command line. */
export interface MapSource {
  readonly maps: readonly string[]
  readonly index?: string | undefined
  readonly size?: string | undefined
}

interface Framework {
  readonly title: string
  readonly prefix: string
  /** Option of a parameter with its value; undefined where the framework's own code fixes it. */
  option(name: ParameterName, value: number): string | undefined
}

const MMOCR_NAMES: Readonly<Record<ParameterName, string>> = {
  thresh: 'mask_thr',
  box_thresh: 'min_text_score',
  unclip_ratio: 'unclip_ratio',
  max_candidates: 'max_candidates',
  min_size: 'min_text_width',
}

/**
 * Names as in PaddleOCR tools/eval.py (-o), MhLiao/DB eval.py, the receipt baseline's Hydra configuration and MMOCR 1.x
 * configs (--cfg-options; its min_text_width is compared after expansion, where the others add 2 to min_size).
 */
const FRAMEWORKS: Readonly<Record<Variant, Framework>> = {
  paddleocr: {
    title: 'PaddleOCR',
    prefix: '-o ',
    option: (name, value) => (name === 'min_size' ? undefined : `PostProcess.${name}=${formatValue(value)}`),
  },
  mhliao: {
    title: 'MhLiao/DB',
    prefix: '',
    option: (name, value) =>
      name === 'thresh' || name === 'box_thresh' ? `--${name} ${formatValue(value)}` : undefined,
  },
  receipt: {
    title: 'the receipt baseline',
    prefix: '',
    option: (name, value) =>
      name === 'min_size' ? undefined : `models.head.postprocess.${name}=${formatValue(value)}`,
  },
  mmocr: {
    title: 'MMOCR',
    prefix: '--cfg-options ',
    option: (name, value) =>
      `model.det_head.postprocessor.${MMOCR_NAMES[name]}=${formatValue(name === 'min_size' ? value + 2 : value)}`,
  },
}

const ALWAYS: readonly ParameterName[] = ['thresh', 'box_thresh', 'unclip_ratio']

/** Hints for a setting. Parameters that nobody touched (not in `varied`, at their default) are left out. */
export function usageHints(
  setting: Setting,
  varied: readonly ParameterName[],
  mode: PostprocessMode,
  source: MapSource,
): UsageHints {
  const framework = FRAMEWORKS[mode.variant]
  const named = PARAMETERS.filter(
    (name) => ALWAYS.includes(name) || varied.includes(name) || setting[name] !== DEFAULT_SETTING[name],
  )
  const options = named
    .map((name) => framework.option(name, setting[name]))
    .filter((text) => text !== undefined)
  const notes = named
    .filter((name) => framework.option(name, setting[name]) === undefined)
    .map(
      (name) =>
        `${name} ${formatValue(setting[name])}: ${framework.title} has no option for it; its code fixes it.`,
    )
  return {
    options: framework.prefix + options.join(' '),
    command: boxesCommand(setting, named, mode, source),
    notes,
  }
}

function boxesCommand(
  setting: Setting,
  named: readonly ParameterName[],
  mode: PostprocessMode,
  source: MapSource,
): string {
  const words = ['thresher boxes', ...source.maps.map(shellQuote)]
  if (source.index !== undefined) words.push(`--index ${shellQuote(source.index)}`)
  if (source.size !== undefined) words.push(`--size ${source.size}`)
  if (mode.variant !== 'paddleocr') words.push(`--variant ${mode.variant}`)
  if (mode.boxType !== 'quad') words.push(`--box-type ${mode.boxType}`)
  if (mode.scoreMode !== 'fast') words.push(`--score-mode ${mode.scoreMode}`)
  if (mode.dilate) words.push('--dilate')
  words.push(...named.map((name) => `--${name.replaceAll('_', '-')} ${formatValue(setting[name])}`))
  return `${words.join(' ')} -o boxes.jsonl`
}
