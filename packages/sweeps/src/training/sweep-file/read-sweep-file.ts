import { existsSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path'
import { InputError } from '@thresher/core'
import { readText } from '../../files/read-text.js'
import type { SweepPlan } from '../sweep-plan.js'
import { readThresher } from './thresher/read-thresher.js'
import { readWandb } from './wandb/read-wandb.js'
import { shown } from './yaml/map-reader.js'
import { parseYaml } from './yaml/parse-yaml.js'
import { failAt, type YamlMap } from './yaml/yaml-node.js'

/** A sweep file is written by hand. */
const LARGEST_FILE = 1 << 20

const WANDB_KEYS = ['method', 'program', 'early_terminate', 'run_cap', 'job', 'scheduler', 'controller']

/**
 * Reads a sweep file: ours, or one of W&B as it is. Nothing is run.
 * @param path absolute, or from `cwd`
 * @throws InputError with file, line, column, key and mend: for what is no YAML, and for what it asks for that is not
 *   here
 */
export async function readSweepFile(path: string, { cwd }: { readonly cwd: string }): Promise<SweepPlan> {
  const full = resolve(cwd, path)
  const { text, replaced } = await readText(full)
  if (text.length > LARGEST_FILE) {
    throw new InputError(`${path}: is over 1 MiB, which no sweep file is. Name the sweep file.`)
  }
  if (replaced) throw new InputError(`${path}: is not UTF-8. Save it as UTF-8.`)
  const root = topOf(text, path, '1.2')
  const ours = root.entries.has('trainer')
  const theirs = WANDB_KEYS.find((key) => root.entries.has(key))
  if (ours && theirs !== undefined) {
    failAt(
      root,
      `${theirs} is W&B's and trainer is ours. Keep to one of them.`,
      root.entries.get(theirs)!.keyOffset,
    )
  }
  const folder = dirname(full)
  const place = {
    file: path,
    stem: basename(path, extname(path)),
    folder,
    directoryOf: (program: string | undefined) => {
      const there = program !== undefined && !isAbsolute(program) && !existsSync(resolve(cwd, program))
      return there && existsSync(resolve(folder, program)) ? folder : resolve(cwd)
    },
  }
  if (theirs !== undefined) return readWandb(topOf(text, path, '1.1'), place)
  if (ours) return readThresher(root, place)
  return failAt(
    root,
    'has neither trainer nor method. Give trainer for a sweep file of ours; W&B files have method.',
  )
}

function topOf(text: string, path: string, version: '1.1' | '1.2'): YamlMap {
  const root = parseYaml(text, path, version)
  return root.kind === 'map'
    ? root
    : failAt(root, `is ${shown(root)}. Write keys and values, as in name: lr.`)
}
