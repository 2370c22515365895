import { type GroundTruth, packGroundTruth } from '@thresher/native'
import { type Targets, targetsOf } from './targets.js'
import { drawTextImage, type TextRegion } from './text-image.js'

/** An image ready for the network, with what it is to answer and what it is scored against. */
export interface LabelledImage {
  readonly name: string
  /** Pixels with mean near 0 and spread near 1. */
  readonly pixels: Float32Array
  readonly targets: Targets
  readonly regions: readonly TextRegion[]
  readonly truth: GroundTruth
}

export interface DataSet {
  /** Pixels a side. */
  readonly size: number
  readonly training: readonly LabelledImage[]
  readonly validation: readonly LabelledImage[]
}

export interface DataSetOptions {
  readonly images: number
  readonly validationImages: number
  readonly imageSize: number
}

/** Of the images: a constant, because every run of a sweep is to see the same ones. */
const SEED = 20_201_114
const STREAM = 1_000_000

/** Draws the data set; the first images of a larger set are those of a smaller one. */
export function createDataSet({ images, validationImages, imageSize }: DataSetOptions): DataSet {
  return {
    size: imageSize,
    training: drawImages('train', images, SEED, imageSize),
    validation: drawImages('val', validationImages, SEED + STREAM, imageSize),
  }
}

function drawImages(kind: string, count: number, seed: number, size: number): LabelledImage[] {
  const digits = String(count).length
  return Array.from({ length: count }, (_, i) => {
    const { pixels, regions } = drawTextImage(seed + i, size)
    return {
      name: `${kind}_${String(i + 1).padStart(digits, '0')}`,
      pixels: Float32Array.from(pixels, (value) => (value - 0.5) * 4),
      targets: targetsOf(regions, size),
      regions,
      truth: packGroundTruth(
        regions.map(({ quad, text, ignore }) => ({
          points: quad.flatMap(({ x, y }) => [x, y]),
          text,
          ignore,
        })),
        { width: size, height: size },
      ),
    }
  })
}
