import { childOf, listed, shown, textOf } from '../yaml/map-reader.js'
import { failAt, type YamlMap } from '../yaml/yaml-node.js'

/** What stands for what in a command of W&B's agent. */
const MACROS = [
  'env',
  'interpreter',
  'program',
  'args',
  'args_no_equals',
  'args_no_hyphens',
  'args_no_boolean_flags',
  'args_json',
  'args_json_file',
  'args_append_hydra',
  'args_override_hydra',
]

const STANDARD_COMMAND = [`\${env}`, `\${interpreter}`, `\${program}`, `\${args}`]

/** The words of a command as they stand, macros and all; W&B's own where there is none. */
export function commandOf(map: YamlMap): readonly string[] {
  const node = childOf(map, 'command')
  if (node === undefined) return STANDARD_COMMAND
  if (node.kind !== 'list') {
    return failAt(node, `is ${shown(node)}. Give its words as a list: [python, train.py, "\${args}"].`)
  }
  if (node.items.length === 0) failAt(node, 'is empty. Give its words, or leave it out.')
  return node.items.map((item) => {
    const word = textOf(item, 'a word')
    const [, name] = /^\$\{([^}]*)\}$/.exec(word) ?? []
    if (name !== undefined && !MACROS.includes(name) && !name.startsWith('envvar:')) {
      failAt(item, `\${${name}} is no macro. There are ${listed([...MACROS, 'envvar:NAME'])}.`)
    }
    return word
  })
}

export function usesProgram(command: readonly string[]): boolean {
  return command.includes(`\${program}`)
}
