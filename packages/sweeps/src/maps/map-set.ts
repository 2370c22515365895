import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { InputError } from '@thresher/core'
import { fileError } from '../files/file-error.js'
import { listFiles } from '../files/list-files.js'
import { checkValues, type ValueRange } from './check-values.js'
import type { IndexEntry } from './index-file.js'
import type { MapArray } from './map-array.js'
import { nameMaps, subjectOfMap } from './map-names.js'
import { openNpy } from './npy-file.js'
import { openNpz } from './npz-file.js'
import { readPlanes } from './read-planes.js'
import type { MapEntry, MapSet, ReadMapsOptions } from './types.js'

export interface OpenMapsOptions {
  /** Image sizes; where it is as long as an N x H x W array, its entries name that array's maps in order. */
  index?: readonly IndexEntry[] | undefined
  /** Takes lines that the user should see although the work goes on. */
  onNotice?: ((line: string) => void) | undefined
}

const EXTENSIONS = ['.npy', '.npz']
/** Headers read side by side: enough to hide a slow disk, few enough for the limit on open files. */
const HEADERS_AT_ONCE = 16

/**
 * Finds the maps in `.npy` and `.npz` files and in folders of these (sub-folders included, natural order, other
 * files and hidden ones left alone), and reads their headers.
 *
 * Arrays are H x W, 1 x H x W, N x H x W or N x 1 x H x W; float32, float16 or uint8 (divided by 255); either
 * byte order, C or Fortran order.
 *
 * @throws InputError naming the file, the place in it and the mend.
 */
export async function openMaps(paths: readonly string[], options: OpenMapsOptions = {}): Promise<MapSet> {
  if (paths.length === 0) throw new InputError('No maps given. Name .npy or .npz files, or folders of these.')
  const files: string[] = []
  for (const path of paths) files.push(...(await findFiles(path)))
  const planned = nameMaps(await readHeaders(files), options.index)
  const entries = planned.flatMap((plan) => plan.entries)
  const notify = noticeOnce(options.onNotice)

  async function* read({ signal, only }: ReadMapsOptions = {}): ReturnType<MapSet['read']> {
    for (const { array, entries } of planned) {
      const wanted = (index: number) => only === undefined || only.has(entries[index]!.image)
      for await (const { index, data } of readPlanes(array, wanted, signal)) {
        const entry = entries[index]!
        const map = { data, width: array.width, height: array.height }
        const outside = checkValues(map, subjectOfMap(entry))
        if (outside !== undefined) notify(entry, outside)
        yield { entry, map }
      }
    }
  }
  return { entries, read }
}

async function findFiles(path: string): Promise<string[]> {
  const folder = await isFolder(path)
  if (!folder) {
    if (EXTENSIONS.includes(extname(path).toLowerCase())) return [path]
    throw new InputError(
      `${path}: maps are .npy or .npz files, or folders of these. Save it with numpy.save.`,
    )
  }
  const files = await listFiles(path, EXTENSIONS)
  if (files.length === 0)
    throw new InputError(`${path}: no .npy or .npz file in this folder. Check the path.`)
  return files
}

async function isFolder(path: string): Promise<boolean> {
  try {
    const found = await stat(path)
    if (found.isDirectory() || found.isFile()) return found.isDirectory()
  } catch (error) {
    throw fileError(path, error)
  }
  throw new InputError(`${path}: neither a file nor a folder. Save the maps to a file first.`)
}

async function readHeaders(files: readonly string[]): Promise<MapArray[]> {
  const arrays: MapArray[] = []
  for (let start = 0; start < files.length; start += HEADERS_AT_ONCE) {
    const batch = files.slice(start, start + HEADERS_AT_ONCE)
    const results = await Promise.allSettled(batch.map(openFile))
    // The first file in order speaks, whichever failed first.
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason
      arrays.push(...result.value)
    }
  }
  return arrays
}

async function openFile(file: string): Promise<MapArray[]> {
  return extname(file).toLowerCase() === '.npz' ? openNpz(file) : [await openNpy(file)]
}

function noticeOnce(onNotice: OpenMapsOptions['onNotice']): (entry: MapEntry, range: ValueRange) => void {
  let said = false
  return (entry, { low, high }) => {
    if (said) return
    said = true
    onNotice?.(
      `${subjectOfMap(entry)} has values from ${low} to ${high}; probabilities are 0 to 1. They are used as they are; apply a sigmoid before saving if these are logits.`,
    )
  }
}
