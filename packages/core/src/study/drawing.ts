import { InputError } from '../errors.js'
import type { Distribution, ParamValue } from '../space/distribution.js'
import { contains, toInternal } from '../space/param-value.js'
import type { TrialWrite } from '../storage/storage.js'
import type { AttributeValue, TrialRecord } from '../trial/trial-record.js'

/** What was drawn for a trial. */
export interface Drawing {
  /** Parameters to give where they are asked for. */
  readonly params: ReadonlyMap<string, ParamValue>
  /** Of the declared parameters that are there: these are the trial's from the start. */
  readonly distributions: ReadonlyMap<string, Distribution>
  readonly attributes: ReadonlyMap<string, AttributeValue>
  readonly studyAttributes: ReadonlyMap<string, AttributeValue>
  /** How many draws were thrown away before: part of the parameters' streams. */
  readonly attempt: number
}

export const NOTHING_DRAWN: Drawing = {
  params: new Map(),
  distributions: new Map(),
  attributes: new Map(),
  studyAttributes: new Map(),
  attempt: 0,
}

/**
 * What a trial of that number is to hold after the draw and does not hold yet.
 * @throws InputError where a parameter was fixed at a value that its distribution has no room for.
 */
export function drawingWrites(
  drawing: Drawing,
  number: number,
  record: TrialRecord | undefined,
  notice: (text: string) => void,
): TrialWrite[] {
  const writes: TrialWrite[] = []
  for (const [key, value] of drawing.attributes) {
    writes.push({ kind: 'attribute', scope: 'system', key, value })
  }
  for (const [name, distribution] of drawing.distributions) {
    if (record?.params.has(name)) continue
    writes.push(paramWrite(number, name, distribution, drawing.params.get(name)!, notice))
  }
  return writes
}

/**
 * The write of one parameter. A number outside the bounds is kept, with a notice: a baseline may lie there.
 * @throws InputError where the value is no choice, or no number of that kind.
 */
export function paramWrite(
  number: number,
  name: string,
  distribution: Distribution,
  value: ParamValue,
  notice: (text: string) => void,
): TrialWrite {
  const internal = toInternal(distribution, value)
  if (internal === undefined) {
    const lacks = distribution.kind === 'categorical' ? 'none of its choices' : `no ${distribution.kind}`
    throw new InputError(`trial ${number}: ${name} is fixed at ${value}, ${lacks}; enqueue another value.`)
  }
  if (!contains(distribution, value)) {
    notice(`trial ${number}: ${name} is fixed at ${value}, outside its range or between its steps.`)
  }
  return { kind: 'param', name, internal, distribution }
}
