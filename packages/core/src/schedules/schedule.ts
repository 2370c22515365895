/** A learning rate, or any other value, epoch by epoch. */
export interface Schedule {
  /** In kebab case: `cosine-annealing`. */
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  /** The value during an epoch, from 0; a closed form, so that any epoch may be asked for, in any order. */
  at(epoch: number): number
  /** The same values one after another, reckoned as PyTorch's `scheduler.step()` reckons them. */
  stepper(): Stepper
}

/** Walks along a schedule. */
export interface Stepper {
  readonly epoch: number
  readonly value: number
  /** To the next epoch; its value. */
  step(): number
}

/**
 * A stepper whose next value comes of the one before; `next` is asked for epochs 1, 2, ...
 */
export function recurrence(first: number, next: (value: number, epoch: number) => number): Stepper {
  let epoch = 0
  let value = first
  return {
    get epoch() {
      return epoch
    },
    get value() {
      return value
    },
    step() {
      epoch++
      value = next(value, epoch)
      return value
    },
  }
}

/** A stepper that asks the closed form, where PyTorch does so too. */
export function closedForm(at: (epoch: number) => number): Stepper {
  return recurrence(at(0), (_, epoch) => at(epoch))
}
