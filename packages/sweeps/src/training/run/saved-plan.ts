import type { AttributeValue } from '@thresher/core'
import type { SweepPlan } from '../sweep-plan.js'

/** What is kept with a study of the sweep file that it was begun with. */
export type SavedPlan = { readonly [key: string]: AttributeValue }

/** What may change between two sittings without making earlier runs mean something else. */
const FREE = [
  'file',
  'description',
  'workers',
  'trials',
  'timeout',
  'phases',
  'sampler',
  'pruner',
  'stopping',
  'metric.target',
  'trainer.timeout',
  'trainer.retries',
  'trainer.retryDelay',
  'trainer.gpus',
  'trainer.runsPerGpu',
  'trainer.grace',
  'trainer.environment',
  'trainer.directory',
  'trainer.backend',
]
const LONGEST = 80

export function savedPlan(plan: SweepPlan): SavedPlan {
  const { space, fixed, sampler, pruner, stopping, phases, notices: _, ...rest } = plan
  return plain({
    ...rest,
    space: space.toFacts(),
    fixed: Object.fromEntries(fixed),
    sampler: { name: sampler.name, options: sampler.options },
    pruner: pruner && { name: pruner.name, options: pruner.options },
    stopping: stopping && { name: stopping.name, options: stopping.options },
    phases: phases.map(({ sampler: own, ...phase }) => ({
      ...phase,
      ...(own === undefined ? {} : { sampler: { name: own.name, options: own.options } }),
    })),
  }) as SavedPlan
}

/** How a sweep file differs from the one that a study was begun with, in words. */
export interface PlanDifferences {
  /** What earlier runs would not fit. */
  readonly breaking: readonly string[]
  readonly harmless: readonly string[]
}

export function planDifferences(held: SavedPlan, now: SavedPlan): PlanDifferences {
  const [before, after] = [leaves(held), leaves(now)]
  const breaking: string[] = []
  const harmless: string[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, fresh] = [before.get(key), after.get(key)]
    if (old === fresh) continue
    const text = `${key}: ${shown(old)} becomes ${shown(fresh)}`
    const free = FREE.some((name) => key === name || key.startsWith(`${name}.`))
    if (free) harmless.push(text)
    else breaking.push(text)
  }
  return { breaking, harmless }
}

/** Without what is undefined: as it comes back from a storage. */
function plain(value: unknown): AttributeValue {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value as AttributeValue
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return Object.fromEntries(entries.map(([key, entry]) => [key, plain(entry)]))
}

/** Every value that holds no others, by its place; a list is one value. */
function leaves(value: AttributeValue, place = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, entry] of Object.entries(value)) {
      leaves(entry as AttributeValue, place === '' ? key : `${place}.${key}`, into)
    }
  } else {
    into.set(place, text(value))
  }
  return into
}

function text(value: AttributeValue): string {
  if (typeof value === 'number') return String(value)
  return JSON.stringify(value, (_key, entry) => (typeof entry === 'number' ? String(entry) : sorted(entry)))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function shown(value: string | undefined): string {
  if (value === undefined) return 'nothing'
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
}
