import { icdarFormat } from './icdar-format.js'
import { jsonlFormat } from './jsonl-format.js'
import type { PolygonFormat } from './polygon-format.js'

/** Every format that is recognised, in the order of asking; the first that recognises a file has it. */
export const POLYGON_FORMATS: readonly PolygonFormat[] = [icdarFormat, jsonlFormat]
