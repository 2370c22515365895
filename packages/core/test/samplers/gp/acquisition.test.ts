import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../../../src/mathematics/normal.js'
import { createRandom } from '../../../src/random.js'
import type { Acquisition } from '../../../src/samplers/gp/acquisition.js'
import { normalSamples } from '../../../src/samplers/gp/base-samples.js'
import { decompose } from '../../../src/samplers/gp/box-decomposition.js'
import { GaussianProcess } from '../../../src/samplers/gp/gaussian-process.js'
import { HypervolumeAcquisition } from '../../../src/samplers/gp/hypervolume-acquisition.js'
import { ImprovementAcquisition } from '../../../src/samplers/gp/improvement-acquisition.js'
import { Posterior } from '../../../src/samplers/gp/posterior.js'

const random = createRandom(4)
const count = 12
const points = Float64Array.from({ length: 2 * count }, () => random.next())
const categorical = Uint8Array.of(0, 0)

function processOf(f: (x: number, y: number) => number, noise = 1e-3): GaussianProcess {
  const values = Float64Array.from({ length: count }, (_, i) => f(points[2 * i]!, points[2 * i + 1]!))
  const kernel = { inverseSquaredLengths: Float64Array.of(6, 3), scale: 1.4, noise }
  return GaussianProcess.of({ points, values, categorical }, kernel)
}

const first = processOf((x, y) => Math.sin(5 * x) + y)
const second = processOf((x, y) => Math.cos(4 * y) - x)
const running = Float64Array.of(0.25, 0.6, 0.7, 0.1)
const none = new Float64Array(0)
const normals = normalSamples(2, 64, createRandom(5))

function expectGradient(acquisition: Acquisition): void {
  const scratch = new Float64Array(2)
  for (const x of [Float64Array.of(0.3, 0.55), Float64Array.of(0.9, 0.2), Float64Array.of(0.05, 0.95)]) {
    acquisition.evaluate(x, scratch)
    const gradient = scratch.slice()
    for (let i = 0; i < 2; i++) {
      const at = (h: number) => acquisition.evaluate(x.map((v, j) => (i === j ? v + h : v)))
      const slope = (at(1e-5) - at(-1e-5)) / 2e-5
      expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)))
    }
  }
}

const constraint = { posterior: new Posterior(second, none), threshold: 0.4 }
const imaginedConstraint = { posterior: new Posterior(second.imagine(running), normals), threshold: 0.4 }
const boxes = decompose([Float64Array.of(0.5, 0.2), Float64Array.of(0.1, 0.6)], Float64Array.of(-2, -2))

describe('acquisitions know their gradients', () => {
  test.each([
    ['improvement', new ImprovementAcquisition(new Posterior(first, none), 0.8)],
    [
      'improvement with a constraint',
      new ImprovementAcquisition(new Posterior(first, none), 0.8, [constraint]),
    ],
    ['feasibility alone', new ImprovementAcquisition(new Posterior(first, none), undefined, [constraint])],
    [
      'improvement beside running trials',
      new ImprovementAcquisition(new Posterior(first.imagine(running), normals), 0.8, [imaginedConstraint]),
    ],
    [
      'hypervolume with a constraint',
      new HypervolumeAcquisition([new Posterior(first, none), new Posterior(second, none)], boxes, [
        constraint,
      ]),
    ],
    [
      'hypervolume beside running trials',
      new HypervolumeAcquisition(
        [first, second].map((process) => new Posterior(process.imagine(running), new Float64Array(2))),
        boxes,
      ),
    ],
  ])('%s', (_, acquisition) => {
    expectGradient(acquisition)
  })
})

test('imagined trials follow the process: their sampled values have its means and variances', () => {
  const imagined = new Posterior(first.imagine(running), normalSamples(2, 4096, createRandom(6)))
  for (const [k, x] of [running.slice(0, 2), running.slice(2)].entries()) {
    const variance = first.whiten(x)
    const mean = first.mean()
    const samples = Array.from({ length: 4096 }, (_, s) => imagined.imaginedValues(s)[k]!)
    const average = samples.reduce((sum, value) => sum + value / 4096, 0)
    const spread = samples.reduce((sum, value) => sum + (value - average) ** 2 / 4096, 0)
    expect(Math.abs(average - mean)).toBeLessThan(0.01 * Math.sqrt(variance))
    expect(Math.abs(spread / variance - 1)).toBeLessThan(0.02)
    // At an imagined point the function is what was imagined.
    imagined.at(x)
    for (let s = 0; s < 20; s++) expect(imagined.means[s]).toBeCloseTo(samples[s]!, 5)
  }
})

test('the improvement beside running trials is that of the batch less that of the running ones', () => {
  const x = Float64Array.of(0.45, 0.8)
  const samples = 4096
  const base = normalSamples(2, samples, createRandom(7))
  const posterior = new Posterior(first.imagine(running), base)
  const value = Math.exp(new ImprovementAcquisition(posterior, 0.8).evaluate(x))
  posterior.at(x)
  let sum = 0
  for (let s = 0; s < samples; s++) {
    const mark = Math.max(0.8, ...posterior.imaginedValues(s))
    for (let q = 0; q < 64; q++) {
      const y = posterior.means[s]! + posterior.deviation * normalQuantile((q + 0.5) / 64)
      sum += Math.max(0, y - mark) / samples / 64
    }
  }
  expect(Math.abs(value / sum - 1)).toBeLessThan(0.02)
})

describe('box decomposition', () => {
  const volumeWithin = (front: Float64Array[], reference: Float64Array, top: number) => {
    const { lower, upper, count: boxCount } = decompose(front, reference)
    const d = reference.length
    let volume = 0
    for (let b = 0; b < boxCount; b++) {
      let product = 1
      for (let i = b * d; i < (b + 1) * d; i++) product *= Math.max(0, Math.min(top, upper[i]!) - lower[i]!)
      volume += product
    }
    return volume
  }

  test('leaves out what two points dominate', () => {
    const front = [Float64Array.of(1, 3), Float64Array.of(2, 1), Float64Array.of(-1, 9)]
    expect(volumeWithin(front, Float64Array.of(0, 0), 4)).toBeCloseTo(16 - 3 - 1, 12)
    expect(volumeWithin([], Float64Array.of(0, 0), 4)).toBe(16)
  })

  test('covers just what nothing dominates, in three dimensions by counting', () => {
    const front = Array.from({ length: 7 }, () => Float64Array.from({ length: 3 }, () => random.int(6)))
    let free = 0
    for (let cell = 0; cell < 216; cell++) {
      const corner = [cell % 6, Math.floor(cell / 6) % 6, Math.floor(cell / 36)]
      if (!front.some((point) => corner.every((c, i) => point[i]! > c))) free++
    }
    expect(volumeWithin(front, Float64Array.of(0, 0, 0), 6)).toBeCloseTo(free, 9)
  })
})

test('the expected hypervolume improvement is the mean improvement of samples', () => {
  const x = Float64Array.of(0.4, 0.1)
  const front = [Float64Array.of(0.5, 0.2), Float64Array.of(0.1, 0.6)]
  const reference = Float64Array.of(-2, -2)
  const posteriors = [first, second].map((process) => new Posterior(process, none))
  const value = Math.exp(new HypervolumeAcquisition(posteriors, boxes).evaluate(x))
  for (const posterior of posteriors) posterior.at(x)
  const samples = normalSamples(2, 8192, createRandom(8))
  let sum = 0
  for (let s = 0; s < 8192; s++) {
    const y = posteriors.map(
      (posterior, j) => posterior.means[0]! + posterior.deviation * samples[2 * s + j]!,
    )
    const whole = y.map((v, j) => Math.max(0, v - reference[j]!))
    const parts = front.map((point) => y.map((v, j) => Math.max(0, Math.min(v, point[j]!) - reference[j]!)))
    const both = y.map((_, j) => Math.min(parts[0]![j]!, parts[1]![j]!))
    const dominated = parts[0]![0]! * parts[0]![1]! + parts[1]![0]! * parts[1]![1]! - both[0]! * both[1]!
    sum += (whole[0]! * whole[1]! - dominated) / 8192
  }
  expect(Math.abs(value / sum - 1)).toBeLessThan(0.02)
})
