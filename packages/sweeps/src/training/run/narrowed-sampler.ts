import type { Distribution, Draw, DrawContext, ParamValue, Sampler, TrialRecord } from '@thresher/core'

/**
 * A sampler that draws from a part of the study's space only, and learns from the trials within it. To the study it is
 * the sampler that it is made of: name and options are the same.
 */
export function narrowedSampler(sampler: Sampler, parts: ReadonlyMap<string, Distribution>): Sampler {
  let last: { readonly of: readonly TrialRecord[]; readonly study: DrawContext['study'] } | undefined

  function within(context: DrawContext): DrawContext {
    const { study } = context
    if (last?.of !== study.trials) {
      last = {
        of: study.trials,
        study: { ...study, trials: study.trials.filter((trial) => fits(trial, parts)) },
      }
    }
    return { ...context, study: last.study }
  }

  const narrowed: Sampler = {
    name: sampler.name,
    options: sampler.options,
    draw(context, space): Draw | Promise<Draw> {
      return sampler.draw(
        within(context),
        new Map([...space].map(([name, distribution]) => [name, parts.get(name) ?? distribution])),
      )
    },
    drawOne(context, trial, name, distribution): ParamValue {
      return sampler.drawOne(within(context), trial, name, parts.get(name) ?? distribution)
    },
  }
  return {
    ...narrowed,
    ...(sampler.usesStudyAttributes === undefined
      ? {}
      : { usesStudyAttributes: sampler.usesStudyAttributes }),
    ...(sampler.exhausted === undefined
      ? {}
      : {
          exhausted: (study: Parameters<NonNullable<Sampler['exhausted']>>[0]) => sampler.exhausted!(study),
        }),
  }
}

function fits({ params }: TrialRecord, parts: ReadonlyMap<string, Distribution>): boolean {
  for (const [name, part] of parts) {
    const value = params.get(name)
    if (value === undefined || part.kind === 'categorical') continue
    if (typeof value !== 'number' || value < part.low || value > part.high) return false
  }
  return true
}
