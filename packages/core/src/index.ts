export { type BootstrapOptions, type PairedBootstrap, pairedBootstrap } from './bootstrap.js'
export { InputError } from './errors.js'
export { formatDuration, formatPoints, formatScore, formatValue } from './format.js'
export { createGrid, type Grid } from './grid.js'
export {
  checkSetting,
  checkValue,
  DEFAULT_SETTING,
  isParameterName,
  PARAMETERS,
  type ParameterName,
  type Setting,
} from './parameter.js'
export { createRandom, type Random } from './random.js'
export { type RankedSetting, type Ranking, rankSettings, type Verdict } from './ranking.js'
export { harmonicMean, type ImageStatistics, micro, type Scores, scoresOf } from './statistics.js'
export { type ParameterValues, parseNumbers, parseParam, parseSetting, parseValues } from './values.js'
