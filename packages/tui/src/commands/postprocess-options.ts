import { InputError } from '@thresher/core'
import type { PostprocessMode, Size } from '@thresher/native'
// Apart from the addon, which --help need not load.
import {
  BOX_TYPES,
  type BoxType,
  SCORE_MODES,
  type ScoreMode,
  VARIANTS,
  type Variant,
} from '@thresher/native/types'
import type { IndexEntry } from '@thresher/sweeps'
import { type Command, Option } from 'commander'
import type { Services } from '../context.js'
import type { MapSource } from '../output/usage-hints.js'
import { oneOf, path } from './values.js'

/** Options of every command that turns maps into boxes. */
export interface PostprocessOptions {
  readonly variant: Variant
  readonly boxType: BoxType
  readonly scoreMode: ScoreMode
  readonly dilate?: boolean
  readonly index?: string
  readonly size?: string
}

export function withPostprocessOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--variant <name>', `whose postprocess to follow: ${VARIANTS.join(', ')}`)
        .default('paddleocr')
        .argParser(oneOf(VARIANTS)),
    )
    .addOption(
      new Option('--box-type <type>', `shape of a box: ${BOX_TYPES.join(', ')}`)
        .default('quad')
        .argParser(oneOf(BOX_TYPES)),
    )
    .addOption(
      new Option('--score-mode <mode>', `where a quad's score is taken: ${SCORE_MODES.join(', ')}`)
        .default('fast')
        .argParser(oneOf(SCORE_MODES)),
    )
    .option('--dilate', 'dilate the bitmap with a 2 x 2 kernel first')
    .option('--index <file>', 'JSON list of {"image", "width", "height"}: sizes to scale boxes to', path)
    .option('--size <WxH>', 'one size for all images, such as 1280x720')
}

export function modeOf(options: PostprocessOptions): PostprocessMode {
  const { variant, boxType, scoreMode, dilate = false } = options
  return { variant, boxType, scoreMode, dilate }
}

/** The maps named on the command line, opened, with the size of each image. */
export async function openSource(source: MapSource, services: Services, onNotice: (line: string) => void) {
  if (source.index !== undefined && source.size !== undefined) {
    throw new InputError('--index and --size both say how large the images are. Give one of them.')
  }
  const sweeps = await services.sweeps()
  const index: IndexEntry[] | undefined =
    source.index === undefined ? undefined : await sweeps.readIndex(source.index)
  const size: Size | undefined = source.size === undefined ? undefined : sweeps.parseSize(source.size)
  const maps = await sweeps.openMaps([...source.maps], { ...(index ? { index } : {}), onNotice })
  return { maps, sizes: sweeps.imageSizes(maps.entries, index ?? size) }
}
