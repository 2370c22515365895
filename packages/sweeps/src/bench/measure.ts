/** Wall times of one piece of work, run several times after a warm-up; milliseconds. */
export interface Timing {
  readonly median: number
  /** The quartiles: half of the runs lie between them. */
  readonly low: number
  readonly high: number
  readonly runs: number
}

/** Times a piece of work: once unheard, then `runs` times. */
export async function measure(
  runs: number,
  work: () => Promise<unknown>,
  signal?: AbortSignal,
): Promise<Timing> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    signal?.throwIfAborted()
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return timingOf(times)
}

/** Median and quartiles (linear between order statistics) of some times. */
export function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number) => {
    const place = part * (sorted.length - 1)
    const below = sorted[Math.floor(place)]!
    return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
  }
  return { median: at(0.5), low: at(0.25), high: at(0.75), runs: times.length }
}
