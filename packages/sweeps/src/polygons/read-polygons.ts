import { extname } from 'node:path'
import { InputError } from '@thresher/core'
import { icdarFormat } from './icdar-format.js'
import { checkSyntax } from './json-syntax.js'
import { jsonlFormat } from './jsonl-format.js'
import { nonBlankLines, type ParseOptions, type PolygonFormat } from './polygon-format.js'
import { POLYGON_FORMATS } from './polygon-formats.js'
import { probeText } from './probe.js'
import { readTextFiles, type TextFile } from './text-source.js'
import type { PolygonFile } from './types.js'

export interface ReadPolygonsOptions extends ParseOptions {
  /**
   * Whether lines of an ICDAR file carry a confidence after the coordinates. Where absent, they do if the files
   * are named `res_*` and every line has a number in 0 to 1 there, not all of them whole.
   */
  confidences?: boolean | undefined
}

/**
 * Reads ground truth or detections from a folder (sub-folders included), a `.zip` or a single file, and finds out
 * by content which of the formats it is. A text file without lines is an image without regions. Among other files,
 * a `.json` that is of none of the formats is left out, with a notice.
 *
 * Whether polygons are simple, or clockwise, is for the protocol that uses them to say.
 *
 * @throws InputError with file, line and mend.
 */
export async function readPolygons(path: string, options: ReadPolygonsOptions = {}): Promise<PolygonFile> {
  const extensions = [...new Set(POLYGON_FORMATS.flatMap((format) => format.extensions))]
  const found: TextFile[] = []
  for await (const file of readTextFiles(path, extensions)) found.push(file)
  const { format, files } = recognise(found, options.onNotice)
  noticeReplaced(files, options.onNotice)
  return { path, format: format.name, ...format.parse(files, options) }
}

interface Recognised {
  format: PolygonFormat
  files: readonly TextFile[]
}

/** The one format of all files that are not blank; blank files alone go by their extension. */
function recognise(files: readonly TextFile[], onNotice: ReadPolygonsOptions['onNotice']): Recognised {
  let found: { format: PolygonFormat; path: string } | undefined
  const others: TextFile[] = []
  for (const file of files) {
    const first = nonBlankLines(file.text).next().value
    if (first === undefined) continue
    const format = formatOf(file, first.start, first.number)
    if (format === undefined) {
      if (files.length === 1 || !isOtherJson(file)) throw unknownFormat(file, first.number)
      others.push(file)
      continue
    }
    if (found !== undefined && found.format !== format) {
      throw new InputError(
        `${found.path} is ${found.format.name}, ${file.path} is ${format.name}: one set has one format. Keep them in folders of their own.`,
      )
    }
    found ??= { format, path: file.path }
  }
  if (found === undefined && others.length > 0) throw unknownFormat(others[0]!, 1)
  if (others.length > 0) {
    const more = others.length === 1 ? '' : ` and ${others.length - 1} more`
    onNotice?.(`${others[0]!.path}${more}: no ground truth and no detections; left out.`)
  }
  const format = found?.format ?? formatOfBlank(files)
  return { format, files: files.filter((file) => !others.includes(file)) }
}

/** @throws InputError where two formats fit. */
function formatOf(file: TextFile, start: number, line: number): PolygonFormat | undefined {
  const probe = probeText(file.text.slice(start))
  const [format, other] = POLYGON_FORMATS.filter((candidate) => candidate.recognises(probe))
  if (format !== undefined && other !== undefined) {
    throw new InputError(
      `${file.path}:${line}: could be ${format.name} (${format.example}) or ${other.name} (${other.example}). Make it one of them.`,
    )
  }
  return format
}

/** Whether a file is sound JSON, hence certainly none of the formats rather than a damaged one. */
function isOtherJson({ name, text }: TextFile): boolean {
  return extname(name).toLowerCase() === '.json' && checkSyntax(text).errorAt === undefined
}

function formatOfBlank(files: readonly TextFile[]): PolygonFormat {
  const extension = extname(files[0]?.name ?? '').toLowerCase()
  if (extension === '.json') throw new InputError(`${files[0]!.path}: is empty. Save or export it again.`)
  return POLYGON_FORMATS.find((format) => format.extensions.includes(extension)) ?? POLYGON_FORMATS[0]!
}

function unknownFormat(file: TextFile, line: number): InputError {
  const names = POLYGON_FORMATS.map(({ name }) => name).join(', ')
  const examples = [icdarFormat, jsonlFormat].map(({ example }) => example).join(' or ')
  return new InputError(`${file.path}:${line}: matches no known format (${names}). Write ${examples}.`)
}

function noticeReplaced(files: readonly TextFile[], onNotice: ReadPolygonsOptions['onNotice']): void {
  const replaced = files.filter((file) => file.replaced)
  if (replaced.length === 0) return
  const others = replaced.length === 1 ? '' : ` and ${replaced.length - 1} more`
  onNotice?.(
    `${replaced[0]!.path}${others}: not UTF-8; unknown bytes in texts are shown as \uFFFD. Save as UTF-8.`,
  )
}
