import type { AttributeValue, TrialRecord } from '@thresher/core'
import { shellQuote } from '../output/shell-quote.js'
import type { TrainingRow } from './training-row.js'

/** Attributes that the page about a run shows elsewhere. */
const SHOWN_ELSEWHERE = new Set(['seed', 'setting', 'baseline', 'pruned'])

/** The command that a run was started with, ready for a shell; else its parameters as `name=value`. */
export function commandOf({ shown, params }: Pick<TrainingRow, 'shown' | 'params'>): string {
  const command = shown.userAttributes.get('command')
  if (typeof command === 'string' && command !== '') return command
  if (isTexts(command)) return command.map(shellQuote).join(' ')
  return Array.from(params, ([name, value]) => shellQuote(`${name}=${value}`)).join(' ')
}

/** What is kept with a trial, for people: names and values in short. */
export function factsOf({ userAttributes }: TrialRecord): (readonly [name: string, value: string])[] {
  return [...userAttributes]
    .filter(([name]) => !SHOWN_ELSEWHERE.has(name))
    .map(([name, value]) => [name, factText(value)])
}

function factText(value: AttributeValue): string {
  if (typeof value === 'string') return value
  if (isTexts(value)) return value.map(shellQuote).join(' ')
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value)
      .map(([name, entry]) => `${name} ${typeof entry === 'object' ? JSON.stringify(entry) : entry}`)
      .join(', ')
  }
  return Array.isArray(value) ? value.map(factText).join(', ') : String(value)
}

function isTexts(value: AttributeValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string')
}
