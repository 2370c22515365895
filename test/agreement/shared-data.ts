import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The folder of real data that lies beside the repository, or wherever THRESHER_SHARED says. */
export const SHARED = process.env.THRESHER_SHARED ?? resolve(ROOT, '../shared')

/** The `thresher` executable of this checkout. */
export const THRESHER = resolve(ROOT, 'packages/tui/bin/thresher.js')

/** Why real data cannot be read, also printed, or undefined if all of these are there. */
export function sharedMissing(...paths: readonly string[]): string | undefined {
  const absent = paths.map((path) => resolve(SHARED, path)).find((path) => !existsSync(path))
  if (absent === undefined) return undefined
  const reason = `${absent} is not there; THRESHER_SHARED may name its folder`
  process.stderr.write(`Tests that need real data are skipped: ${reason}\n`)
  return reason
}
