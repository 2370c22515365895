import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type Direction, InputError } from '@thresher/core'
import { fileError } from '../../files/file-error.js'
import { assembleStudy } from './assemble-study.js'
import type { ImportedStudy, ImportFormat } from './imported-study.js'
import { isMlflow, readMlflow } from './read-mlflow.js'
import { readOptuna } from './read-optuna.js'
import { readTable } from './table.js'
import { runsOfTable, type TableChoices } from './table-runs.js'
import { readWandbRuns } from './wandb-json.js'

export interface ImportOptions extends TableChoices {
  /** By what the source is, unless given. */
  readonly format?: ImportFormat | undefined
  /** What the study is called here; after its source unless given. */
  readonly study?: string | undefined
  /** Which study or experiment of the source, where it has several. */
  readonly from?: string | undefined
  readonly direction?: Direction | undefined
  /** The name of the run that the others are held against; of Optuna's its number. */
  readonly baseline?: string | undefined
}

const URL = /^(sqlite|postgres(ql)?)(\+[a-z0-9_]+)?:/i

/**
 * Reads a study that was made elsewhere, and puts it nowhere yet: a CSV table (W&B's among them), W&B runs as JSON, an
 * Optuna storage or journal, an MLflow folder.
 * @throws InputError with file, line and mend of what cannot be read.
 */
export async function importStudy(source: string, options: ImportOptions = {}): Promise<ImportedStudy> {
  const format = options.format ?? (await formatOf(source))
  const { study, from, baseline, metric, direction } = options
  const assembled = { format, source, baseline, metric, direction }
  switch (format) {
    case 'optuna':
      return readOptuna(source, { from, name: study, baseline })
    case 'mlflow': {
      const { name, runs } = await readMlflow(source, from)
      return assembleStudy(runs, { ...assembled, name: study ?? name })
    }
    case 'wandb':
      if (extname(source).toLowerCase() === '.csv') break
      return assembleStudy(await readWandbRuns(source), { ...assembled, name: study ?? stem(source) })
    case 'csv':
      break
  }
  const table = await readTable(source)
  return assembleStudy(runsOfTable(table, options), { ...assembled, name: study ?? stem(source) })
}

async function formatOf(source: string): Promise<ImportFormat> {
  if (URL.test(source)) return 'optuna'
  const found = await stat(source).catch((error: unknown) => {
    throw fileError(source, error)
  })
  if (found.isDirectory()) {
    if (await isMlflow(source)) return 'mlflow'
    throw new InputError(`${source}: is a folder, and none of MLflow's. Name a file in it.`)
  }
  const extension = extname(source).toLowerCase()
  if (['.json', '.jsonl'].includes(extension)) return 'wandb'
  if (['.journal', '.log'].includes(extension)) return 'optuna'
  if (['.db', '.sqlite', '.sqlite3'].includes(extension)) {
    throw new InputError(`${source}: looks like an SQLite file. Give its URL, sqlite:///${source}.`)
  }
  return 'csv'
}

function stem(source: string): string {
  return basename(source, extname(source))
}
