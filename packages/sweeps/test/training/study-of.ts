import {
  type AddedTrial,
  categoricalDistribution,
  createStudy,
  type Direction,
  type Distribution,
  floatDistribution,
  intDistribution,
  type ParamValue,
  type StudySnapshot,
} from '@thresher/core'

/** A run of a made-up study; every parameter's distribution holds what its runs have. */
export interface MadeRun extends Omit<AddedTrial, 'params' | 'distributions' | 'userAttributes'> {
  readonly params?: Readonly<Record<string, ParamValue>>
  readonly name?: string
  readonly epochs?: number
  readonly seconds?: number
  readonly metrics?: Readonly<Record<string, number>>
  readonly unknown?: readonly string[]
}

/** A study of these runs, in memory. */
export async function studyOf(
  runs: readonly MadeRun[],
  direction: Direction = 'maximize',
): Promise<StudySnapshot> {
  const study = await createStudy({ name: 'made up', direction })
  const names = new Set(runs.flatMap(({ params = {} }) => Object.keys(params)))
  const distributions = new Map([...names].map((name) => [name, distributionOf(runs, name)]))
  for (const { name, epochs, seconds, metrics, unknown, params = {}, ...trial } of runs) {
    const facts = { run: name, epochs, seconds, metrics, unknown }
    await study.addTrial({
      ...trial,
      params,
      distributions: new Map(Object.keys(params).map((key) => [key, distributions.get(key)!])),
      userAttributes: Object.fromEntries(
        Object.entries(facts).filter(([, value]) => value !== undefined),
      ) as never,
    })
  }
  return study.snapshot
}

function distributionOf(runs: readonly MadeRun[], name: string): Distribution {
  const values = runs.flatMap(({ params = {} }) => (name in params ? [params[name]!] : []))
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length < values.length) return categoricalDistribution([...new Set(values)])
  const bounds = [Math.min(...numbers), Math.max(...numbers)] as const
  return numbers.every(Number.isInteger) ? intDistribution(...bounds) : floatDistribution(...bounds)
}
