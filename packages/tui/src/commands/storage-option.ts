import type { Command } from 'commander'
import type { Environment } from '../context.js'

export interface StorageOption {
  readonly storage?: string
}

/** Where studies are unless somebody says otherwise: under the folder that the program is run in. */
export const DEFAULT_FILE = '.thresher/studies.db'
export const DEFAULT_STORAGE = `sqlite:///${DEFAULT_FILE}`

export function withStorageOption(command: Command): Command {
  return command.option(
    '--storage <url>',
    `where studies are: sqlite:///FILE or postgresql://... (default: THRESHER_STORAGE, else ${DEFAULT_STORAGE})`,
  )
}

/** The storage that is meant: the option, THRESHER_STORAGE, or the folder's own. */
export function storageUrl({ storage }: StorageOption, env: Environment): string {
  return storage ?? (env.THRESHER_STORAGE || DEFAULT_STORAGE)
}

/** Whether it is the folder's own, which is made where it is first written. */
export function isDefaultStorage(url: string): boolean {
  return url === DEFAULT_STORAGE
}
