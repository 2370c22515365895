import { createReadStream } from 'node:fs'
import {
  type AddedTrial,
  InputError,
  importJournal,
  isFinished,
  MemoryStorage,
  openStorage,
  type Storage,
} from '@thresher/core'
import { quote } from '../../files/quote.js'
import type { ImportedStudy } from './imported-study.js'

export interface OptunaOptions {
  /** The study in that storage; the only one where not given. */
  readonly from?: string | undefined
  /** What it is called here; as there unless given. */
  readonly name?: string | undefined
  /** The trial that the others are held against, by number; the one that is marked unless given. */
  readonly baseline?: string | undefined
}

/**
 * Copies a study of an Optuna storage: its finished trials with their values, reports, attributes and times.
 * @param source a storage's URL, or the path of a journal
 * @throws InputError where the source holds no such study, or several and none is named.
 */
export async function readOptuna(source: string, options: OptunaOptions): Promise<ImportedStudy> {
  const storage = await open(source)
  try {
    const studies = await storage.listStudies()
    const study =
      options.from === undefined
        ? studies.length === 1
          ? studies[0]
          : undefined
        : studies.find(({ name }) => name === options.from)
    if (study === undefined) {
      const names = studies.map(({ name }) => quote(name)).join(', ')
      throw new InputError(
        `${storage.url}: ${options.from === undefined ? `holds ${studies.length} studies` : `has no study ${quote(options.from)}`}; give --from one of ${names || 'none'}.`,
      )
    }
    const records = await storage.readTrials(study.id)
    const finished = records.filter(({ state }) => isFinished(state))
    const baseline = baselineNumber(
      options.baseline,
      finished.map(({ number }) => number),
      source,
    )
    const metrics = study.systemAttributes.get('study:metric_names')
    const left = records.length - finished.length
    return {
      name: options.name ?? study.name,
      format: 'optuna',
      source: storage.url,
      metrics: Array.isArray(metrics) ? metrics.map(String) : undefined,
      directions: study.directions,
      trials: finished.map(
        ({ id: _, number, ...record }): AddedTrial => ({
          ...record,
          userAttributes: new Map([['run', String(number)], ...record.userAttributes]),
          baseline: number === baseline,
        }),
      ),
      notices:
        left === 0 ? [] : [`${storage.url}: ${left} of ${records.length} trials are not finished: left out.`],
    }
  } finally {
    await storage.close()
  }
}

/** A storage of Optuna's RDB schema, as it is; a journal read into memory. */
async function open(source: string): Promise<Storage> {
  if (/^[a-z][a-z0-9]*(\+[a-z0-9_]+)?:/i.test(source))
    return openStorage(source, { create: false, readOnly: true })
  const storage = new MemoryStorage()
  await importJournal(storage, createReadStream(source, 'utf8'), source)
  return storage
}

function baselineNumber(
  asked: string | undefined,
  numbers: readonly number[],
  source: string,
): number | undefined {
  if (asked === undefined) return undefined
  const number = Number(asked)
  if (/^\d+$/.test(asked) && numbers.includes(number)) return number
  throw new InputError(
    `--baseline: ${source} has no finished trial ${quote(asked)}; give its number, 0 to ${Math.max(0, ...numbers)}.`,
  )
}
