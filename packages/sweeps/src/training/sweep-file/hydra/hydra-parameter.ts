import {
  categoricalDistribution,
  countValues,
  DeclaredParam,
  type Distribution,
  floatDistribution,
  intDistribution,
  type ParamValue,
  valueAt,
} from '@thresher/core'
import { cellsOf } from '../cells.js'
import type { FileParameter } from '../parameters.js'
import {
  type HydraElement,
  HydraError,
  type HydraInterval,
  type HydraRange,
  type HydraSweep,
  type HydraValue,
  isSweep,
  textOfElement,
} from './hydra-value.js'
import { parseHydra } from './parse-hydra.js'

/**
 * What a value of Hydra's grammar says of a parameter. A range leaves its stop out, as Hydra's own does; an interval is
 * one of real numbers unless cast to int, when it holds both ends; the tag `log` makes it logarithmic. Lists and maps
 * are passed on as text.
 * @throws HydraError for a tag that means nothing, and a range that is none
 * @throws InputError of the core for bounds that it refuses
 */
export function hydraParameter(value: HydraValue): FileParameter {
  if (!isSweep(value)) return { kind: 'fixed', value: paramOf(value) }
  const distribution = distributionOf(value)
  return {
    kind: 'searched',
    param: new DeclaredParam<ParamValue>(distribution),
    cells: cellsOf(distribution),
  }
}

/**
 * The parameter of a text in a sweep file: an expression where it calls a function or has commas, else nothing, for
 * then it is a text.
 */
export function hydraExpression(text: string): FileParameter | undefined {
  return /^\s*[A-Za-z_][\w-]*\s*\(/.test(text) || text.includes(',')
    ? hydraParameter(parseHydra(text))
    : undefined
}

function distributionOf(sweep: HydraSweep): Distribution {
  const log = sweep.tags.includes('log')
  const other = sweep.tags.find((tag) => tag !== 'log')
  if (other !== undefined)
    throw new HydraError(`has the tag ${other}, which means nothing here. Leave it out.`)
  switch (sweep.kind) {
    case 'choice':
      if (log) throw new HydraError('has the tag log on a choice. Leave it out.')
      return categoricalDistribution(sweep.items.map(paramOf))
    case 'interval':
      return intervalOf(sweep, log)
    case 'range':
      return rangeOf(sweep, log)
  }
}

function intervalOf({ start, end, whole }: HydraInterval, log: boolean): Distribution {
  return whole ? intDistribution(start, end, { log }) : floatDistribution(start, end, { log })
}

function rangeOf({ start, stop, step, whole }: HydraRange, log: boolean): Distribution {
  // Downwards it has the values of the range of the opposite numbers.
  const sign = step > 0 ? 1 : -1
  const [first, end, stride] = [sign * start, sign * stop, Math.abs(step)]
  const make = (high: number): Distribution =>
    whole ? intDistribution(first, high, { step: stride }) : floatDistribution(first, high, { step: stride })
  const upToStop = make(end)
  const count = countValues(upToStop)
  const last = valueAt(upToStop, count - 1) as number
  const high = last === end ? (valueAt(upToStop, count - 2) as number) : last
  const [low, top] = sign > 0 ? [first, high] : [0 - high, 0 - first]
  if (!log)
    return whole ? intDistribution(low, top, { step: stride }) : floatDistribution(low, top, { step: stride })
  if (whole && stride === 1) return intDistribution(low, top, { log })
  throw new HydraError('has the tag log on a range with steps. Take tag(log, interval(a, b)).')
}

function paramOf(element: HydraElement): ParamValue {
  return element.kind === 'scalar' ? element.value : textOfElement(element)
}
