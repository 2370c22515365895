import { extname } from 'node:path'
import { InputError } from '@thresher/core'
import { nonBlankLines, type PolygonFormat } from './polygon-format.js'
import { POLYGON_FORMATS } from './polygon-formats.js'
import { readTextFiles, type TextFile } from './text-source.js'
import type { PolygonFile } from './types.js'

export interface ReadPolygonsOptions {
  /**
   * Whether lines of an ICDAR file carry a confidence after the coordinates. Where absent, they do if the files
   * are named `res_*` and every line has a number in 0 to 1 there, not all of them whole.
   */
  confidences?: boolean | undefined
  /** Takes lines that the user should see although the work goes on. */
  onNotice?: ((line: string) => void) | undefined
}

/**
 * Reads ground truth or detections from a folder (sub-folders included), a `.zip` or a single file, and finds out
 * by content which of the formats it is. A file without lines is an image without regions.
 *
 * Whether polygons are simple, or clockwise, is for the protocol that uses them to say.
 *
 * @throws InputError with file, line and mend.
 */
export async function readPolygons(path: string, options: ReadPolygonsOptions = {}): Promise<PolygonFile> {
  const extensions = POLYGON_FORMATS.flatMap((format) => [...format.extensions])
  const files: TextFile[] = []
  for await (const file of readTextFiles(path, extensions)) files.push(file)
  const format = recognise(files)
  noticeReplaced(files, options.onNotice)
  return {
    path,
    format: format.name,
    images: format.parse(files, options.confidences),
  }
}

/** The one format of all files that are not blank; blank files alone go by their extension. */
function recognise(files: readonly TextFile[]): PolygonFormat {
  let found: { format: PolygonFormat; path: string } | undefined
  for (const file of files) {
    const first = nonBlankLines(file.text).next().value
    if (first === undefined) continue
    const format = POLYGON_FORMATS.find((candidate) => candidate.recognises(file.text.slice(first.start)))
    if (format === undefined) {
      const examples = POLYGON_FORMATS.map((candidate) => candidate.example).join(' or ')
      throw new InputError(`${file.path}:${first.number}: matches no known format. Write ${examples}.`)
    }
    if (found !== undefined && found.format !== format) {
      throw new InputError(
        `${found.path} is ${found.format.name}, ${file.path} is ${format.name}: one set has one format. Keep them in folders of their own.`,
      )
    }
    found ??= { format, path: file.path }
  }
  if (found !== undefined) return found.format
  const extension = extname(files[0]?.name ?? '').toLowerCase()
  return POLYGON_FORMATS.find((format) => format.extensions.includes(extension)) ?? POLYGON_FORMATS[0]!
}

function noticeReplaced(files: readonly TextFile[], onNotice: ReadPolygonsOptions['onNotice']): void {
  const replaced = files.filter((file) => file.replaced)
  if (replaced.length === 0) return
  const others = replaced.length === 1 ? '' : ` and ${replaced.length - 1} more`
  onNotice?.(
    `${replaced[0]!.path}${others}: not UTF-8; unknown bytes in texts are shown as \uFFFD. Save as UTF-8.`,
  )
}
