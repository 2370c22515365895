import type { BoxType, ProbabilityMap, ScoreMode, Size, Variant } from '@thresher/native'

/** Every setting of one postprocess call, none left to a default. */
export interface PostprocessSettings {
  variant: Variant
  boxType: BoxType
  scoreMode: ScoreMode
  dilate: boolean
  thresh: number
  boxThresh: number
  unclipRatio: number
  maxCandidates: number
  minSize: number
  /** Absent: boxes stay in map pixels. */
  size?: Size
}

/** A probability map and how it is to be turned into boxes. */
export interface PostprocessCase {
  /** What the map shows, and the seed that draws it again. */
  name: string
  map: ProbabilityMap
  options: PostprocessSettings
}
