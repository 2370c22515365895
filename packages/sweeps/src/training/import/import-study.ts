import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type Direction, InputError } from '@thresher/core'
import { fileError } from '../../files/file-error.js'
import { assembleStudy } from './assemble-study.js'
import type { ImportedStudy, ImportFormat } from './imported-study.js'
import { readTable } from './table.js'
import { runsOfTable, type TableChoices } from './table-runs.js'

export interface ImportOptions extends TableChoices {
  /** By what the source is, unless given. */
  readonly format?: ImportFormat | undefined
  /** What the study is called here; after its source unless given. */
  readonly study?: string | undefined
  readonly direction?: Direction | undefined
  /** The name of the run that the others are held against. */
  readonly baseline?: string | undefined
}

/**
 * Reads a study that was made elsewhere, and puts it nowhere yet.
 * @throws InputError with file, line and mend of what cannot be read.
 */
export async function importStudy(source: string, options: ImportOptions = {}): Promise<ImportedStudy> {
  const found = await stat(source).catch((error: unknown) => {
    throw fileError(source, error)
  })
  if (found.isDirectory()) throw new InputError(`${source}: is a folder. Name a file in it.`)
  const table = await readTable(source)
  return assembleStudy(runsOfTable(table, options), {
    ...options,
    name: options.study ?? basename(source, extname(source)),
    format: 'csv',
    source,
  })
}
