import {
  categoricalDistribution,
  floatDistribution,
  intDistribution,
} from '../../src/space/build-distribution.js'
import type { Distribution, ParamValue } from '../../src/space/distribution.js'

export type Params = ReadonlyMap<string, ParamValue>

/** A function to minimise, and its space. */
export interface TestFunction {
  readonly name: string
  readonly space: ReadonlyMap<string, Distribution>
  readonly value: (params: Params) => number
}

/** What Optuna's recorded runs have been made on. */
export const REFERENCE_FUNCTIONS: readonly TestFunction[] = [
  box('sphere2', 2, -5, 5, (x) => sum(x, (v) => v * v)),
  box('rosen5', 5, -2.048, 2.048, rosenbrock),
  {
    name: 'branin',
    space: new Map([
      ['x0', floatDistribution(-5, 10)],
      ['x1', floatDistribution(0, 15)],
    ]),
    value: (params) => branin(number(params, 'x0'), number(params, 'x1')),
  },
  box('hart6', 6, 0, 1, hartmann6),
  {
    name: 'lrsweep',
    space: new Map<string, Distribution>([
      ['T_max', intDistribution(5, 50, { step: 5 })],
      ['eta_min_ratio', floatDistribution(1e-4, 1, { log: true })],
      ['lr', floatDistribution(1e-5, 1e-1, { log: true })],
      ['opt', categoricalDistribution(['sgd', 'adam', 'adamw'])],
      ['wd', floatDistribution(1e-6, 1e-1, { log: true })],
    ]),
    value: lrsweep,
  },
]

/** Others, without recorded runs: no change should be judged on the first five alone. */
export const OTHER_FUNCTIONS: readonly TestFunction[] = [
  box('ackley5', 5, -32.768, 32.768, ackley),
  box('stybtang5', 5, -5, 5, (x) => sum(x, (v) => 0.5 * (v ** 4 - 16 * v * v + 5 * v))),
  box('levy8', 8, -10, 10, levy),
  box('rastrigin4', 4, -5.12, 5.12, (x) => 40 + sum(x, (v) => v * v - 10 * Math.cos(2 * Math.PI * v))),
  {
    name: 'detthr',
    space: new Map<string, Distribution>([
      ['bin_thresh', floatDistribution(0.1, 0.9, { step: 0.05 })],
      ['box_thresh', floatDistribution(0.1, 0.9, { step: 0.05 })],
      ['min_area', intDistribution(4, 1024, { log: true })],
      ['unclip', floatDistribution(1, 3, { step: 0.1 })],
    ]),
    value: detectionThresholds,
  },
]

function box(
  name: string,
  dimensions: number,
  low: number,
  high: number,
  value: (x: readonly number[]) => number,
): TestFunction {
  const names = Array.from({ length: dimensions }, (_, i) => `x${i}`)
  return {
    name,
    space: new Map(names.map((parameter) => [parameter, floatDistribution(low, high)])),
    value: (params) => value(names.map((parameter) => number(params, parameter))),
  }
}

function number(params: Params, name: string): number {
  return params.get(name) as number
}

function sum(x: readonly number[], term: (v: number, i: number) => number): number {
  return x.reduce((total, v, i) => total + term(v, i), 0)
}

function rosenbrock(x: readonly number[]): number {
  return sum(x.slice(1), (next, i) => 100 * (next - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2)
}

function branin(x: number, y: number): number {
  const b = 5.1 / (4 * Math.PI ** 2)
  const t = 1 / (8 * Math.PI)
  return (y - b * x * x + (5 / Math.PI) * x - 6) ** 2 + 10 * (1 - t) * Math.cos(x) + 10
}

// J. K. Hartman, "Some experiments in global optimization", Naval Res. Logist. Q. 20, 1973, in six dimensions.
const HARTMANN_ALPHA = [1, 1.2, 3, 3.2]
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
]
const HARTMANN_P = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
]

function hartmann6(x: readonly number[]): number {
  return -sum(HARTMANN_ALPHA, (alpha, i) => {
    const exponent = sum(x, (v, j) => HARTMANN_A[i]![j]! * (v - 1e-4 * HARTMANN_P[i]![j]!) ** 2)
    return alpha * Math.exp(-exponent)
  })
}

function ackley(x: readonly number[]): number {
  const radius = Math.sqrt(sum(x, (v) => v * v) / x.length)
  const ripple = sum(x, (v) => Math.cos(2 * Math.PI * v)) / x.length
  return -20 * Math.exp(-0.2 * radius) - Math.exp(ripple) + 20 + Math.E
}

function levy(x: readonly number[]): number {
  const w = x.map((v) => 1 + (v - 1) / 4)
  const last = w.at(-1)!
  const inner = sum(w.slice(0, -1), (v) => (v - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * v + 1) ** 2))
  return Math.sin(Math.PI * w[0]!) ** 2 + inner + (last - 1) ** 2 * (1 + Math.sin(2 * Math.PI * last) ** 2)
}

/** The loss over a learning rate schedule and an optimizer: 0.2 at best. */
function lrsweep(params: Params): number {
  const optimizer = params.get('opt')
  const centre = optimizer === 'sgd' ? -1.5 : optimizer === 'adam' ? -3 : -2.7
  const penalty = optimizer === 'sgd' ? 0.02 : optimizer === 'adam' ? 0.01 : 0
  const z = Math.log10(number(params, 'lr')) - centre
  const schedule = 0.03 * ((number(params, 'T_max') - 30) / 25) ** 2 * (1 + Math.abs(z))
  const eta = 0.01 * (Math.log10(number(params, 'eta_min_ratio')) + 2) ** 2
  const decay = 0.008 * (Math.log10(number(params, 'wd')) + 3.5) ** 2
  return 0.2 + 0.08 * z * z + 0.15 * Math.max(0, z - 0.8) ** 2 + schedule + eta + decay + penalty
}

/** Minus the F1 of a detector's postprocess, roughly. */
function detectionThresholds(params: Params): number {
  const bin = number(params, 'bin_thresh')
  const boxes = number(params, 'box_thresh')
  const p = 1 / (1 + Math.exp(-(6 * boxes - 2 + 1.5 * bin)))
  const r = 1 / (1 + Math.exp(5 * boxes - 4.2 + 4.4 * Math.abs(bin - 0.3)))
  const unclip = Math.exp(-(((number(params, 'unclip') - 1.7) / 0.8) ** 2))
  const area = Math.exp(-(((Math.log2(number(params, 'min_area')) - 5) / 5) ** 2))
  const precision = p * (0.8 + 0.2 * area)
  const recall = r * (0.7 + 0.3 * unclip)
  return (-2 * precision * recall) / (precision + recall)
}
