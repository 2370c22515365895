import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { ThresholdRequest } from './types.js'

/** What must be equal for the tallies of an earlier run to be those of this one. */
export interface SweepIdentity {
  readonly settings: string
  readonly groundTruth: string
  readonly maps: string
}

/** Fingerprints of a request; maps are known by their files' names, sizes and times of change. */
export async function identityOf(request: ThresholdRequest): Promise<SweepIdentity> {
  const { maps, groundTruth, sizes, mode, scoring, grid, baseline } = request
  const files = [...new Set(maps.entries.map(({ file }) => file))]
  const stats = await Promise.all(files.map((file) => stat(file)))
  return {
    settings: fingerprint([mode, scoring, grid.values, baseline]),
    groundTruth: fingerprint(
      [...groundTruth.images].map(([image, objects]) => [image, objects.map(unplaced)]),
    ),
    maps: fingerprint([
      maps.entries.map(({ image, file, place, width, height }) => [
        image,
        file,
        place,
        width,
        height,
        sizes.get(image),
      ]),
      stats.map(({ size, mtimeMs }) => [size, mtimeMs]),
    ]),
  }
}

function unplaced({ points, ignore, text }: { points: number[]; ignore: boolean; text?: string }) {
  return [points, ignore, text]
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
