import type { SweepEvent } from '@thresher/sweeps'
import { countOf, printable } from '../output/text.js'

/** What a sweep says of itself in the heading: how it trains, and in which of several phases it is. */
export interface SweepActivity {
  readonly trainer: string | undefined
  readonly phase: string | undefined
}

export const NO_ACTIVITY: SweepActivity = { trainer: undefined, phase: undefined }

/** The activity after an event. */
export function activityAfter(activity: SweepActivity, event: SweepEvent): SweepActivity {
  switch (event.event) {
    case 'sweep':
      return { ...activity, trainer: `${printable(event.trainer)}, ${countOf(event.workers, 'worker')}` }
    case 'phase':
      if (event.phases === 1 || event.skipped !== undefined) return activity
      return { ...activity, phase: `phase ${event.index + 1} of ${event.phases}, ${printable(event.name)}` }
    default:
      return activity
  }
}
