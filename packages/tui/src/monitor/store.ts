/** A view's state outside React, shaped for useSyncExternalStore. */
export interface MonitorStore<State, Event> {
  getSnapshot(): State
  subscribe(listener: () => void): () => void
  /** Applies an event at once: keys and results must not wait. */
  dispatch(event: Event): void
  /** Takes an event that comes faster than anybody reads; it is applied with the next flush. */
  defer(event: Event): void
  dispose(): void
}

export interface StoreOptions<State, Event> {
  readonly initial: State
  /** The state after an event at time `now`. */
  reduce(state: State, event: Event | Tick, now: number): State
  /** Milliseconds; every time shown comes from it. */
  now(): number
  /** One deferred event for two between flushes; the later one where not given. */
  merge?(earlier: Event, later: Event): Event
}

/** The clock went on. */
export interface Tick {
  readonly type: 'tick'
}

const FLUSH_MS = 100
const TICK_MS = 1000

export function createMonitorStore<State, Event>(
  options: StoreOptions<State, Event>,
): MonitorStore<State, Event> {
  const { reduce, now, merge = (_, later) => later } = options
  let state = options.initial
  let pending: { readonly event: Event } | undefined
  let ticked = now()
  const listeners = new Set<() => void>()

  const apply = (event: Event | Tick) => {
    const next = reduce(state, event, now())
    if (next === state) return
    state = next
    for (const listener of listeners) listener()
  }
  const flush = () => {
    if (pending) {
      const { event } = pending
      pending = undefined
      ticked = now()
      apply(event)
    } else if (now() - ticked >= TICK_MS) {
      ticked = now()
      apply({ type: 'tick' })
    }
  }
  const timer = setInterval(flush, FLUSH_MS)

  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispatch(event) {
      flush()
      apply(event)
    },
    defer(event) {
      pending = { event: pending ? merge(pending.event, event) : event }
    },
    dispose: () => clearInterval(timer),
  }
}
