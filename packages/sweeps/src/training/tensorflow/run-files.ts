import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DONT_CARE } from '../../polygons/types.js'
import { encodeMap, encodeRegions } from '../../sample/encode.js'
import type { DataSet } from './data/data-set.js'

/** Where a run keeps its validation maps and their ground truth, inside its folder. */
export const MAPS_FOLDER = 'maps'
export const TRUTH_FOLDER = 'gt'

/** Writes the maps of the best epoch so far, as `thresher thresholds --maps` reads them, over those of an earlier one. */
export async function writeMaps(
  folder: string,
  { validation, size }: DataSet,
  maps: readonly Float32Array[],
): Promise<void> {
  const target = join(folder, MAPS_FOLDER)
  const draft = `${target}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  for (const [i, data] of maps.entries()) {
    await writeFile(join(draft, `${validation[i]!.name}.npy`), encodeMap({ data, width: size, height: size }))
  }
  await rm(target, { recursive: true, force: true })
  await rename(draft, target)
}

/** Writes the validation images' ground truth as ICDAR files. */
export async function writeTruth(folder: string, { validation }: DataSet): Promise<void> {
  const target = join(folder, TRUTH_FOLDER)
  await mkdir(target, { recursive: true })
  for (const { name, regions } of validation) {
    const told = regions.map(({ quad, text, ignore }) => ({ quad, text: ignore ? DONT_CARE : text }))
    await writeFile(join(target, `gt_${name}.txt`), encodeRegions(told))
  }
}
