import { icdarFormat } from './icdar-format.js'
import { jsonlFormat } from './jsonl-format.js'
import { mmocrFormat } from './mmocr-format.js'
import { mmocrPredictionsFormat } from './mmocr-predictions-format.js'
import { paddleocrFormat } from './paddleocr-format.js'
import type { PolygonFormat } from './polygon-format.js'
import { ufoFormat } from './ufo-format.js'

/** Every format that is recognised. */
export const POLYGON_FORMATS: readonly PolygonFormat[] = [
  icdarFormat,
  jsonlFormat,
  paddleocrFormat,
  mmocrFormat,
  mmocrPredictionsFormat,
  ufoFormat,
]
