import { readFileSync } from 'node:fs'

/** What stock Optuna 5.0.0 gave on a topic, from test/golden; written for this project. */
export function golden<T>(topic: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/${topic}.json`, import.meta.url), 'utf8')) as T
}
