import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError, type ParamValue } from '@thresher/core'
import { describe, expect, it, vi } from 'vitest'
import { TENSORFLOW_DEFAULTS } from '../../../src/training/tensorflow/defaults.ts'
import { createTensorflowTrainer } from '../../../src/training/tensorflow/tensorflow-trainer.js'
import type { TrainingReport, TrainingRun } from '../../../src/training/trainer.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

// Each run starts a process.
vi.setConfig({ testTimeout: 120_000 })

const folder = temporaryFolder()
const BUILT = fileURLToPath(new URL('../../../dist/training/tensorflow/run-process.js', import.meta.url))
const SMALL = {
  ...TENSORFLOW_DEFAULTS,
  epochs: 2,
  images: 2,
  validationImages: 1,
  imageSize: 64,
  batchSize: 2,
}

let count = 0
function runOf(params: Record<string, ParamValue> = {}): TrainingRun {
  const directory = join(folder.path, `run-${count}`)
  mkdirSync(directory)
  return {
    study: 'test',
    number: count++,
    attempt: 0,
    params: new Map(Object.entries(params)),
    seed: 1,
    directory,
    worker: 0,
    resumeFrom: undefined,
  }
}

const never = new AbortController().signal

/** A program in place of the training process. */
function program(text: string): string {
  return folder.write(`program-${count}.mjs`, text)
}

describe('createTensorflowTrainer', () => {
  it('trains in a process of its own', async () => {
    const trainer = createTensorflowTrainer(SMALL, BUILT)
    const run = runOf({ lr: 0.001 })
    const reports: TrainingReport[] = []
    const { stopped, metrics, facts } = await trainer.run(run, {
      report: async (report) => {
        reports.push(report)
        return true
      },
      signal: never,
    })
    expect(stopped).toBe(false)
    expect(reports.map(({ step }) => step)).toEqual([0, 1])
    expect(metrics).toEqual(reports[1]!.metrics)
    expect(facts.backend).toMatch(/wasm|node/)
    expect(existsSync(join(run.directory, 'checkpoint.npz'))).toBe(true)
    expect(existsSync(join(run.directory, 'maps', 'val_1.npy'))).toBe(true)
  })

  it('stops where a report is answered with false', async () => {
    const trainer = createTensorflowTrainer({ ...SMALL, epochs: 500 }, BUILT)
    const { stopped } = await trainer.run(runOf(), { report: async () => false, signal: never })
    expect(stopped).toBe(true)
  })

  it('fails with what is wrong with a parameter', async () => {
    const trainer = createTensorflowTrainer(SMALL, BUILT)
    await expect(
      trainer.run(runOf({ rate: 1 }), { report: async () => true, signal: never }),
    ).rejects.toThrow('rate: the TensorFlow.js trainer has no such parameter')
  })

  it('kills the process where the run is aborted, whatever it is doing', async () => {
    const file = join(folder.path, `pid-${count}`)
    const deaf = program(`
      import { writeFileSync } from 'node:fs'
      process.on('SIGTERM', () => {})
      writeFileSync(${JSON.stringify(file)}, String(process.pid))
      while (true);
    `)
    const controller = new AbortController()
    const running = createTensorflowTrainer(SMALL, deaf).run(runOf(), {
      report: async () => true,
      signal: controller.signal,
    })
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/^\d+$/), { timeout: 60_000 })
    controller.abort(new Error('time is up'))
    await expect(running).rejects.toThrow('time is up')
    const pid = Number(readFileSync(file, 'utf8'))
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 60_000 })
  })

  it('says how a process ended that gave no result, and keeps what it printed', async () => {
    const run = runOf()
    const trainer = createTensorflowTrainer(
      SMALL,
      program(
        `process.send({ kind: 'ready' }); console.error('out of luck'); process.exitCode = 3; process.disconnect()`,
      ),
    )
    await expect(trainer.run(run, { report: async () => true, signal: never })).rejects.toMatchObject({
      message: `the training process ended with code 3. See ${join(run.directory, 'train.log')}.`,
      facts: { exit_code: 3, exit_signal: null },
    })
    await vi.waitFor(() =>
      expect(readFileSync(join(run.directory, 'train.log'), 'utf8')).toBe('out of luck\n'),
    )
  })

  it('throws what the report throws', async () => {
    const trainer = createTensorflowTrainer(
      SMALL,
      program(
        `process.on('message', () => {}); process.send({ kind: 'report', report: { step: 0, value: 1, metrics: new Map() } })`,
      ),
    )
    const report = () => Promise.reject(new Error('the storage is gone'))
    await expect(trainer.run(runOf(), { report, signal: never })).rejects.toThrow('the storage is gone')
  })

  it('ends what runs when it is closed', async () => {
    const trainer = createTensorflowTrainer(
      SMALL,
      program(
        `process.on('message', () => {}); process.send({ kind: 'report', report: { step: 0, value: 1, metrics: new Map() } })`,
      ),
    )
    const running = trainer.run(runOf(), {
      report: async () => {
        await trainer.close!()
        return true
      },
      signal: never,
    })
    await expect(running).rejects.toThrow('the training process was killed by SIGKILL')
  })

  it('refuses sizes that it cannot train with', () => {
    expect(() => createTensorflowTrainer({ ...SMALL, imageSize: 100 })).toThrow(InputError)
    expect(() => createTensorflowTrainer({ ...SMALL, imageSize: 100 })).toThrow(
      'trainer: imageSize is 100; give a multiple of 16 from 64 up.',
    )
    expect(() => createTensorflowTrainer({ ...SMALL, images: 0 })).toThrow('trainer: images is 0')
  })
})
