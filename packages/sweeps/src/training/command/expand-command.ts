import { InputError, type ParamValue } from '@thresher/core'
import { hydraText, pythonText } from './value-text.js'

/** What the macros of a command line stand for. */
export interface MacroValues {
  readonly program: string | undefined
  /** The words that start Python. */
  readonly interpreter: string
  readonly params: ReadonlyMap<string, ParamValue>
  /** The environment of the program, for `${envvar:NAME}`. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A file that holds the parameters as JSON. */
  readonly jsonFile: string
  readonly platform: NodeJS.Platform
}

type Expansion = (values: MacroValues) => readonly string[]

/** What W&B's agent knows (wandb/wandb_agent.py, 2026); each stands alone in its word. */
const MACROS: Readonly<Record<string, Expansion>> = {
  env: ({ platform }) => (platform === 'win32' ? [] : ['/usr/bin/env']),
  interpreter: ({ interpreter }) => [interpreter],
  program: ({ program }) => (program === undefined ? [] : [program]),
  args: each((name, value) => [`--${name}=${pythonText(value)}`]),
  args_no_equals: each((name, value) => [`--${name}`, pythonText(value)]),
  args_no_hyphens: each((name, value) => [`${name}=${hydraText(value)}`]),
  args_no_boolean_flags: each((name, value) =>
    typeof value !== 'boolean' ? [`--${name}=${pythonText(value)}`] : value ? [`--${name}`] : [],
  ),
  args_json: ({ params }) => [paramsJson(params)],
  args_json_file: ({ jsonFile }) => [jsonFile],
  args_append_hydra: each((name, value) => [`+${name}=${hydraText(value)}`]),
  args_override_hydra: each((name, value) => [`++${name}=${hydraText(value)}`]),
}

const WHOLE = /^\$\{(\w+)\}$/
const VARIABLE = /\$\{envvar:([A-Za-z_]\w*)\}/g
const LEFT_OVER = new RegExp(`\\$\\{(${Object.keys(MACROS).join('|')})\\}`)

/**
 * The words of a command line with their macros replaced: what the program is started with, without any shell. A macro
 * of ours stands alone in its word; `${envvar:NAME}` may stand within one. Other words are passed as they are.
 * @throws InputError for a macro within a longer word, one that needs a program where none is named, a variable that is
 *   not set, a NUL byte, and where nothing is left.
 */
export function expandCommand(words: readonly string[], values: MacroValues): string[] {
  const expanded = words.flatMap((word) => {
    const macro = WHOLE.exec(word)?.[1]
    if (macro !== undefined && Object.hasOwn(MACROS, macro)) {
      if (macro === 'program' && values.program === undefined) {
        throw new InputError(`command: ${word} stands for program, which is not given; name a program.`)
      }
      return MACROS[macro]!(values)
    }
    const within = LEFT_OVER.exec(word)?.[0]
    if (within !== undefined) {
      throw new InputError(
        `command: ${within} is part of the word ${JSON.stringify(word)}; let it stand alone.`,
      )
    }
    return [word.replace(VARIABLE, (_, name: string) => variable(name, values.environment))]
  })
  if (expanded.length === 0) throw new InputError('command: no word is left of it; name a program.')
  const broken = expanded.find((word) => word.includes('\0'))
  if (broken !== undefined) {
    throw new InputError(
      `command: the word ${JSON.stringify(broken)} has a NUL byte, which no program can take.`,
    )
  }
  return expanded
}

/** The parameters as a JSON object; a name with dots becomes objects within objects, as nested parameters are written. */
export function paramsJson(params: ReadonlyMap<string, ParamValue>): string {
  const root: Tree = Object.create(null)
  for (const [name, value] of params) {
    const path = name.split('.')
    let at = root
    for (const step of path.slice(0, -1)) {
      const next = at[step]
      at = at[step] = typeof next === 'object' && next !== null ? next : (Object.create(null) as Tree)
    }
    at[path.at(-1)!] = value
  }
  return JSON.stringify(root)
}

interface Tree {
  [name: string]: ParamValue | Tree
}

function each(words: (name: string, value: ParamValue) => readonly string[]): Expansion {
  return ({ params }) => [...params].flatMap(([name, value]) => words(name, value))
}

function variable(name: string, environment: MacroValues['environment']): string {
  const value = environment[name]
  if (value !== undefined) return value
  throw new InputError(`command: \${envvar:${name}} is not set; set ${name}, or give it under environment.`)
}
