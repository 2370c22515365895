import '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { dbLoss, hardNegatives } from '../../../src/training/tensorflow/loss.js'
import { registerGradients } from '../../../src/training/tensorflow/network/gradients.js'

beforeAll(async () => {
  await tf.setBackend('wasm')
  registerGradients()
})

const SHAPE: [number, number, number, number] = [1, 2, 3, 1]
const map = (...values: number[]) => tf.tensor4d(values, SHAPE)
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z))

describe('dbLoss', () => {
  const logits = [2, -1, 0.1, 0.5, -2, 3]
  const limits = [0.3, -0.4, 0.05, 0.6, -1, 1]
  const shrunk = [1, 0, 0, 1, 0, 0]
  const judged = [1, 1, 1, 1, 1, 0]
  const hardest = [0, 1, 1, 0, 0, 0]
  const wanted = [0.3, 0.5, 0.7, 0.3, 0.4, 0.3]
  const border = [1, 1, 0, 1, 0, 0]
  const targets = () => ({
    shrunk: map(...shrunk),
    judged: map(...judged),
    threshold: map(...wanted),
    border: map(...border),
  })

  /** The published formulas, pixel by pixel. */
  function byHand(logits: readonly number[], limits: readonly number[]) {
    let [cross, counted, both, sum, error, area] = [0, 0, 0, 0, 0, 0]
    for (const [i, z] of logits.entries()) {
      const [p, t, y] = [sigmoid(z), sigmoid(limits[i]!), shrunk[i]!]
      const weight = y * judged[i]! + hardest[i]!
      cross -= weight * (y * Math.log(p) + (1 - y) * Math.log(1 - p))
      counted += weight
      const b = judged[i]! / (1 + Math.exp(-50 * (p - t)))
      both += b * y
      sum += b + y * judged[i]!
      error += border[i]! * Math.abs(t - wanted[i]!)
      area += border[i]!
    }
    return { probability: cross / counted, binary: 1 - (2 * both) / sum, threshold: error / area }
  }

  it('is 5 Ls + Lb + 10 Lt of the published terms', () => {
    const found = dbLoss(
      { probability: map(...logits), threshold: map(...limits) },
      targets(),
      map(...hardest),
    )
    const expected = byHand(logits, limits)
    for (const name of ['probability', 'binary', 'threshold'] as const) {
      expect(found[name].dataSync()[0]).toBeCloseTo(expected[name], 5)
    }
    const total = 5 * expected.probability + expected.binary + 10 * expected.threshold
    expect(found.total.dataSync()[0]).toBeCloseTo(total, 4)
  })

  it('has the slopes of the formulas, in both maps', () => {
    const loss = (z: tf.Tensor, t: tf.Tensor) =>
      dbLoss({ probability: z as tf.Tensor4D, threshold: t as tf.Tensor4D }, targets(), map(...hardest)).total
    const found = tf.grads(loss)([map(...logits), map(...limits)])
    const total = (z: readonly number[], t: readonly number[]) => {
      const { probability, binary, threshold } = byHand(z, t)
      return 5 * probability + binary + 10 * threshold
    }
    const step = 1e-6
    for (let i = 0; i < logits.length; i++) {
      const moved = (values: readonly number[], by: number) => values.with(i, values[i]! + by)
      const byLogit = total(moved(logits, step), limits) - total(moved(logits, -step), limits)
      const byLimit = total(logits, moved(limits, step)) - total(logits, moved(limits, -step))
      expect(found[0]!.dataSync()[i]).toBeCloseTo(byLogit / (2 * step), 3)
      expect(found[1]!.dataSync()[i]).toBeCloseTo(byLimit / (2 * step), 3)
    }
  })

  it('stays finite where nothing is text and answers are extreme', () => {
    const none = { ...targets(), shrunk: map(0, 0, 0, 0, 0, 0), border: map(0, 0, 0, 0, 0, 0) }
    const extreme = map(1e4, -1e4, 0, 1e4, -1e4, 0)
    const { total } = dbLoss({ probability: extreme, threshold: extreme }, none, map(0, 0, 0, 0, 0, 0))
    expect(total.dataSync()[0]).toBe(1)
  })
})

describe('hardNegatives', () => {
  const mine = (logits: number[], shrunk: number[], judged: number[]) => [
    ...hardNegatives(Float32Array.from(logits), Float32Array.from(shrunk), Float32Array.from(judged)),
  ]

  it('takes the three highest answers a positive', () => {
    expect(mine([9, 1, 5, 2, 4, 3], [1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1])).toEqual([0, 0, 1, 0, 1, 1])
  })

  it('takes the first of equals, and all where there are too few', () => {
    expect(mine([9, 2, 2, 2, 2, 5], [1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1])).toEqual([0, 1, 1, 0, 0, 1])
    expect(mine([9, 1, 2], [1, 0, 0], [1, 1, 1])).toEqual([0, 1, 1])
  })

  it('leaves out what is not judged, and takes none without text', () => {
    expect(mine([9, 1, 5, 2, 4, 3], [1, 0, 0, 0, 0, 0], [1, 1, 0, 1, 1, 1])).toEqual([0, 0, 0, 1, 1, 1])
    expect(mine([1, 2], [0, 0], [1, 1])).toEqual([0, 0])
    expect(mine([9, 1, 5], [1, 0, 0], [0, 1, 1])).toEqual([0, 0, 0])
  })
})
