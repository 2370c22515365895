import type { AttributeValue, ParamValue, StudySnapshot } from '@thresher/core'

/** A study as one JSON document: everything of its trials, numbers that are not finite as null. */
export function studyJson(study: StudySnapshot, metricNames: readonly string[] | undefined): object {
  return {
    study: study.name,
    directions: study.directions,
    metrics: metricNames ?? null,
    trials: study.trials.map(
      ({ number, state, values, params, distributions, intermediate, userAttributes, start, complete }) => ({
        number,
        state,
        values: values ?? null,
        params: Object.fromEntries<ParamValue>(params),
        distributions: Object.fromEntries(distributions),
        intermediate: [...intermediate].map(([step, value]) => ({ step, value })),
        attributes: Object.fromEntries<AttributeValue>(userAttributes),
        start: start?.toISOString() ?? null,
        complete: complete?.toISOString() ?? null,
      }),
    ),
  }
}
