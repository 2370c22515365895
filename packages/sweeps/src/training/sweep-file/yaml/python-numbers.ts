import { placeOf, type YamlNode, type YamlScalar } from './yaml-node.js'

/** What PyYAML reads as a number (resolver.py): an exponent needs a point before it and a sign. */
const PYTHON_NUMBER =
  /^(?:[-+]?0b[01_]+|[-+]?0x[\da-fA-F_]+|[-+]?[\d_]+(?::[0-5]?\d)*(?:\.[\d_]*)?|[-+]?[\d_]+\.[\d_]*e[-+]\d+|\.[\d_]+(?:e[-+]\d+)?|[-+]?\.(?:inf|nan))$/i

/** What YAML 1.1 has a value for and PyYAML has not: y and n alone, 08, 0:2. */
const PYTHON_TEXT = /^(?:[yn]|[-+]?0[\d_]*[89][\d_]*|[-+]?0\d*:.*|[-+]?\._+)$/i

/** Whether PyYAML reads a scalar without quotes as a text although YAML 1.1 does not. */
export function isPythonText(text: string): boolean {
  return PYTHON_TEXT.test(text)
}

/** Whether a scalar is a whole number as it stands: 3 is, 3.0 and 3e0 are none. */
export function isPlainInteger(node: YamlNode | undefined): boolean {
  if (node?.kind !== 'scalar' || typeof node.value !== 'number') return false
  return node.plain && !/[.eE]/.test(node.text.replace(/^[-+]?0x[\da-fA-F_]+$/, '0'))
}

/**
 * One line about the numbers that PyYAML, and so W&B, reads as texts, such as 1e-5; undefined where there are none.
 */
export function pythonTextNotice(root: YamlNode): string | undefined {
  const found: YamlScalar[] = []
  collect(root, found)
  const [first] = found
  if (first === undefined) return undefined
  const texts = [...new Set(found.map(({ text }) => text))]
  const more = texts.length > 3 ? `, and ${texts.length - 3} more` : ''
  return `${placeOf(first.source, first.offset)}: ${texts.slice(0, 3).join(', ')}${more}: W&B's YAML reader takes such numbers for texts, for want of a point or a sign as in 1.0e-5; here they are numbers.`
}

function collect(node: YamlNode, found: YamlScalar[]): void {
  if (node.kind === 'list') for (const item of node.items) collect(item, found)
  else if (node.kind === 'map') for (const entry of node.entries.values()) collect(entry.node, found)
  else if (node.plain && typeof node.value === 'number' && !PYTHON_NUMBER.test(node.text)) found.push(node)
}
