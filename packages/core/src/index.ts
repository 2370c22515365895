export { type BootstrapOptions, type PairedBootstrap, pairedBootstrap } from './bootstrap.js'
export type { ResampleSummer, SparseColumns } from './column-sums.js'
export { comparePaired } from './comparison/compare-paired.js'
export { holm } from './comparison/holm.js'
export { type Elimination, type EliminationOptions, type NextRun, nextRun } from './comparison/next-run.js'
export type {
  CompareOptions,
  PairedComparison,
  PairedVerdict,
  SeedPlan,
  SeedValues,
} from './comparison/paired-comparison.js'
export { powerOf, seedsNeeded } from './comparison/power.js'
export { type CrossValidation, crossValidate } from './cross-validation.js'
export { InputError } from './errors.js'
export { EXACT_KINDS, type ExactValues, exactKind, exactValues } from './exact-values.js'
export { type FlatZone, flatZones } from './flat-zones.js'
export { formatDuration, formatPoints, formatScore, formatValue } from './format.js'
export { createGrid, type Grid } from './grid.js'
export { type ImageDifference, imageDifferences } from './image-differences.js'
export { type ImportanceOptions, importances } from './importance/importances.js'
export { normalCdf, normalQuantile } from './mathematics/normal.js'
export { studentTwoSided, studentTwoSidedQuantile, studentUpperTail } from './mathematics/student-t.js'
export {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  geometricMean,
  matthewsCorrelation,
} from './metrics/agreement.js'
export { bestThreshold, type Costs, type ThresholdChoice } from './metrics/best-threshold.js'
export { type ConfusionMatrix, confusionMatrix, type Label } from './metrics/confusion-matrix.js'
export {
  averagePrecision,
  type PrecisionRecallCurve,
  precisionRecallCurve,
  type RocCurve,
  rocAuc,
  rocCurve,
} from './metrics/curves.js'
export { type IsotonicCalibration, isotonicCalibration } from './metrics/isotonic.js'
export { type PlattScaling, plattScaling } from './metrics/platt.js'
export {
  type Average,
  type AverageOptions,
  type PrecisionRecall,
  perClass,
  precisionRecall,
  specificity,
} from './metrics/precision-recall.js'
export type { Truths } from './metrics/ranked-scores.js'
export {
  brierScore,
  expectedCalibrationError,
  type ReliabilityBin,
  type ReliabilityOptions,
  reliabilityCurve,
} from './metrics/reliability.js'
export { crowdingDistances } from './multi-objective/crowding-distance.js'
export { constrainedDominates, dominates } from './multi-objective/domination.js'
export { hypervolume } from './multi-objective/hypervolume.js'
export { nonDominationRanks } from './multi-objective/rank.js'
export { selectByHypervolume } from './multi-objective/subset-selection.js'
export {
  checkSetting,
  checkValue,
  DEFAULT_SETTING,
  isParameterName,
  PARAMETERS,
  type ParameterName,
  type Setting,
} from './parameter.js'
export { type PbtOptions, pbt } from './pbt/pbt.js'
export { type PbtSchedule, pbtSchedule, replay, type ScheduleSegment, type Transfer } from './pbt/schedule.js'
export { parentCheckpointOf, type Segment, segmentOf } from './pbt/segment.js'
export { type Plateau, plateauAround } from './plateau.js'
export { type AshaOptions, asha } from './pruners/asha.js'
export { type HyperbandOptions, hyperband } from './pruners/hyperband.js'
export { nopPruner } from './pruners/nop.js'
export { type PatientPrunerOptions, patientPruner } from './pruners/patient.js'
export {
  type MedianPrunerOptions,
  medianPruner,
  type PercentilePrunerOptions,
  percentilePruner,
} from './pruners/percentile.js'
export type { Promotion, PruneDecision, Pruner } from './pruners/pruner.js'
export { prunerFromOptions } from './pruners/registry.js'
export { CHECKPOINT, type Resumption, resumptionOf } from './pruners/resume.js'
export { type SuccessiveHalvingOptions, successiveHalving } from './pruners/successive-halving.js'
export { type ThresholdPrunerOptions, thresholdPruner } from './pruners/threshold.js'
export { type WandbHyperbandOptions, wandbHyperband } from './pruners/wandb-hyperband.js'
export { type WilcoxonPrunerOptions, wilcoxonPruner } from './pruners/wilcoxon.js'
export { parsePythonJson, stringifyPythonJson } from './python-json.js'
export { createRandom, type Random } from './random.js'
export { type RankedSetting, type Ranking, rankSettings, type Verdict } from './ranking.js'
export { refineGrid } from './refine.js'
export { type CmaEsOptions, cmaEs } from './samplers/cma-es/cma-es.js'
export { type EvolutionaryOptions, evolutionary } from './samplers/evolutionary/evolutionary.js'
export { type GpOptions, gp } from './samplers/gp/gp.js'
export { type GridOptions, type GridSampler, grid } from './samplers/grid.js'
export type { GridValues } from './samplers/grid-cells.js'
export type { CategoricalLaw, Law, NumericLaw } from './samplers/laws/law.js'
export { lawDistribution } from './samplers/laws/law-distribution.js'
export { type Laws, withLaws } from './samplers/laws/with-laws.js'
export { type Nsga2Options, nsga2 } from './samplers/nsga2/nsga2.js'
export { quasiRandom } from './samplers/quasi-random.js'
export { random } from './samplers/random.js'
export type { Draw, DrawContext, Sampler } from './samplers/sampler.js'
export { type TpeOptions, tpe } from './samplers/tpe/tpe.js'
export { type WarmStartOptions, warmStart } from './samplers/warm-start/warm-start.js'
export { type CosineAnnealingOptions, cosineAnnealing } from './schedules/cosine-annealing.js'
export {
  type ExponentialDecayOptions,
  exponentialDecay,
  type LinearScheduleOptions,
  linearSchedule,
  type MultiStepDecayOptions,
  multiStepDecay,
  type PolynomialDecayOptions,
  polynomialDecay,
  type StepDecayOptions,
  stepDecay,
} from './schedules/decays.js'
export { type OneCycleOptions, oneCycle } from './schedules/one-cycle.js'
export { curveOf, sparkline } from './schedules/preview.js'
export {
  type PlateauSchedule,
  type ReduceOnPlateauOptions,
  reduceOnPlateau,
} from './schedules/reduce-on-plateau.js'
export type { Schedule, Stepper } from './schedules/schedule.js'
export { cosineWarmRestarts, type WarmRestartsOptions } from './schedules/warm-restarts.js'
export { type WarmupOptions, withWarmup } from './schedules/warmup.js'
export { isBaseline, seedOf, settingOf } from './seeds/repeat-attributes.js'
export { type Setting as StudySetting, settingsOf } from './seeds/settings.js'
export type { RankedStudySetting, StudyRanking, StudyRankingOptions } from './seeds/study-ranking.js'
export {
  categoricalDistribution,
  type FloatOptions,
  floatDistribution,
  type IntOptions,
  intDistribution,
} from './space/build-distribution.js'
export {
  type Condition,
  choice,
  DeclaredParam,
  float,
  int,
  logFloat,
  logInt,
} from './space/declared-param.js'
export type {
  CategoricalDistribution,
  Distribution,
  FloatDistribution,
  IntDistribution,
  ParamValue,
  SearchSpace,
} from './space/distribution.js'
export { countValues, valueAt } from './space/param-value.js'
export { type AnyParams, Space, type SpaceParams, type SpaceShape, space } from './space/space.js'
export {
  harmonicMean,
  type ImageStatistics,
  micro,
  microMmocr,
  type Scores,
  scoresOf,
  statisticsOf,
} from './statistics.js'
export { allOf, anyOf } from './stopping/combine.js'
export { stoppingRuleFromOptions } from './stopping/registry.js'
export { crossValidationError, regretBound } from './stopping/regret-bound.js'
export { regretChange, regretChangeThreshold } from './stopping/regret-change.js'
export { type RegretBoundOptions, regretBoundRule, regretChangeRule } from './stopping/regret-rules.js'
export {
  type MaxTrialsOptions,
  maxTrials,
  type StagnationOptions,
  stagnation,
  targetValue,
  timeout,
} from './stopping/rules.js'
export type { StopDecision, StoppingRule } from './stopping/stopping-rule.js'
export {
  FinishedTrialError,
  StorageError,
  StudyExistsError,
  StudyNotFoundError,
  TrialNotFoundError,
} from './storage/errors.js'
export { exportJournal } from './storage/journal/export-journal.js'
export { importJournal } from './storage/journal/import-journal.js'
export { MemoryStorage } from './storage/memory-storage.js'
export { openStorage, type StorageOptions } from './storage/open-storage.js'
export type { Storage, StudyRecord, TrialTemplate, TrialWrite } from './storage/storage.js'
export type { AddedTrial } from './study/added-trial.js'
export type { Budget } from './study/budget.js'
export {
  type CreateStudyOptions,
  createStudy,
  type LoadStudyOptions,
  loadStudy,
  type SearchOptions,
} from './study/create-study.js'
export type { Duplicates } from './study/drawer.js'
export type { FactName } from './study/facts.js'
export { type Heartbeat, retriedTrials } from './study/heartbeat.js'
export { FAILURE_KEY } from './study/kernel.js'
export type { MigrationReport, UnusableTrial } from './study/migration.js'
export type {
  Objective,
  ObjectiveResult,
  OptimizeOptions,
  OptimizeResult,
  StopReason,
} from './study/optimize.js'
export { samplerFromOptions } from './study/registry.js'
export { SpaceExhausted } from './study/space-exhausted.js'
export { type EnqueueOptions, Study, type TellOptions } from './study/study.js'
export type { Direction, StudySnapshot } from './study/study-snapshot.js'
export { type NamedOptions, type StudyWatcher, watchStudy } from './study/watch-study.js'
export { constraintsOf, isFeasible, violationOf } from './trial/constraints.js'
export { fixedParamsOf, Trial } from './trial/trial.js'
export { TrialPruned } from './trial/trial-pruned.js'
export { type AttributeValue, isFinished, type TrialRecord, type TrialState } from './trial/trial-record.js'
export { type ParameterValues, parseNumbers, parseParam, parseSetting, parseValues } from './values.js'
