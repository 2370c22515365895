import type { z } from 'zod'
import { shown } from '../yaml/map-reader.js'
import { failAt, nodeAt, pathOf, type YamlNode } from '../yaml/yaml-node.js'

type Issue = z.core.$ZodIssue

/** Throws the problem that a schema found, one line with its place and the mend. @throws InputError always */
export function failBySchema(root: YamlNode, error: z.ZodError): never {
  const { issue, path } = innermost(error.issues[0]!, [])
  const node = nodeAt(root, path)
  // A sentence about the value itself needs no other before it.
  if (issue.message.startsWith('It ')) return failAt(node, issue.message.slice(3))
  if (issue.code === 'unrecognized_keys') {
    const entry = node.kind === 'map' ? node.entries.get(issue.keys[0]!) : undefined
    return failAt(node, issue.message, entry?.keyOffset)
  }
  if (node.path.length < path.length) {
    const missing = pathOf(path.slice(node.path.length) as (string | number)[])
    return failAt(node, `${missing} is missing. ${issue.message}`)
  }
  if (node.kind === 'scalar' && node.value === null) return failAt(node, `is empty. ${issue.message}`)
  const length = issue.code === 'too_small' || issue.code === 'too_big'
  const words = node.kind === 'list' && length ? `has ${node.items.length}` : `is ${shown(node)}`
  return failAt(node, `${words}. ${issue.message}`)
}

/** Of a union the problem of the alternative that was meant, where one fits better than the others. */
function innermost(
  issue: Issue,
  above: readonly PropertyKey[],
): { issue: Issue; path: readonly PropertyKey[] } {
  const path = [...above, ...issue.path]
  if (issue.code !== 'invalid_union') return { issue, path }
  const meant = issue.errors.filter(([first]) => first !== undefined && !isOtherKind(first))
  const counts = meant.map((issues) => issues.length)
  const least = Math.min(...counts)
  const best = meant.filter((issues) => issues.length === least)
  return best.length === 1 ? innermost(best[0]![0]!, path) : { issue, path }
}

/** Whether an alternative is for another kind of value altogether. */
function isOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false
  if (issue.code === 'invalid_union')
    return issue.errors.every(([first]) => first !== undefined && isOtherKind(first))
  return issue.code === 'invalid_type' || issue.code === 'invalid_value'
}
