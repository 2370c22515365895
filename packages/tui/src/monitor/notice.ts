/** A message that stands in the bottom line for a while. */
export interface Notice {
  readonly text: string
  /** Milliseconds, on the monitor's clock. */
  readonly until: number
}

const NOTICE_MS = 6000

export function noticeAt(text: string, now: number): Notice {
  return { text, until: now + NOTICE_MS }
}

/** The notice, for as long as its time is not up. */
export function noticeIn(notice: Notice | undefined, now: number): Notice | undefined {
  return notice && now < notice.until ? notice : undefined
}
