import type { TrainingView } from './training-view.js'

/** How long a study has run, and how long it may go on. */
export interface Outlook {
  /** Seconds in which at least one run was under way. */
  readonly elapsed: number
  /** Seconds; undefined where it is not known how many runs there are to be, or how long one takes. */
  readonly left: number | undefined
}

/**
 * `now`: milliseconds since 1970. The runs to come take as long as finished ones did on average, as many at a time as
 * are under way and alive now.
 */
export function outlookOf({ trials, counts, toStart }: TrainingView, now: number): Outlook {
  const spans = trials.flatMap(({ state, start, complete }) => {
    if (start === undefined || (complete === undefined && state !== 'RUNNING')) return []
    const from = start.getTime()
    return [{ from, to: Math.max(from, complete?.getTime() ?? now), state }]
  })
  return { elapsed: unionOf(spans) / 1000, left: leftOf() }

  function leftOf(): number | undefined {
    const running = spans.filter(({ state }) => state === 'RUNNING')
    const workers = counts.running - counts.silent
    const lengths = spans.flatMap(({ from, to, state }) =>
      state === 'COMPLETE' || state === 'PRUNED' ? to - from : [],
    )
    if (toStart === undefined || workers <= 0 || lengths.length === 0) return undefined
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
    const underWay = running.reduce((sum, { from }) => sum + Math.max(0, mean - (now - from)), 0)
    return (toStart * mean + underWay) / workers / 1000
  }
}

/** The length of what spans cover together. */
function unionOf(spans: readonly { readonly from: number; readonly to: number }[]): number {
  let covered = 0
  let until = Number.NEGATIVE_INFINITY
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return covered
}
