import { createRequire } from 'node:module'
import type {
  Detections,
  GridTallies,
  GroundTruth,
  PolygonSet,
  ProbabilityMap,
  Scoring,
  Size,
  Tally,
} from './types.js'

/** A running native operation: asked to stop by cancel(), it says how far it is by `done`. */
export interface NativeTask {
  cancel(): void
  readonly done: number
}

/** What the addon exports. This file is the only one that touches the .node file. */
interface Addon {
  Task: new () => NativeTask
  postprocess(
    data: Float32Array,
    width: number,
    height: number,
    options: object,
    task: NativeTask,
  ): Promise<PolygonSet & { scores: Float64Array }>
  scoreImage(
    scoring: Scoring,
    gt: GroundTruth,
    detections: Detections,
    level: number,
    task: NativeTask,
  ): Promise<NativeScore>
  sweepImage(
    data: ProbabilityMap['data'],
    width: number,
    height: number,
    gt: GroundTruth,
    grid: object,
    options: Scoring & { size?: Size | undefined },
    task: NativeTask,
  ): Promise<GridTallies>
  resampleSums(
    occurrences: Uint8Array,
    which: Uint32Array,
    amounts: Float64Array,
    offsets: Uint32Array,
    images: number,
    count: number,
    task: NativeTask,
  ): Promise<Float64Array>
  capabilities(): { version: string; cuda: NativeCuda }
}

interface NativeScore {
  levels: Tally[]
  scoreThresholds?: Float64Array
  endToEnd?: Tally
  /** Places in FATES. */
  gtFates: Uint8Array
  detFates: Uint8Array
  linkGt: Uint32Array
  linkDet: Uint32Array
  linkOverlap: Float64Array
  counts: Record<string, number>
}

interface NativeCuda {
  compiled: boolean
  toolkit: string
  driver: string
  devices: { name: string; memoryBytes: number; computeCapability: string }[]
  reason: string
}

let loaded: Addon | undefined

/** The addon, loaded at the first use. Throws an Error that says how to build it where it cannot be loaded. */
export function addon(): Addon {
  if (loaded) return loaded
  try {
    loaded = createRequire(import.meta.url)('@thresher/addon') as Addon
    return loaded
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]
    throw new Error(`the native addon could not be loaded (${reason}). Build it: npm run build`, {
      cause: error,
    })
  }
}
