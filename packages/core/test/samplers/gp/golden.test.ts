import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { logImprovement } from '../../../src/samplers/gp/expected-improvement.js'
import { fitKernel, logPrior, penalisedLikelihood } from '../../../src/samplers/gp/fit.js'
import { GaussianProcess, type Observations } from '../../../src/samplers/gp/gaussian-process.js'
import type { KernelParameters } from '../../../src/samplers/gp/kernel.js'

interface Golden {
  readonly X_norm: number[][]
  readonly y_std: number[]
  readonly inv_sq_ls: number[]
  readonly scale: number
  readonly noise: number
  readonly mll_without_const: number
  readonly log_prior: number
  readonly Xq: number[][]
  readonly post_mean: number[]
  readonly post_var: number[]
  readonly logEI: number[]
  readonly fit: { inv_sq_ls: number[]; scale: number; noise: number; objective: number }
  readonly standard_logei: Record<string, number>
}

/** What Optuna 5.0.0 gave. */
const golden: Golden = JSON.parse(readFileSync(new URL('../../golden/gp.json', import.meta.url), 'utf8'))

const observations: Observations = {
  points: Float64Array.from(golden.X_norm.flat()),
  values: Float64Array.from(golden.y_std),
  categorical: Uint8Array.of(0, 0, 1, 0),
}
const kernel: KernelParameters = {
  inverseSquaredLengths: Float64Array.from(golden.inv_sq_ls),
  scale: golden.scale,
  noise: golden.noise,
}

const logs = ({ inverseSquaredLengths, scale, noise }: KernelParameters) =>
  Float64Array.of(...inverseSquaredLengths.map(Math.log), Math.log(scale), Math.log(noise - 1e-6))

describe('the Gaussian process', () => {
  test('has the mean, variance and expected improvement of Optuna', () => {
    const process = GaussianProcess.of(observations, kernel)
    const best = Math.max(...golden.y_std)
    for (const [i, x] of golden.Xq.entries()) {
      const variance = process.whiten(Float64Array.from(x))
      expect(Math.abs(process.mean() - golden.post_mean[i]!)).toBeLessThan(1e-8)
      expect(Math.abs(variance - golden.post_var[i]!)).toBeLessThan(1e-8)
      const deviation = Math.sqrt(variance + 1e-12)
      const improvement = logImprovement((process.mean() - best) / deviation) + Math.log(deviation)
      expect(Math.abs(improvement / golden.logEI[i]! - 1)).toBeLessThan(1e-8)
    }
  })

  test('has the prior and the likelihood of Optuna', () => {
    expect(logPrior(kernel)).toBeCloseTo(golden.log_prior, 10)
    const objective = penalisedLikelihood(observations, false)(logs(kernel), new Float64Array(6))
    expect(objective).toBeCloseTo(-golden.mll_without_const - golden.log_prior, 8)
    const deterministic = penalisedLikelihood(observations, true)
    const { fit } = golden
    const fitted = {
      inverseSquaredLengths: Float64Array.from(fit.inv_sq_ls),
      scale: fit.scale,
      noise: fit.noise,
    }
    const atFit = penalisedLikelihood(observations, false)(logs(fitted), new Float64Array(6))
    expect(atFit).toBeCloseTo(fit.objective, 6)
    expect(deterministic(logs(kernel).subarray(0, 5), new Float64Array(5))).not.toBeCloseTo(objective, 3)
  })

  test('fits a likelihood as high as Optuna does', () => {
    const fitted = fitKernel(observations, false)
    const objective = penalisedLikelihood(observations, false)(logs(fitted), new Float64Array(6))
    expect(objective).toBeLessThan(golden.fit.objective + 1e-2)
    // From its own fit there is nothing left to gain.
    const again = fitKernel(observations, false, fitted)
    expect(Math.abs(again.scale / fitted.scale - 1)).toBeLessThan(1e-2)
  })

  test.each([false, true])('knows the slope of its likelihood (deterministic: %s)', (deterministic) => {
    const f = penalisedLikelihood(observations, deterministic)
    const x = Float64Array.of(0.5, -0.3, -1, 0.2, 0.4, ...(deterministic ? [] : [-3]))
    const gradient = new Float64Array(x.length)
    f(x, gradient)
    const scratch = new Float64Array(x.length)
    for (let i = 0; i < x.length; i++) {
      const at = (h: number) =>
        f(
          x.map((v, j) => (i === j ? v + h : v)),
          scratch,
        )
      expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(gradient[i]!, 5)
    }
  })
})

test.each(Object.entries(golden.standard_logei))('log expected improvement at %s', (z, value) => {
  expect(Math.abs(logImprovement(Number(z)) / value - 1)).toBeLessThan(1e-12)
})
