import { setImmediate } from 'node:timers/promises'
import type { TensorflowTrainerSettings } from '../sweep-plan.js'
import type { TrainingReport } from '../trainer.js'
import { readCheckpoint, writeCheckpoint } from './checkpoint.js'
import { batchesOf, shuffled } from './data/batches.js'
import { createDataSet } from './data/data-set.js'
import type { Hyperparameters } from './hyperparameters.js'
import { DbNet } from './network/db-net.js'
import { registerGradients } from './network/gradients.js'
import { createOptimizer } from './optimizers.js'
import { writeMaps, writeTruth } from './run-files.js'
import { type StepLosses, trainingStep } from './training-step.js'
import { validate } from './validate.js'

/** Of the sums of box making and inference; training has its own batch size. */
const VALIDATION_BATCH = 8

export interface TrainOptions {
  readonly settings: Pick<TensorflowTrainerSettings, 'images' | 'validationImages' | 'imageSize'>
  readonly hyperparameters: Hyperparameters
  readonly seed: number
  /** The run's folder, which exists. */
  readonly folder: string
  /** The folder whose checkpoint it goes on from. */
  readonly resumeFrom?: string | undefined
}

export interface Trained {
  readonly stopped: boolean
  /** Of the epoch whose maps are kept; undefined where none was finished. */
  readonly bestEpoch: number | undefined
}

/**
 * Trains a DBNet on drawn images, epoch by epoch, on the backend that is set: weights, order and images depend on the
 * seed alone. After each epoch it is scored, a checkpoint is written, and `report` is told; false ends the training,
 * and so does a loss or an answer that is not a number, which is reported as NaN. The maps of the best epoch stay in the
 * folder with their ground truth.
 *
 * It goes on from `resumeFrom` with the epoch after the checkpoint's, so that steps ascend over both runs.
 */
export async function train(
  { settings, hyperparameters, seed, folder, resumeFrom }: TrainOptions,
  report: (report: TrainingReport) => Promise<boolean>,
): Promise<Trained> {
  registerGradients()
  const data = createDataSet(settings)
  const network = new DbNet(seed)
  const optimizer = createOptimizer(hyperparameters.optimizer, network.parameters.trained)
  try {
    const first = resumeFrom === undefined ? 0 : await readCheckpoint(resumeFrom, network, optimizer)
    await writeTruth(folder, data)
    let best: { hmean: number; epoch: number } | undefined
    for (let epoch = first; epoch < hyperparameters.epochs; epoch++) {
      const rate = hyperparameters.schedule.at(epoch)
      const losses = await trainEpoch(epoch, rate)
      const validation = Number.isFinite(losses.total)
        ? await validate(network, data, VALIDATION_BATCH)
        : undefined
      const { hmean, precision, recall } = validation?.scores ?? NOTHING
      if (validation !== undefined) {
        await writeCheckpoint(folder, network, optimizer, epoch + 1)
        if (best === undefined || hmean > best.hmean) {
          best = { hmean, epoch }
          await writeMaps(folder, data, validation.maps)
        }
      }
      const metrics = new Map(
        Object.entries({
          hmean,
          precision,
          recall,
          loss: losses.total,
          loss_probability: losses.probability,
          loss_binary: losses.binary,
          loss_threshold: losses.threshold,
          lr: rate,
        }),
      )
      const goOn = await report({ step: epoch, value: hmean, metrics })
      if (!goOn || validation === undefined) return { stopped: !goOn, bestEpoch: best?.epoch }
    }
    return { stopped: false, bestEpoch: best?.epoch }
  } finally {
    optimizer.dispose()
    network.dispose()
  }

  /** The mean losses of an epoch's steps; it ends where they are not finite. */
  async function trainEpoch(epoch: number, rate: number): Promise<StepLosses> {
    const sums = { total: 0, probability: 0, binary: 0, threshold: 0 }
    let images = 0
    for (const batch of batchesOf(shuffled(data.training, seed, epoch), hyperparameters.batchSize)) {
      // Messages to the process are heard between steps.
      await setImmediate()
      const losses = trainingStep(network, optimizer, batch, data.size, rate)
      for (const name of LOSSES) sums[name] += losses[name] * batch.length
      images += batch.length
      if (!Number.isFinite(losses.total)) break
    }
    for (const name of LOSSES) sums[name] /= images
    return sums
  }
}

const LOSSES = ['total', 'probability', 'binary', 'threshold'] as const
const NOTHING = { hmean: Number.NaN, precision: Number.NaN, recall: Number.NaN }
