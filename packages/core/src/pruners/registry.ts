import { InputError } from '../errors.js'
import type { AttributeValue } from '../trial/trial-record.js'
import { asha } from './asha.js'
import { hyperband } from './hyperband.js'
import { nopPruner } from './nop.js'
import { patientPruner } from './patient.js'
import { medianPruner, percentilePruner } from './percentile.js'
import type { Pruner } from './pruner.js'
import { successiveHalving } from './successive-halving.js'
import { thresholdPruner } from './threshold.js'
import { wandbHyperband } from './wandb-hyperband.js'
import { wilcoxonPruner } from './wilcoxon.js'

const FACTORIES: Readonly<Record<string, (options: never) => Pruner>> = {
  asha,
  hyperband,
  median: medianPruner,
  nop: nopPruner,
  patient: patientPruner,
  percentile: percentilePruner,
  'successive-halving': successiveHalving,
  threshold: thresholdPruner,
  'wandb-hyperband': wandbHyperband,
  wilcoxon: wilcoxonPruner,
}

/**
 * The pruner whose `name` and `options` stand in a study.
 * @throws InputError for a name that is none, or options that its factory refuses.
 */
export function prunerFromOptions(name: string, options: AttributeValue): Pruner {
  const factory = Object.hasOwn(FACTORIES, name) ? FACTORIES[name] : undefined
  if (factory === undefined) {
    throw new InputError(`there is no pruner ${name}; there are ${Object.keys(FACTORIES).join(', ')}.`)
  }
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw new InputError(`pruner ${name}: its options are ${JSON.stringify(options)}; give an object.`)
  }
  const given: Record<string, unknown> = { ...(options as Record<string, AttributeValue>) }
  if (name === 'patient' && given.wrapped) {
    const wrapped = given.wrapped as { name: string; options: AttributeValue }
    given.wrapped = prunerFromOptions(wrapped.name, wrapped.options)
  }
  return factory(given as never)
}
