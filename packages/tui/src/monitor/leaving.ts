/** How the screen was left: with the result, if need be after stopping the work, or without waiting for one. */
type LeavingHow = 'with the result' | 'at once'

/** The ways out of a view under which work is done. */
export interface Leaving {
  /** Settles when the screen is to be left. */
  readonly left: Promise<LeavingHow>
  /** Whether the work was told to stop. */
  readonly stopped: boolean
  /** Stops the work; again: leaves at once. Where it is finished: leaves with the result. */
  interrupt(): void
  /** Leaves with the result; where the work is not finished, asks first and then stops it. */
  quit(): void
}

export interface LeavingOptions {
  finished(): boolean
  /** Whether somebody was asked and has not answered. */
  confirming(): boolean
  ask(): void
  /** Ends the work so that what is finished is kept. */
  stop(): void
}

export function createLeaving({ finished, confirming, ask, stop }: LeavingOptions): Leaving {
  let stopped = false
  let leave: (how: LeavingHow) => void = () => undefined
  const left = new Promise<LeavingHow>((resolve) => {
    leave = resolve
  })
  const stopWork = () => {
    stopped = true
    stop()
  }
  return {
    left,
    get stopped() {
      return stopped
    },
    interrupt() {
      if (finished()) leave('with the result')
      else if (stopped) leave('at once')
      else stopWork()
    },
    quit() {
      if (finished()) return leave('with the result')
      if (!confirming() && !stopped) return ask()
      if (!stopped) stopWork()
      leave('with the result')
    },
  }
}
