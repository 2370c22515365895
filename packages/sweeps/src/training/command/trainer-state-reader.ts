import { readFile } from 'node:fs/promises'
import { parsePythonJson } from '@thresher/core'
import type { LogFinder } from './find-log.js'
import type { MetricReader } from './metric-reader.js'
import { type MetricRow, rowOfObject } from './metric-row.js'

/**
 * Reads `trainer_state.json` of Hugging Face's Trainer, which is written whole at each checkpoint: the entries of its
 * `log_history` that were not there before.
 */
export class TrainerStateReader implements MetricReader {
  readonly #finder: LogFinder
  #seen = 0

  constructor(finder: LogFinder) {
    this.#finder = finder
  }

  async poll(ended: boolean): Promise<readonly MetricRow[]> {
    const found = await this.#finder.find()
    if (found === undefined) return []
    const history = await readHistory(found.file.path, ended)
    const fresh = history.slice(this.#seen)
    this.#seen = Math.max(this.#seen, history.length)
    return fresh
      .map((entry) => (typeof entry === 'object' && entry !== null ? rowOfObject(entry) : undefined))
      .filter((row) => row !== undefined)
  }
}

async function readHistory(path: string, ended: boolean): Promise<readonly unknown[]> {
  let state: unknown
  try {
    state = parsePythonJson(await readFile(path, 'utf8'))
  } catch (error) {
    // Half written, or just renamed away: the next look finds it whole.
    if (!ended) return []
    throw new Error(`${path}: cannot be read as JSON (${(error as Error).message.replaceAll(/\s+/g, ' ')})`)
  }
  const history = (state as { log_history?: unknown } | null)?.log_history
  if (Array.isArray(history)) return history
  throw new Error(`${path}: has no list log_history; name a trainer_state.json, or another format`)
}
