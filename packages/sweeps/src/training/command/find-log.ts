import { readdir, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'

/** What tells a file from the one that had its name before, and from what it was. */
interface FileState {
  readonly path: string
  readonly inode: number
  readonly size: number
  readonly modified: number
}

/** A log that the run writes, with what was there before it. */
export interface FoundLog {
  readonly file: FileState
  readonly before: FileState | undefined
}

/**
 * Finds the logs that a run writes: in the run's folder, else in the working folder, where one counts only if it is not
 * as it was when the run began. A `*` in a path stands for any characters of one name.
 */
export class LogFinder {
  readonly #paths: readonly string[]
  readonly #folders: readonly string[]
  #before: ReadonlyMap<string, FileState> = new Map()

  constructor(paths: readonly string[], folders: readonly string[]) {
    this.#paths = paths
    this.#folders = folders
  }

  /** Remembers what was there before the run. */
  async begin(): Promise<void> {
    const found = await Promise.all(this.#folders.map((folder) => this.#matching(folder)))
    this.#before = new Map(found.flat().map((file) => [file.path, file]))
  }

  /** Those of the first folder that has any, by path. */
  async findAll(): Promise<FoundLog[]> {
    for (const folder of this.#folders) {
      const files = await this.#matching(folder)
      const fresh = files
        .map((file) => ({ file, before: this.#before.get(file.path) }))
        .filter(({ file, before }) => before === undefined || !sameState(file, before))
      if (fresh.length > 0) return fresh.sort((a, b) => (a.file.path < b.file.path ? -1 : 1))
    }
    return []
  }

  /** The newest; undefined as long as there is none. */
  async find(): Promise<FoundLog | undefined> {
    const all = await this.findAll()
    return all.reduce<FoundLog | undefined>(
      (newest, log) => (newest && newest.file.modified >= log.file.modified ? newest : log),
      undefined,
    )
  }

  async #matching(folder: string): Promise<FileState[]> {
    const found = await Promise.all(this.#paths.map((path) => filesLike(folder, path)))
    return found.flat()
  }
}

function sameState(a: FileState, b: FileState): boolean {
  return a.inode === b.inode && a.size === b.size && a.modified === b.modified
}

async function filesLike(folder: string, path: string): Promise<FileState[]> {
  let places = [isAbsolute(path) ? '/' : folder]
  for (const step of path.split('/').filter((part) => part !== '')) {
    places = step.includes('*')
      ? (await Promise.all(places.map((place) => namesLike(place, step)))).flat()
      : places.map((place) => join(place, step))
  }
  const states = await Promise.all(places.map(stateOf))
  return states.filter((state) => state !== undefined)
}

async function namesLike(folder: string, pattern: string): Promise<string[]> {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}$`, 's')
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => expression.test(name)).map((name) => join(folder, name))
}

async function stateOf(path: string): Promise<FileState | undefined> {
  try {
    const found = await stat(path)
    if (!found.isFile()) return undefined
    return { path, inode: found.ino, size: found.size, modified: found.mtimeMs }
  } catch {
    // Not there yet, or gone again.
    return undefined
  }
}
