import type { AttributeValue, ParamValue } from '@thresher/core'

/** What a source calls a cell, as far as its words go. */
export type RunState = 'COMPLETE' | 'PRUNED' | 'FAIL' | 'unfinished'

/** A run as a source tells of it, before it is a trial. */
export interface SourceRun {
  /** For messages: `runs.csv:4`. */
  readonly place: string
  readonly name: string | undefined
  /** Undefined where the source does not say. */
  readonly state: RunState | undefined
  readonly params: ReadonlyMap<string, ParamValue>
  /** Parameters of which the source has no value. */
  readonly unknown: readonly string[]
  /** Every number that was measured; NaN and infinity included. */
  readonly metrics: ReadonlyMap<string, number>
  readonly seed: number | undefined
  /** Whether the source marks it as what the others are held against. */
  readonly baseline: boolean
  readonly epochs: number | undefined
  readonly seconds: number | undefined
  readonly start: Date | undefined
  readonly complete: Date | undefined
  /** The course of metrics, by name and step. */
  readonly curves: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** What else the source says. */
  readonly facts: Readonly<Record<string, AttributeValue>>
}

const WORDS: Readonly<Record<RunState, readonly string[]>> = {
  COMPLETE: ['complete', 'completed', 'finished', 'done', 'success', 'succeeded', 'ok'],
  PRUNED: ['pruned', 'stopped', 'killed', 'preempted', 'early stopped'],
  FAIL: ['fail', 'failed', 'crashed', 'error', 'diverged', 'crash'],
  unfinished: ['running', 'waiting', 'pending', 'queued', 'scheduled'],
}

/** What a source's word for the state of a run means; undefined where it is none that is known. */
export function stateOf(word: string): RunState | undefined {
  const lower = word
    .trim()
    .toLowerCase()
    .replace(/^trialstate\./, '')
  return (Object.keys(WORDS) as RunState[]).find((state) => WORDS[state].includes(lower))
}
