import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as tf from '@tensorflow/tfjs-core'
import { InputError } from '@thresher/core'
import { ZipFile } from 'yazl'
import { listZip, openZipEntry, type ZipEntry } from '../../files/zip-archive.js'
import { decodeElements, elementBytes } from '../../maps/decode-elements.js'
import { npyPrefix } from '../../maps/npy-bytes.js'
import { readNpyHeader } from '../../maps/npy-header.js'
import type { DbNet } from './network/db-net.js'
import type { Optimizer } from './optimizers.js'

/** In a run's folder: everything that training goes on from, after the last finished epoch. */
export const CHECKPOINT_NAME = 'checkpoint.npz'

const ZIP_TIME = new Date(1980, 0, 1)
const COUNTERS = 'counters'

/** What a checkpoint holds, as groups of named arrays. */
function groupsOf(network: DbNet, optimizer: Optimizer): [group: string, ReadonlyMap<string, tf.Variable>][] {
  return [
    ['weights', network.parameters.trained],
    ['running', network.parameters.running],
    ['optimizer', optimizer.state],
  ]
}

/**
 * Writes a checkpoint into a folder, whole or not at all: an npz archive of float32 arrays named `weights.stem.weight`
 * and so on, and `counters`, the epochs done and the optimizer's steps.
 */
export async function writeCheckpoint(
  folder: string,
  network: DbNet,
  optimizer: Optimizer,
  epochs: number,
): Promise<void> {
  const path = join(folder, CHECKPOINT_NAME)
  const draft = `${path}.${randomUUID()}.tmp`
  const zip = new ZipFile()
  const add = (name: string, shape: readonly number[], values: Float32Array) => {
    const bytes = Buffer.concat([
      npyPrefix('<f4', shape),
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    ])
    zip.addBuffer(bytes, `${name}.npy`, { mtime: ZIP_TIME, forceDosTimestamp: true, compress: false })
  }
  for (const [group, variables] of groupsOf(network, optimizer)) {
    for (const [name, variable] of variables) {
      add(`${group}.${name}`, variable.shape, (await variable.data()) as Float32Array)
    }
  }
  add(COUNTERS, [2], Float32Array.of(epochs, optimizer.steps))
  zip.end()
  try {
    await pipeline(zip.outputStream, createWriteStream(draft, { flags: 'wx' }))
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Takes over a checkpoint. The optimizer's state comes along where it is of the same kind; another kind starts anew.
 *
 * @returns the epochs that it has been trained for
 * @throws InputError where there is none, or it is not of this network
 */
export async function readCheckpoint(folder: string, network: DbNet, optimizer: Optimizer): Promise<number> {
  const path = join(folder, CHECKPOINT_NAME)
  const entries = new Map((await listZip(path)).map((entry) => [entry.name.replace(/\.npy$/, ''), entry]))
  const read = async (name: string): Promise<{ shape: number[]; values: Float32Array }> => {
    const entry = entries.get(name)
    if (entry === undefined) {
      throw new InputError(`${path}: has no ${name}; it is of another network. Name a run of this trainer.`)
    }
    return readArray(path, name, entry)
  }
  const groups = groupsOf(network, optimizer)
  const sameKind = [...optimizer.state.keys()].every((name) => entries.has(`optimizer.${name}`))
  const loaded: [tf.Variable, Float32Array][] = []
  for (const [group, variables] of groups) {
    if (group === 'optimizer' && !sameKind) continue
    for (const [name, variable] of variables) {
      const { shape, values } = await read(`${group}.${name}`)
      if (shape.join() !== variable.shape.join()) {
        throw new InputError(
          `${path}: ${group}.${name} is ${shape.join(' x ')}, not ${variable.shape.join(' x ')}; it is of another network. Name a run of this trainer.`,
        )
      }
      loaded.push([variable, values])
    }
  }
  const [epochs, steps] = (await read(COUNTERS)).values
  // Nothing is changed before all is read.
  tf.tidy(() => {
    for (const [variable, values] of loaded) variable.assign(tf.tensor(values, variable.shape))
  })
  optimizer.steps = sameKind ? steps! : 0
  return epochs!
}

async function readArray(
  path: string,
  name: string,
  entry: ZipEntry,
): Promise<{ shape: number[]; values: Float32Array }> {
  const reader = openZipEntry(entry)
  try {
    const { type, shape } = await readNpyHeader(reader, entry.size, `${path}: ${name}`)
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
    const bytes = elementBytes(type, values)
    await reader.fill(bytes)
    await reader.end()
    decodeElements(type, bytes, values)
    return { shape, values }
  } finally {
    await reader.close()
  }
}
