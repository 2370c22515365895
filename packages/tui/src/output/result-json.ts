import type { RankedSetting, Ranking, Setting } from '@thresher/core'
import type { ThresholdResult } from '@thresher/sweeps'

const ROWS_A_CHUNK = 2000

/** Everything of a sweep's JSON document but the ranked settings. */
function resultHead(result: ThresholdResult): Record<string, unknown> {
  const { ranking } = result
  const { baseline } = ranking
  return {
    protocol: result.protocol,
    images: result.images,
    configurations: result.configurations,
    elapsedSeconds: result.elapsedSeconds,
    backend: result.backend,
    interrupted: result.interrupted,
    seed: ranking.seed,
    resamples: ranking.resamples,
    verdicts: { better: ranking.better, same: ranking.same, worse: ranking.worse },
    ...findings(result),
    baseline: {
      params: params(baseline.setting),
      precision: baseline.precision,
      recall: baseline.recall,
      hmean: baseline.hmean,
    },
  }
}

function findings({ plateau, flatZones, crossValidated }: ThresholdResult): Record<string, unknown> {
  return {
    ...(plateau && { plateau: { settings: plateau.settings.length, ranges: plateau.ranges } }),
    flatZones,
    ...(crossValidated && {
      crossValidated: {
        folds: crossValidated.folds,
        hmean: crossValidated.hmean,
        delta: crossValidated.delta,
        interval: crossValidated.interval,
        chosen: crossValidated.chosen.map(params),
      },
    }),
  }
}

/**
 * The document in chunks: a grid may have more settings than one string can hold. `before` are further members that
 * come first. With `lines`, members and ranked settings stand on lines of their own.
 */
export function* resultChunks(
  result: ThresholdResult,
  { before = {}, lines = false }: { before?: Record<string, unknown>; lines?: boolean } = {},
): Generator<string> {
  const open = lines ? '\n' : ''
  const head = Object.entries({ ...before, ...resultHead(result) })
  yield '{'
  for (const [name, value] of head)
    yield `${open}${JSON.stringify(name)}:${lines ? ' ' : ''}${JSON.stringify(value)},`
  yield `${open}"ranked":${lines ? ' ' : ''}[`
  const { ranked } = result.ranking
  for (let from = 0; from < ranked.length; from += ROWS_A_CHUNK) {
    const rows = ranked.slice(from, from + ROWS_A_CHUNK).map((row) => open + JSON.stringify(rankedJson(row)))
    yield (from > 0 ? ',' : '') + rows.join(',')
  }
  yield `${open}]${open}}\n`
}

/** The ranking as CSV, a setting a line. */
export function* resultCsvChunks(ranking: Ranking): Generator<string> {
  const names = Object.keys(ranking.baseline.setting) as (keyof Setting)[]
  yield `${['rank', ...names, 'precision', 'recall', 'hmean', 'delta', 'low', 'high', 'verdict'].join(',')}\n`
  for (let from = 0; from < ranking.ranked.length; from += ROWS_A_CHUNK) {
    const rows = ranking.ranked
      .slice(from, from + ROWS_A_CHUNK)
      .map((row) =>
        [
          row.rank,
          ...names.map((name) => row.setting[name]),
          ...[row.precision, row.recall, row.hmean, row.delta, ...row.interval, row.verdict],
        ].join(','),
      )
    yield `${rows.join('\n')}\n`
  }
}

function rankedJson(row: RankedSetting): object {
  const { rank, setting, precision, recall, hmean, delta, interval, verdict } = row
  return { rank, params: params(setting), precision, recall, hmean, delta, interval, verdict }
}

function params(setting: Setting): Setting {
  const { thresh, box_thresh, unclip_ratio, max_candidates, min_size } = setting
  return { thresh, box_thresh, unclip_ratio, max_candidates, min_size }
}
