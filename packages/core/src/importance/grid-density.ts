import { logNormalMass } from '../mathematics/truncated-normal.js'
import type { Distribution, FloatDistribution, IntDistribution, ParamValue } from '../space/distribution.js'
import { indexOfChoice } from '../space/param-value.js'

/** Points of a grid at most. */
const POINTS = 50
/** 90 % of the narrowest kernel lies on its own point. */
const LEAST_WIDTH = 0.5 / 1.64
/** Keeps densities from 0. */
const FLOOR = 1e-12

/** How often each point of the parameter's grid was tried; a point is a choice, or one of at most 50 numbers. */
export function countOnGrid(distribution: Distribution, values: readonly ParamValue[]): Float64Array {
  if (distribution.kind === 'categorical') {
    const counts = new Float64Array(distribution.choices.length)
    for (const value of values) counts[indexOfChoice(distribution.choices, value)]!++
    return counts
  }
  const { log } = distribution
  const points = gridSize(distribution)
  const low = log ? Math.log(distribution.low) : distribution.low
  const high = log ? Math.log(distribution.high) : distribution.high
  const step = (high - low) / (points - 1)
  const counts = new Float64Array(points)
  for (const value of values) {
    const place = ((log ? Math.log(value as number) : (value as number)) - low) / step
    // Half-way between two points is the lower one's, as in Optuna.
    counts[Math.min(points - 1, Math.max(0, Math.ceil(place - 0.5)))]!++
  }
  return counts
}

function gridSize(distribution: FloatDistribution | IntDistribution): number {
  const { kind, low, high, step, log } = distribution
  if (kind === 'int' && log) return Math.min(POINTS, Math.ceil(Math.log(high - low + 1) / Math.log(2)) + 1)
  return step === null ? POINTS : Math.min(POINTS, Math.round((high - low) / step) + 1)
}

/**
 * A smoothed density over the grid: a mixture of a kernel on each point, weighed by its count, and a wide prior of
 * weight 1, each renormalised on the grid. Normal kernels have Scott's width, 1.059 n^-0.2 times the lesser of the
 * standard deviation and the interquartile range over 1.34 (D. W. Scott, "Multivariate Density Estimation", 1992);
 * those of a category give each other choice the share 1 / (kernels + choices).
 */
export function gridDensity(counts: Float64Array, categorical: boolean): Float64Array {
  const density = categorical ? categoricalDensity(counts) : numericDensity(counts)
  return density.map((value) => value + FLOOR)
}

function categoricalDensity(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 1)
  const kernels = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 1)
  const spread = 1 / kernels
  const row = 1 + counts.length * spread
  const density = new Float64Array(counts.length).fill(1 / counts.length / total)
  for (const [observed, count] of counts.entries()) {
    if (count === 0) continue
    for (let g = 0; g < density.length; g++) {
      density[g]! += ((count / total) * (spread + (g === observed ? 1 : 0))) / row
    }
  }
  return density
}

function numericDensity(counts: Float64Array): Float64Array {
  const points = counts.length
  const total = counts.reduce((sum, count) => sum + count, 1)
  const width = scottWidth(counts)
  const density = new Float64Array(points)
  const add = (centre: number, sigma: number, weight: number) => {
    const mass = (low: number, high: number) =>
      Math.exp(logNormalMass((low - centre) / sigma, (high - centre) / sigma))
    const whole = mass(-0.5, points - 0.5)
    for (let g = 0; g < points; g++) density[g]! += (weight * mass(g - 0.5, g + 0.5)) / whole
  }
  for (const [point, count] of counts.entries()) if (count > 0) add(point, width, count / total)
  add((points - 1) / 2, points, 1 / total)
  return density
}

function scottWidth(counts: Float64Array): number {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const mean = counts.reduce((sum, count, point) => sum + count * point, 0) / n
  const squares = counts.reduce((sum, count, point) => sum + count * (point - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, n - 1))
  const range = quartile(counts, Math.floor((3 * n) / 4), true) - quartile(counts, Math.floor(n / 4), false)
  return Math.max(LEAST_WIDTH, 1.059 * Math.min(range / 1.34, deviation) * n ** -0.2)
}

/** The first tried point up to which more than `rank` values lie, or where `above` is false at least as many. */
function quartile(counts: Float64Array, rank: number, above: boolean): number {
  let sum = 0
  let last = 0
  for (const [point, count] of counts.entries()) {
    if (count === 0) continue
    sum += count
    last = point
    if (above ? sum > rank : sum >= rank) return point
  }
  return last
}
