import { InputError, isBaseline, type ParamValue, type StudySnapshot } from '@thresher/core'

/**
 * The study with only those trials that have the values asked for, and the baseline.
 * @param baseline the number of the baseline's trial, where it is not the one that the study marks
 * @throws InputError where no trial has a parameter of that name, or that value; where there is no such baseline
 */
export function selectTrials(
  study: StudySnapshot,
  where: ReadonlyMap<string, ParamValue>,
  baseline: number | undefined,
): StudySnapshot {
  const { name, trials } = study
  const marked = trials.find(({ number }) => number === baseline)
  if (baseline !== undefined && marked?.state !== 'COMPLETE') {
    throw new InputError(
      `study "${name}": ${marked === undefined ? 'there is no run' : 'it is not complete, run'} ${baseline}; name a complete run as the baseline.`,
    )
  }
  if (where.size === 0) return study
  for (const [parameter, value] of where) {
    const seen = new Set<ParamValue>(
      trials.filter(({ params }) => params.has(parameter)).map(({ params }) => params.get(parameter)!),
    )
    if (seen.has(value)) continue
    const known = [...seen].slice(0, 8).join(', ')
    throw new InputError(
      `study "${name}": no run has ${parameter}=${value}; ${seen.size === 0 ? 'no run has that parameter' : `there are ${known}`}.`,
    )
  }
  return {
    ...study,
    trials: trials.filter(
      (trial) =>
        (baseline === undefined ? isBaseline(trial) : trial === marked) ||
        [...where].every(([parameter, value]) => trial.params.get(parameter) === value),
    ),
  }
}
