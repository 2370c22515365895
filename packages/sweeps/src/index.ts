export { type BenchResult, type BenchRow, benchThresholds } from './bench/bench-thresholds.js'
export { boxesLine } from './boxes/boxes-line.js'
export { findImage } from './files/image-name.js'
export { imageSizes, parseSize } from './maps/image-sizes.js'
export { type IndexEntry, readIndex } from './maps/index-file.js'
export { type OpenMapsOptions, openMaps } from './maps/map-set.js'
export type { MapEntry, MapSet, ReadMapsOptions } from './maps/types.js'
export { type ReadPolygonsOptions, readPolygons } from './polygons/read-polygons.js'
export type { Annotation, PolygonFile, PolygonFormatName } from './polygons/types.js'
export type { WritableFormat } from './polygons/write/polygon-writer.js'
export {
  type WritePolygonsOptions,
  type WrittenPolygons,
  writePolygons,
} from './polygons/write/write-polygons.js'
export {
  ensureSample,
  type Sample,
  type SampleOptions,
  type SampleRun,
  writeSample,
} from './sample/write-sample.js'
export { SCALE_BINS, scoreByScale } from './score/scale-bins.js'
export { type ScoreOptions, scoreDataset } from './score/score-dataset.js'
export type {
  CountedScores,
  Counts,
  DatasetScore,
  PolygonOutcome,
  ScaleScores,
  ScoredImage,
  ThresholdScores,
} from './score/types.js'
export { sweepThresholds } from './thresholds/sweep-thresholds.js'
export type {
  Standing,
  Standings,
  SweepOptions,
  ThresholdProgress,
  ThresholdRequest,
  ThresholdResult,
} from './thresholds/types.js'
export { compareRuns, type RunComparison } from './training/analysis/compare-runs.js'
export {
  formatDelta,
  formatMetric,
  formatSize,
  type MetricScale,
  type StudyMetric,
} from './training/analysis/metric-scale.js'
export type { ComparedSetting, RankedCandidate } from './training/analysis/ranking.js'
export { type ReportOptions, reportOn, type StudyReport } from './training/analysis/report.js'
export { commandLine } from './training/command/command-line.js'
export { bestConfig } from './training/export/best-config.js'
export { resultsCsv } from './training/export/results-csv.js'
export { studyJson } from './training/export/study-json.js'
export { type ImportOptions, importStudy } from './training/import/import-study.js'
export type { ImportFormat } from './training/import/imported-study.js'
export { storeStudy } from './training/import/store-study.js'
export type { Recommendation } from './training/recommend/recommend.js'
export type { SweepEnd, SweepEvent, SweepProgress } from './training/run/events.js'
export { folderName } from './training/run/run-folder.js'
export { runSweep, type SweepOutcome, type SweepRequest } from './training/run/run-sweep.js'
export { type HydraOverride, parseHydraOverride } from './training/sweep-file/hydra/override.js'
export { readSweepFile } from './training/sweep-file/read-sweep-file.js'
export type { SweepPlan } from './training/sweep-plan.js'
export {
  BACKENDS,
  type BackendChoice,
  chooseBackend,
  type TensorflowBackend,
} from './training/tensorflow/backend.js'
export { TENSORFLOW_DEFAULTS } from './training/tensorflow/defaults.js'
export { type RunThresholdOptions, sweepRunThresholds } from './training/tensorflow/sweep-run-thresholds.js'
export { createTensorflowTrainer } from './training/tensorflow/tensorflow-trainer.js'
