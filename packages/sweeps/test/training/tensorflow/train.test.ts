import '@tensorflow/tfjs-backend-wasm'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { createGrid, parseParam } from '@thresher/core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { CHECKPOINT_NAME } from '../../../src/training/tensorflow/checkpoint.js'
import { hyperparametersOf } from '../../../src/training/tensorflow/hyperparameters.js'
import { sweepRunThresholds } from '../../../src/training/tensorflow/sweep-run-thresholds.js'
import { train } from '../../../src/training/tensorflow/train.js'
import { VALIDATION_SETTING } from '../../../src/training/tensorflow/validation-setting.js'
import type { TrainingReport } from '../../../src/training/trainer.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
// A step is a thousand operations, which a loaded machine takes its time for.
vi.setConfig({ testTimeout: 120_000 })

const settings = { images: 4, validationImages: 2, imageSize: 64 }

beforeAll(() => tf.setBackend('wasm'))

interface Trial {
  readonly params?: Record<string, number | string>
  readonly seed?: number
  readonly resumeFrom?: string
  readonly answer?: (report: TrainingReport) => boolean
}

let count = 0

/** Trains in a folder of its own, and tells what was reported. */
async function run({ params = {}, seed = 1, resumeFrom, answer = () => true }: Trial = {}) {
  const directory = join(folder.path, `run-${count++}`)
  mkdirSync(directory)
  const hyperparameters = hyperparametersOf(new Map(Object.entries({ epochs: 2, ...params })), {
    epochs: 2,
    batchSize: 2,
  })
  const reports: TrainingReport[] = []
  const result = await train(
    { settings, hyperparameters, seed, folder: directory, resumeFrom },
    async (report) => {
      reports.push(report)
      return answer(report)
    },
  )
  return { ...result, reports, directory, losses: reports.map(({ metrics }) => metrics.get('loss')!) }
}

describe('train', () => {
  it('reports every epoch with its numbers, and lowers the loss', async () => {
    const { reports, losses, stopped } = await run({ params: { epochs: 3 } })
    expect(stopped).toBe(false)
    expect(reports.map(({ step }) => step)).toEqual([0, 1, 2])
    expect([...reports[0]!.metrics.keys()]).toEqual(
      'hmean precision recall loss loss_probability loss_binary loss_threshold lr'.split(' '),
    )
    expect(reports.map(({ metrics }) => metrics.get('lr'))).toEqual(
      [0.006, 0.0045, 0.0015].map((rate) => expect.closeTo(rate, 12)),
    )
    expect(losses[2]).toBeLessThan(losses[0]!)
  })

  it('is the same for the same seed, and another for another', async () => {
    const [first, again, other] = [await run(), await run(), await run({ seed: 2 })]
    expect(again.reports).toEqual(first.reports)
    const weights = ({ directory }: { directory: string }) => readFileSync(join(directory, CHECKPOINT_NAME))
    expect(weights(again).equals(weights(first))).toBe(true)
    expect(other.losses).not.toEqual(first.losses)
  })

  it('holds as many tensors after every epoch, and none in the end', async () => {
    const before = tf.memory()
    const held: number[] = []
    await run({
      params: { optimizer: 'sgd', lr: 0.01 },
      answer: () => {
        held.push(tf.memory().numTensors)
        return true
      },
    })
    const after = tf.memory()
    expect(held).toHaveLength(2)
    expect(new Set(held).size).toBe(1)
    expect([after.numTensors, after.numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers])
  })

  it.each(['adamw', 'sgd'])('goes on from a checkpoint as if it had not stopped, %s', async (optimizer) => {
    const params = { epochs: 3, optimizer, lr: 0.005 }
    const whole = await run({ params })
    const first = await run({ params, answer: ({ step }) => step < 0 })
    expect(first.stopped).toBe(true)
    // Another seed would give other weights; those of the checkpoint count. The order of images is the seed's.
    const second = await run({ params, resumeFrom: first.directory })
    expect([...first.reports, ...second.reports]).toEqual(whole.reports)
  })

  it('takes over weights with another optimizer, and refuses what is no checkpoint', async () => {
    const first = await run({ answer: () => false })
    const second = await run({ params: { optimizer: 'sgd' }, resumeFrom: first.directory })
    expect(second.reports.map(({ step }) => step)).toEqual([1])
    await expect(run({ resumeFrom: join(folder.path, 'none') })).rejects.toThrow(/no such file or folder/)
  })

  it('reports NaN where it diverges, and ends', async () => {
    const { reports, stopped } = await run({ params: { lr: 1e30, epochs: 9 } })
    expect(stopped).toBe(false)
    expect(reports.length).toBeLessThan(9)
    expect(reports.at(-1)!.value).toBeNaN()
  })

  it('leaves maps on which a threshold grid gives its own score again', async () => {
    const { directory, reports, bestEpoch } = await run()
    const grid = createGrid(
      [parseParam('thresh=0.1,0.3'), parseParam('box_thresh=0.1,0.4')],
      VALIDATION_SETTING,
    )
    expect(existsSync(join(directory, 'gt', 'gt_val_1.txt'))).toBe(true)
    const { ranking, images } = await sweepRunThresholds(directory, grid, { resamples: 100 })
    expect(images).toBe(2)
    expect(ranking.baseline.hmean).toBe(reports[bestEpoch!]!.value)
  })
})
