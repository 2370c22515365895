import type { StudySnapshot } from '../../study/study-snapshot.js'
import type { AttributeValue } from '../../trial/trial-record.js'
import type { KernelParameters } from './kernel.js'

/**
 * Where a trial keeps the kernels that it was drawn with. The next fit starts there, so that the draw depends on the
 * study alone and not on what this process fitted before.
 */
const KEY = 'gp:kernels'

/** Kernels, one a modelled quantity, and to how many trials they were fitted. */
export interface FittedKernels {
  readonly kernels: readonly KernelParameters[]
  readonly trials: number
}

/** `names` are the parameters', in the order of the length-scales. */
export function kernelAttribute(
  names: readonly string[],
  { kernels, trials }: FittedKernels,
): [string, AttributeValue] {
  return [
    KEY,
    {
      params: names,
      trials,
      kernels: kernels.map(({ inverseSquaredLengths, scale, noise }) => [
        ...inverseSquaredLengths,
        scale,
        noise,
      ]),
    },
  ]
}

/** The kernels of the last trial that kept any, where they are of these parameters and as many; else undefined. */
export function lastKernels(
  study: StudySnapshot,
  names: readonly string[],
  count: number,
): FittedKernels | undefined {
  const value = study.trials
    .findLast(({ systemAttributes }) => systemAttributes.has(KEY))
    ?.systemAttributes.get(KEY)
  if (!isRecord(value)) return undefined
  const { params, kernels, trials } = value
  if (typeof trials !== 'number' || !Number.isSafeInteger(trials)) return undefined
  if (!Array.isArray(params) || params.length !== names.length) return undefined
  if (!params.every((name, i) => name === names[i])) return undefined
  if (!Array.isArray(kernels) || kernels.length !== count) return undefined
  const read = kernels.map((kernel) => kernelOf(kernel, names.length))
  return read.every((kernel) => kernel !== undefined) ? { kernels: read, trials } : undefined
}

function kernelOf(value: AttributeValue, dimension: number): KernelParameters | undefined {
  if (!Array.isArray(value) || value.length !== dimension + 2) return undefined
  const numbers = Float64Array.from(value, Number)
  if (!numbers.every((number) => number > 0 && number < Number.POSITIVE_INFINITY)) return undefined
  return {
    inverseSquaredLengths: numbers.slice(0, dimension),
    scale: numbers[dimension]!,
    noise: numbers[dimension + 1]!,
  }
}

function isRecord(value: AttributeValue | undefined): value is { readonly [key: string]: AttributeValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
