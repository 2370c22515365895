import { readFileSync } from 'node:fs'
import type { SearchSpace } from '../../../src/space/distribution.js'
import { distributionFromJson } from '../../../src/space/distribution-json.js'

export interface ParzenCase {
  tag: string
  space: Record<string, unknown>
  obs: Record<string, number[]>
  weights: number[]
  kernels: ({ mu: number[]; sigma: number[] } | { cat: number[][] })[]
  points: Record<string, number[]>
  log_pdf: number[]
}

/** What Optuna 5.0.0 gave. */
export const golden: {
  gamma: { n: number[]; single: number[]; multi: number[] }
  weights: Record<string, number[]>
  parzen: ParzenCase[]
} = JSON.parse(readFileSync(new URL('../../golden/tpe.json', import.meta.url), 'utf8'))

/** The space of a case, in its own order of parameters. */
export function spaceOf({ space }: ParzenCase): SearchSpace {
  return new Map(
    Object.entries(space).map(([name, json]) => [name, distributionFromJson(JSON.stringify(json))]),
  )
}
