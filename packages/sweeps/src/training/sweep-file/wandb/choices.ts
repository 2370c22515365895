import { categoricalDistribution, DeclaredParam, type ParamValue } from '@thresher/core'
import type { FileParameter } from '../parameters.js'
import { failAt, located, plainOf, type YamlList, type YamlNode } from '../yaml/yaml-node.js'

/**
 * One of the values, each as likely as another, or with weights. A value that comes twice is one choice, twice as
 * likely. Lists and maps stand as their JSON text.
 */
export function choicesOf(
  list: YamlList,
  weights: readonly number[] | undefined,
  notices: string[],
): FileParameter {
  if (list.items.length === 0) failAt(list, 'has no values. Give at least one.')
  const found = new Map<ParamValue, number>()
  for (const [i, item] of list.items.entries()) {
    const value = paramValueOf(item, notices)
    found.set(value, (found.get(value) ?? 0) + (weights?.[i] ?? 1))
  }
  const repeated = found.size < list.items.length
  const choices = [...found.keys()]
  if (repeated && weights === undefined) {
    notices.push(
      located(
        list,
        'a value comes more than once; a grid takes it once, a draw as often as it stands there.',
      ),
    )
  }
  const param = new DeclaredParam<ParamValue>(categoricalDistribution(choices))
  if (weights === undefined && !repeated) return { kind: 'searched', param, cells: choices }
  const law = { law: 'categorical', weights: [...found.values()] } as const
  return { kind: 'searched', param, law, cells: choices }
}

/** A value as a trainer gets it: a list or a map as its JSON text, of which a notice tells. */
export function paramValueOf(node: YamlNode, notices: string[]): ParamValue {
  if (node.kind === 'scalar') return node.value
  const text = jsonText(plainOf(node))
  notices.push(located(node, `a ${node.kind} is passed on as the text ${text}.`))
  return text
}

/** JSON with the blanks that Python writes, so that a list of numbers looks as W&B's agent prints it: `[64, 64]`. */
function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item)}`)
      .join(', ')}}`
  }
  return JSON.stringify(value)
}
