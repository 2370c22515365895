import type { Random } from '@thresher/core'

/** Uniform between two numbers. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next()
}

/**
 * Bell-shaped with mean 0 and standard deviation 1: the sum of twelve uniforms less six (Irwin-Hall), which takes
 * additions only and is therefore the same in every engine.
 */
export function bell(random: Random): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random.next()
  return sum
}

export function chance(random: Random, probability: number): boolean {
  return random.next() < probability
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.int(items.length)]!
}
