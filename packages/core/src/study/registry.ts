import { InputError } from '../errors.js'
import { pbt } from '../pbt/pbt.js'
import { cmaEs } from '../samplers/cma-es/cma-es.js'
import { evolutionary } from '../samplers/evolutionary/evolutionary.js'
import { gp } from '../samplers/gp/gp.js'
import { type GridOptions, grid } from '../samplers/grid.js'
import type { GridValues } from '../samplers/grid-cells.js'
import { type Laws, withLaws } from '../samplers/laws/with-laws.js'
import { nsga2 } from '../samplers/nsga2/nsga2.js'
import { quasiRandom } from '../samplers/quasi-random.js'
import { random } from '../samplers/random.js'
import type { Sampler } from '../samplers/sampler.js'
import { tpe } from '../samplers/tpe/tpe.js'
import { type WarmStartOptions, warmStart } from '../samplers/warm-start/warm-start.js'
import type { AttributeValue } from '../trial/trial-record.js'

const FACTORIES: Readonly<Record<string, (options: never) => Sampler>> = {
  'cma-es': cmaEs,
  evolutionary,
  gp,
  grid: ({ values, ...options }: GridOptions & { readonly values: GridValues }) => grid(values, options),
  nsga2,
  pbt,
  'quasi-random': quasiRandom,
  random,
  tpe,
  'warm-start': ({ sampler, ...options }: WarmStartOptions & { readonly sampler: Built }) =>
    warmStart(samplerFromOptions(sampler.name, sampler.options), options),
  'with-laws': ({ sampler, laws }: { readonly sampler: Built; readonly laws: Laws }) =>
    withLaws(samplerFromOptions(sampler.name, sampler.options), laws),
}

/** A sampler as it stands in another's options. */
interface Built {
  readonly name: string
  readonly options: AttributeValue
}

/**
 * The sampler whose `name` and `options` stand in a study.
 * @throws InputError for a name that is none of ours, or options that its factory refuses.
 */
export function samplerFromOptions(name: string, options: AttributeValue): Sampler {
  const factory = Object.hasOwn(FACTORIES, name) ? FACTORIES[name] : undefined
  if (factory === undefined) {
    throw new InputError(
      `the study's sampler is ${name}, which is none of ${Object.keys(FACTORIES).join(', ')}; give it as sampler.`,
    )
  }
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw new InputError(`sampler ${name}: its options are ${JSON.stringify(options)}; give an object.`)
  }
  return factory(options as never)
}
