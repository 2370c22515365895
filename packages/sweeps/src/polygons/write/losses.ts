/** What a target format could not carry, by kind. */
export interface Losses {
  /** @param kind A sentence without its end, such as `MMOCR has no confidences: left out`. */
  add(kind: string, place: string): void
  /** One line a kind, with how often it happened and where first. */
  lines(): string[]
}

export function countLosses(): Losses {
  const kinds = new Map<string, { count: number; first: string }>()
  return {
    add(kind, place) {
      const known = kinds.get(kind)
      if (known === undefined) kinds.set(kind, { count: 1, first: place })
      else known.count++
    },
    lines: () =>
      [...kinds].map(([kind, { count, first }]) =>
        count === 1 ? `${kind} (${first}).` : `${kind} (${count} times, first ${first}).`,
      ),
  }
}
