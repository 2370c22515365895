import { join } from 'node:path'
import type { Grid } from '@thresher/core'
import { openMaps } from '../../maps/map-set.js'
import { readPolygons } from '../../polygons/read-polygons.js'
import { sweepThresholds } from '../../thresholds/sweep-thresholds.js'
import type { SweepOptions, ThresholdRequest, ThresholdResult } from '../../thresholds/types.js'
import { MAPS_FOLDER, TRUTH_FOLDER } from './run-files.js'
import { VALIDATION, VALIDATION_SETTING } from './validation-setting.js'

export interface RunThresholdOptions
  extends SweepOptions,
    Partial<Pick<ThresholdRequest, 'mode' | 'scoring' | 'threads' | 'seed' | 'resamples' | 'baseline'>> {}

/**
 * The threshold grid of a joint sweep: scores every setting on the maps that a training run left of its best epoch, at no
 * further training. Mode, protocol and baseline are those of the run's own validation unless given.
 *
 * @param folder the run's
 * @throws InputError where the run left no maps
 */
export async function sweepRunThresholds(
  folder: string,
  grid: Grid,
  { onNotice, onProgress, signal, ...request }: RunThresholdOptions = {},
): Promise<ThresholdResult> {
  const maps = await openMaps([join(folder, MAPS_FOLDER)], { onNotice })
  const groundTruth = await readPolygons(join(folder, TRUTH_FOLDER), { onNotice })
  return sweepThresholds(
    {
      maps,
      groundTruth,
      sizes: new Map(),
      grid,
      mode: request.mode ?? VALIDATION.mode,
      scoring: request.scoring ?? { protocol: VALIDATION.protocol },
      baseline: request.baseline ?? VALIDATION_SETTING,
      threads: request.threads ?? 1,
      seed: request.seed ?? 0,
      resamples: request.resamples,
    },
    { onNotice, onProgress, signal },
  )
}
