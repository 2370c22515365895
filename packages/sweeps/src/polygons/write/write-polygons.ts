import type { PolygonFile } from '../types.js'
import { countLosses } from './losses.js'
import { outputTarget } from './output-target.js'
import { placeOutput } from './place-output.js'
import type { WritableFormat, WriterOptions } from './polygon-writer.js'
import { POLYGON_WRITERS } from './polygon-writers.js'

export interface WritePolygonsOptions extends WriterOptions {
  /** Whether what is at the path may be replaced. */
  force?: boolean | undefined
  signal?: AbortSignal | undefined
}

/** What was written. */
export interface WrittenPolygons {
  path: string
  format: WritableFormat
  files: number
  images: number
  regions: number
  /** What the format could not carry, a line a kind. */
  losses: string[]
}

/**
 * Writes a set of polygons: into a folder or a `.zip`, or, in a format that has one file for all, into that file.
 * Either all of it appears at `path` or nothing. The same data give the same bytes.
 *
 * @throws InputError where something is at the path already, unless `force`; where the path cannot be written; or at
 * a region that the format cannot hold without changing what counts.
 */
export async function writePolygons(
  data: PolygonFile,
  format: WritableFormat,
  path: string,
  { force = false, signal, prefix }: WritePolygonsOptions = {},
): Promise<WrittenPolygons> {
  const writer = POLYGON_WRITERS[format]
  const losses = countLosses()
  const target = await outputTarget(path, writer, force)
  const files = await placeOutput(target, writer.files(data, losses, { prefix }), signal)
  const regions = [...data.images.values()].reduce((sum, annotations) => sum + annotations.length, 0)
  return { path, format, files, images: data.images.size, regions, losses: losses.lines() }
}
