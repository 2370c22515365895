import { formatDelta, formatSize, type StudyReport } from '@thresher/sweeps'

/** What the table can and cannot support, in sentences. */
export function supportTexts({ ranking, noise, support, metric: { scale }, level }: StudyReport): string[] {
  const { baseline, candidates } = ranking
  const first = candidates[0]
  if (first === undefined) return ['Only the baseline is complete: there is nothing to compare yet.']
  if (baseline === null) {
    return [
      'No run is marked as the baseline: `thresher report --baseline RUN` says what the others are held against.',
    ]
  }
  if (noise.source === 'none') {
    const opening =
      'One run each: no verdict is possible, as nothing here says how much two runs of one setting differ.'
    if (support === null) return [opening, 'None stands above the baseline.']
    const size = formatDelta(support.difference, scale)
    const plain = size.replace(/^[+-]/, '')
    const repeats = support.repeats.map(
      ({ deviation, runs }) => `${runs ?? 'over 1,000'} at ${formatSize(deviation, scale)}`,
    )
    return [
      opening,
      `${size} of run ${first.run} would be beyond noise, at ${errorRate(level)} over ${support.candidates} candidates, only if runs of one setting deviated by less than ${formatSize(support.beyondNoiseBelow, scale)}.`,
      ...(support.luckAt === null
        ? []
        : [
            `Were all ${support.candidates} exactly as good as the baseline, the luckiest would still stand out by ${plain} on average where runs deviate by ${formatSize(support.luckAt, scale)}.`,
          ]),
      `To tell ${plain} (power 80 %), run both settings on the same seeds, by how much runs deviate: ${repeats.join(', ')}.`,
      'A standard deviation that you know gives verdicts: --noise 0.1.',
    ]
  }
  const source = {
    given: 'as given by --noise',
    seeds: `over ${noise.freedom} repeats; settings are compared seed by seed`,
    repeats: `over ${noise.freedom} repeats, taken to be alike for every setting`,
  }[noise.source]
  const counts = (['better', 'worse', 'same', 'undecided'] as const)
    .map((verdict) => [verdict, candidates.filter((row) => row.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  return [
    `Runs of one setting deviate by ${formatSize(noise.deviation!, scale)}, ${source}.`,
    `Against the baseline, at ${errorRate(level)} over ${candidates.length} candidates: ${counts.join(', ')}.`,
    ...(candidates.some(({ plan }) => plan !== null)
      ? [
          'More seeds: as many runs more of this setting and the baseline would tell a difference of that size (power 80 %).',
        ]
      : []),
  ]
}

function errorRate(level: number): string {
  return `${Number(((1 - level) * 100).toPrecision(3))} %`
}
