import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The system's Python, for which Debian packages scikit-learn. */
const PYTHON = '/usr/bin/python3'

/**
 * Why scikit-learn cannot be asked, also printed, or undefined if it can. Throws instead of giving a reason where
 * THRESHER_REQUIRE_ORACLES=1 makes its absence a failure.
 */
export function sklearnMissing(): string | undefined {
  const { status, stderr, error } = spawnSync(PYTHON, ['-c', 'import sklearn'], { encoding: 'utf8' })
  if (status === 0) return undefined
  const reason = `${PYTHON} cannot import sklearn: ${error?.message ?? stderr.trim().split('\n').at(-1)}`
  if (process.env.THRESHER_REQUIRE_ORACLES === '1') throw new Error(reason)
  process.stderr.write(`Tests against scikit-learn are skipped: ${reason}. Install python3-sklearn.\n`)
  return reason
}

/** One parsed answer a question; NaN and infinity come as null. */
export function askSklearn<T>(questions: readonly unknown[]): T[] {
  const script = fileURLToPath(new URL('oracle.py', import.meta.url))
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('')
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-B', script], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`oracle.py: ${stderr}`)
  const lines = stdout.trim().split('\n')
  if (lines.length !== questions.length)
    throw new Error(`oracle.py answered ${lines.length} of ${questions.length}`)
  return lines.map((line) => JSON.parse(line.replace(/NaN|-?Infinity/g, 'null')) as T)
}
