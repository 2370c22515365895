import { InputError } from '../errors.js'
import { parsePythonJson, stringifyPythonJson } from '../python-json.js'
import type { AttributeValue } from '../trial/trial-record.js'
import { type Condition, DeclaredParam } from './declared-param.js'
import type { Distribution, ParamValue, SearchSpace } from './distribution.js'
import { distributionFromJson, distributionToJson } from './distribution-json.js'
import { sortedSpace } from './intersection.js'
import { contains, indexOfChoice } from './param-value.js'

export type SpaceShape = Readonly<Record<string, DeclaredParam<ParamValue, boolean>>>

/** What an objective gets of a declared space: conditional parameters may be absent. */
export type SpaceParams<S extends SpaceShape> = Flat<
  {
    readonly [K in keyof S as S[K]['conditional'] extends true ? never : K]: S[K]['value']
  } & {
    readonly [K in keyof S as S[K]['conditional'] extends true ? K : never]?: S[K]['value']
  }
>

type Flat<T> = { [K in keyof T]: T[K] }

/** Parameters by name, for whoever declares none. */
export type AnyParams = Readonly<Record<string, ParamValue>>

/** A declared search space. `Params` is what an objective gets. */
export class Space<Params = AnyParams> {
  /** Parents before the parameters that depend on them; else in the order declared. */
  readonly declared: ReadonlyMap<string, DeclaredParam<ParamValue, boolean>>
  /** The parameters that every trial has and that can vary, by name. */
  readonly joint: SearchSpace
  declare readonly params: Params

  /** @throws InputError for a condition on an unknown parameter, on a value that it cannot have, or on itself. */
  constructor(shape: SpaceShape) {
    const names = Object.keys(shape)
    if (names.length === 0) throw new InputError('space(): no parameters; declare at least one.')
    for (const name of names) checkCondition(shape, name)
    this.declared = new Map(parentsFirst(shape).map((name) => [name, shape[name]!]))
    this.joint = sortedSpace(
      [...this.declared]
        .filter(([, { condition }]) => condition === undefined)
        .map(([name, { distribution }]) => [name, distribution] as const),
    )
  }

  /** Whether a parameter is there, given the parameters before it. */
  isActive(name: string, params: ReadonlyMap<string, ParamValue>): boolean {
    const condition = this.declared.get(name)?.condition
    if (condition === undefined) return this.declared.has(name)
    const parent = params.get(condition.name)
    return parent !== undefined && indexOfChoice(condition.values, parent) >= 0
  }

  /** All distributions, by name, conditional ones included. */
  distributions(): ReadonlyMap<string, Distribution> {
    return new Map([...this.declared].map(([name, { distribution }]) => [name, distribution]))
  }

  /** What a storage keeps of it: two spaces that mean the same have the same facts. */
  toFacts(): AttributeValue {
    return Object.fromEntries(
      [...this.declared].map(([name, { distribution, condition }]) => [
        name,
        {
          distribution: distributionToJson(distribution),
          when:
            condition === undefined ? null : { ...condition, values: stringifyPythonJson(condition.values) },
        },
      ]),
    )
  }
}

/**
 * Declares a search space; the objective's parameters infer from it:
 * `space({ lr: logFloat(1e-5, 1e-2), opt: choice('sgd', 'adamw'), momentum: float(0, 1).when('opt', 'sgd') })`.
 * @throws InputError for a condition on an unknown parameter, on a value that it cannot have, or on itself.
 */
export function space<const S extends SpaceShape>(shape: S): Space<SpaceParams<S>> {
  return new Space<SpaceParams<S>>(shape)
}

/** Reads what {@link Space.toFacts} gave; undefined where it is nothing of the kind. */
export function spaceFromFacts(facts: AttributeValue | undefined): Space | undefined {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return undefined
  const shape: Record<string, DeclaredParam<ParamValue, boolean>> = {}
  for (const [name, { distribution, when }] of Object.entries(
    facts as unknown as Record<string, DeclaredFacts>,
  )) {
    const condition: Condition | undefined =
      when === null ? undefined : { name: when.name, values: parsePythonJson(when.values) as ParamValue[] }
    shape[name] = new DeclaredParam(distributionFromJson(distribution), condition)
  }
  return new Space(shape)
}

interface DeclaredFacts {
  readonly distribution: string
  readonly when: { readonly name: string; readonly values: string } | null
}

function checkCondition(shape: SpaceShape, name: string): void {
  const condition = shape[name]!.condition
  if (condition === undefined) return
  const parent = Object.hasOwn(shape, condition.name) ? shape[condition.name] : undefined
  if (parent === undefined) {
    throw new InputError(
      `space(): ${name} depends on ${condition.name}, which is not declared; declare it, or mend the name in when().`,
    )
  }
  if (condition.values.length === 0) {
    throw new InputError(
      `space(): ${name} depends on no value of ${condition.name}; write when('${condition.name}', value).`,
    )
  }
  for (const value of condition.values) {
    if (contains(parent.distribution, value)) continue
    throw new InputError(
      `space(): ${name} depends on ${condition.name} being ${value}, which it never is; mend the value in when().`,
    )
  }
}

function parentsFirst(shape: SpaceShape): string[] {
  const order = new Set<string>()
  const visit = (name: string, below: readonly string[]): void => {
    if (order.has(name)) return
    if (below.includes(name)) {
      throw new InputError(`space(): ${[...below, name].join(' depends on ')}; break the circle.`)
    }
    const parent = shape[name]!.condition?.name
    if (parent !== undefined) visit(parent, [...below, name])
    order.add(name)
  }
  for (const name of Object.keys(shape)) visit(name, [])
  return [...order]
}
