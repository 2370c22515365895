export { type BootstrapOptions, type PairedBootstrap, pairedBootstrap } from './bootstrap.js'
export type { ResampleSummer, SparseColumns } from './column-sums.js'
export { type CrossValidation, crossValidate } from './cross-validation.js'
export { InputError } from './errors.js'
export { type FlatZone, flatZones } from './flat-zones.js'
export { formatDuration, formatPoints, formatScore, formatValue } from './format.js'
export { createGrid, type Grid } from './grid.js'
export { type ImageDifference, imageDifferences } from './image-differences.js'
export {
  checkSetting,
  checkValue,
  DEFAULT_SETTING,
  isParameterName,
  PARAMETERS,
  type ParameterName,
  type Setting,
} from './parameter.js'
export { type Plateau, plateauAround } from './plateau.js'
export { createRandom, type Random } from './random.js'
export { type RankedSetting, type Ranking, rankSettings, type Verdict } from './ranking.js'
export { refineGrid } from './refine.js'
export {
  harmonicMean,
  type ImageStatistics,
  micro,
  type Scores,
  scoresOf,
  statisticsOf,
} from './statistics.js'
export { type ParameterValues, parseNumbers, parseParam, parseSetting, parseValues } from './values.js'
