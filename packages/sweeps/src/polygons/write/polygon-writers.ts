import { icdarWriter } from './icdar-writer.js'
import { jsonlWriter } from './jsonl-writer.js'
import { mmocrWriter } from './mmocr-writer.js'
import { paddleocrWriter } from './paddleocr-writer.js'
import type { PolygonWriter, WritableFormat } from './polygon-writer.js'
import { ufoWriter } from './ufo-writer.js'

export const POLYGON_WRITERS: Readonly<Record<WritableFormat, PolygonWriter>> = {
  icdar: icdarWriter,
  paddleocr: paddleocrWriter,
  mmocr: mmocrWriter,
  ufo: ufoWriter,
  jsonl: jsonlWriter,
}
