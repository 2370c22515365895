import type { TensorflowTrainerSettings } from '../sweep-plan.js'

/** What the built-in trainer does where nothing is said: about half a minute a run on one core. */
export const TENSORFLOW_DEFAULTS: TensorflowTrainerSettings = {
  kind: 'tensorflow',
  epochs: 10,
  images: 96,
  validationImages: 32,
  batchSize: 4,
  imageSize: 128,
  backend: 'auto',
}
