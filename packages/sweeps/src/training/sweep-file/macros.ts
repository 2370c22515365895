import { childOf, listed, shown, textOf } from './yaml/map-reader.js'
import { failAt, located, type YamlMap, type YamlNode } from './yaml/yaml-node.js'

/** What stands for the parameters in a command of W&B's agent. */
const ARGUMENTS = [
  'args',
  'args_no_equals',
  'args_no_hyphens',
  'args_no_boolean_flags',
  'args_json',
  'args_json_file',
  'args_append_hydra',
  'args_override_hydra',
]

const MACROS = ['env', 'interpreter', 'program', ...ARGUMENTS]

const STANDARD_COMMAND = [`\${env}`, `\${interpreter}`, `\${program}`, `\${args}`]

/**
 * The words of a map's `command` as they stand, macros and all; that of W&B's agent where there is none.
 * @throws InputError for a command that is no list of words, for a word that looks like a macro and is none, and where
 *   `program` is asked for and is not there
 */
export function commandOf(map: YamlMap, program: string | undefined, notices: string[]): readonly string[] {
  const node = childOf(map, 'command')
  const command = node === undefined ? STANDARD_COMMAND : wordsOf(node)
  if (program === undefined && command.includes(`\${program}`)) {
    failAt(map, `program is missing, and the command names \${program}. Give the script to run.`)
  }
  if (node !== undefined && !ARGUMENTS.some((name) => command.some((word) => word.includes(`\${${name}}`)))) {
    notices.push(located(node, `no word passes the parameters on; \${args} or \${args_no_hyphens} would.`))
  }
  return command
}

function wordsOf(node: YamlNode): readonly string[] {
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
