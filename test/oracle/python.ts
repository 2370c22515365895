import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PostprocessCase } from '../cases/case.js'
import type { ReferenceBoxes } from './postprocess.js'

/** The system's Python, whose packages are the libraries that the references call. */
export const PYTHON = '/usr/bin/python3'
const SCRIPTS = fileURLToPath(new URL('.', import.meta.url))
const run = promisify(execFile)

/**
 * Why the system's Python cannot serve as an oracle, also printed, or undefined if it can. Throws instead of giving
 * a reason where THRESHER_REQUIRE_ORACLES=1 makes its absence a failure.
 */
export function pythonMissing(modules: readonly string[]): string | undefined {
  try {
    execFileSync(PYTHON, ['-c', `import ${modules.join(', ')}`], { stdio: ['ignore', 'ignore', 'pipe'] })
    return undefined
  } catch (error) {
    const stderr = (error as { stderr?: Buffer }).stderr?.toString().trim().split('\n').at(-1)
    const reason = `${PYTHON} cannot import ${modules.join(', ')}: ${stderr ?? String(error)}`
    if (process.env.THRESHER_REQUIRE_ORACLES === '1') throw new Error(reason)
    process.stderr.write(`Tests that need them are skipped: ${reason}\n`)
    return reason
  }
}

/** Runs a script of the oracle folder on a JSON Lines input; one parsed answer a line. */
export async function askPython<T>(
  script: string,
  questions: readonly unknown[],
  files: Readonly<Record<string, Uint8Array>> = {},
  extra: readonly string[] = [],
): Promise<T[]> {
  const directory = mkdtempSync(join(tmpdir(), 'thresher-oracle-'))
  try {
    const input = join(directory, 'questions.jsonl')
    writeFileSync(input, questions.map((question) => `${JSON.stringify(question)}\n`).join(''))
    const paths = Object.entries(files).map(([name, bytes]) => {
      writeFileSync(join(directory, name), bytes)
      return join(directory, name)
    })
    const { stdout } = await run(PYTHON, ['-B', join(SCRIPTS, script), input, ...paths, ...extra], {
      maxBuffer: 2 ** 30,
    })
    const answers = stdout.split('\n').filter((line) => line !== '')
    if (answers.length !== questions.length) {
      throw new Error(`${script} answered ${answers.length} of ${questions.length} questions`)
    }
    return answers.map((line) => JSON.parse(line) as T)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/**
 * Boxes of many cases by OpenCV, pyclipper and shapely; a map shared by several cases is written once. With `module`,
 * that Python file's `postprocess` answers.
 */
export function postprocessByPython(
  cases: readonly PostprocessCase[],
  module?: string,
): Promise<ReferenceBoxes[]> {
  const starts = new Map<PostprocessCase['map'], number>()
  let length = 0
  for (const { map } of cases) {
    if (starts.has(map)) continue
    starts.set(map, length)
    length += map.data.length
  }
  const values = new Float32Array(length)
  for (const [map, start] of starts) values.set(map.data, start)
  const questions = cases.map(({ map, options: { size, ...options } }) => ({
    start: starts.get(map),
    width: map.width,
    height: map.height,
    options: { ...options, size: size === undefined ? null : [size.width, size.height] },
  }))
  const maps = new Uint8Array(values.buffer)
  return askPython(
    'postprocess.py',
    questions,
    { 'maps.f32': maps },
    module === undefined ? [] : ['--module', module],
  )
}
