import { type CommonAction, type KeyTable, leavingKeys, movingKeys } from '../keys.js'

/** What a key can do while no filter is typed. */
export type Action =
  | CommonAction
  | 'details'
  | 'sortNext'
  | 'sortPrevious'
  | 'reverse'
  | 'filter'
  | 'freeze'
  | 'copyParameters'

/** The table of keys; `interrupt` and `quit` say how this view is left. */
function trainingKeys(leaving: { interrupt: string; quit: string }): KeyTable<Action> {
  return [
    ...movingKeys('run'),
    {
      action: 'details',
      keys: ['enter'],
      description: 'All about the selected run; again or escape: back to the table',
      hint: 'run',
    },
    { action: 'sortNext', keys: ['s', '.'], description: 'Sort by the next column', hint: 'sort' },
    { action: 'sortPrevious', keys: ['S', ','], description: 'Sort by the column before' },
    { action: 'reverse', keys: ['r'], description: 'Turn the order round' },
    {
      action: 'filter',
      keys: ['/'],
      description: 'Show some runs only: state:running  lr>=1e-3  -adam  a|b; an empty one shows all',
      hint: 'filter',
    },
    { action: 'freeze', keys: ['z'], description: 'Hold the table still; again: go on', hint: 'freeze' },
    {
      action: 'copyParameters',
      keys: ['c'],
      description: "Copy the selected run's command, or its parameters as name=value",
    },
    ...leavingKeys(leaving),
  ]
}

/** The keys of `thresher sweep`. */
export const SWEEP_KEYS = trainingKeys({
  interrupt: 'Stop the sweep: runs end and are queued again; again: leave at once',
  quit: 'Leave; the table is printed once more',
})

/** The keys of `thresher watch`. */
export const WATCH_KEYS = trainingKeys({
  interrupt: 'Leave; whoever writes the study goes on',
  quit: 'Leave; the table is printed once more',
})
