import {
  type AnyParams,
  type DeclaredParam,
  type Law,
  type ParamValue,
  type Space,
  space,
} from '@thresher/core'
import type { FileParameters } from './parameters.js'
import { atNode } from './yaml/at-node.js'
import { failAt, type YamlNode } from './yaml/yaml-node.js'

/** The space of the searched parameters. @throws InputError where there are none, or a condition is wrong */
export function spaceOf(node: YamlNode, parameters: FileParameters): Space<AnyParams> {
  const shape: Record<string, DeclaredParam<ParamValue, boolean>> = {}
  for (const [name, param] of parameters) if (param.kind === 'searched') shape[name] = param.param
  if (Object.keys(shape).length === 0) {
    failAt(node, 'every parameter has one value, and there is nothing to search. Give one a list or a range.')
  }
  return atNode(node, () => space(shape))
}

export function fixedOf(parameters: FileParameters): ReadonlyMap<string, ParamValue> {
  return new Map(
    [...parameters].flatMap(([name, param]) => (param.kind === 'fixed' ? [[name, param.value]] : [])),
  )
}

export function lawsByName(parameters: FileParameters): Record<string, Law> {
  const laws: Record<string, Law> = {}
  for (const [name, param] of parameters) {
    if (param.kind === 'searched' && param.law !== undefined) laws[name] = param.law
  }
  return laws
}

/** What a grid takes of each searched parameter. */
export function cellsByName(parameters: FileParameters): Record<string, readonly ParamValue[]> {
  const cells: Record<string, readonly ParamValue[]> = {}
  for (const [name, param] of parameters) {
    if (param.kind === 'searched' && param.cells !== undefined) cells[name] = param.cells
  }
  return cells
}
