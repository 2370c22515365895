import { createRandom } from '../../src/random.js'
import type { DrawContext, Sampler } from '../../src/samplers/sampler.js'
import type { Distribution, ParamValue } from '../../src/space/distribution.js'
import { sortedSpace } from '../../src/space/intersection.js'
import type { StudySnapshot } from '../../src/study/study-snapshot.js'
import type { AttributeValue, TrialRecord } from '../../src/trial/trial-record.js'
import type { Params, TestFunction } from './functions.js'

/** The values of `trials` trials of one seed, in order. */
export async function search(
  sampler: Sampler,
  testFunction: TestFunction,
  trials: number,
  seed: number,
): Promise<number[]> {
  const study = await studyFrom(sampler, testFunction, trials, seed)
  return study.trials.map(({ values }) => values![0]!)
}

/** A study of `trials` trials: draw, evaluate, record, without storage. */
export async function studyFrom(
  sampler: Sampler,
  { name, space, value }: TestFunction,
  trials: number,
  seed: number,
): Promise<StudySnapshot> {
  const records: TrialRecord[] = []
  const studyAttributes = new Map<string, AttributeValue>()
  const joint = sortedSpace(space)
  for (let number = 0; number < trials; number++) {
    const context: DrawContext = {
      study: {
        name: `${name} ${seed}`,
        directions: ['minimize'],
        trials: records.slice(),
        systemAttributes: studyAttributes,
      },
      number,
      random: createRandom(seed * 1_000_003 + number),
      seed,
    }
    const draw = await sampler.draw(context, number === 0 ? new Map() : joint)
    for (const [key, attribute] of draw.studyAttributes ?? []) studyAttributes.set(key, attribute)
    const params = new Map<string, ParamValue>()
    const attributes = draw.attributes ?? new Map<string, AttributeValue>()
    for (const [parameter, distribution] of space) {
      const trial = recordOf(number, params, space, attributes, undefined)
      const given = draw.params.get(parameter)
      params.set(parameter, given ?? sampler.drawOne(context, trial, parameter, distribution))
    }
    records.push(recordOf(number, params, space, attributes, value(params)))
  }
  return { name: `${name} ${seed}`, directions: ['minimize'], trials: records }
}

function recordOf(
  number: number,
  params: Params,
  distributions: ReadonlyMap<string, Distribution>,
  systemAttributes: ReadonlyMap<string, AttributeValue>,
  value: number | undefined,
): TrialRecord {
  return {
    id: number + 1,
    number,
    state: value === undefined ? 'RUNNING' : 'COMPLETE',
    values: value === undefined ? undefined : [value],
    params,
    distributions,
    intermediate: new Map(),
    userAttributes: new Map(),
    systemAttributes,
    start: undefined,
    complete: undefined,
  }
}
