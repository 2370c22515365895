import type { AnyParams, ParamValue, Space } from '@thresher/core'
import { unknownKey } from '../yaml/map-reader.js'
import { failAt, nodeAt, type YamlNode } from '../yaml/yaml-node.js'

/**
 * Checks the baseline against the space: a value for every parameter that is there with these values, and of its kind.
 * Numbers may lie outside their range. Fixed parameters may be named with the value that they have.
 */
export function baselineOf(
  node: YamlNode,
  given: Readonly<Record<string, ParamValue>>,
  space: Space<AnyParams>,
  fixed: ReadonlyMap<string, ParamValue>,
): Readonly<Record<string, ParamValue>> {
  const baseline = new Map<string, ParamValue>()
  for (const [name, value] of Object.entries(given)) {
    const declared = space.declared.get(name)
    if (declared !== undefined) {
      checkKind(nodeAt(node, [name]), declared.distribution, value)
      baseline.set(name, value)
    } else if (!fixed.has(name)) {
      failAt(nodeAt(node, [name]), unknownKey(name, [...space.declared.keys()]))
    } else if (fixed.get(name) !== value) {
      failAt(
        nodeAt(node, [name]),
        `is ${value}, and ${fixed.get(name)} in parameters. Leave one of them out.`,
      )
    }
  }
  for (const name of space.declared.keys()) {
    const active = space.isActive(name, baseline)
    if (active && !baseline.has(name)) failAt(node, `${name} is missing. Give it a value.`)
    if (!active && baseline.has(name)) {
      failAt(nodeAt(node, [name]), 'is not there with the other values. Leave it out.')
    }
  }
  return Object.fromEntries(baseline)
}

function checkKind(
  node: YamlNode,
  distribution: ReturnType<Space<AnyParams>['distributions']> extends ReadonlyMap<string, infer D>
    ? D
    : never,
  value: ParamValue,
): void {
  if (distribution.kind === 'categorical') {
    if (distribution.choices.includes(value)) return
    failAt(node, `is ${value}. Give ${distribution.choices.map(String).join(', ')}.`)
  }
  const fits = typeof value === 'number' && (distribution.kind === 'float' || Number.isInteger(value))
  if (!fits) failAt(node, `is ${value}. Give a ${distribution.kind === 'int' ? 'whole ' : ''}number.`)
}
