import { type CommonAction, type KeyTable, leavingKeys, movingKeys } from '../keys.js'

/** What a key can do. */
export type Action = CommonAction | 'copyOptions' | 'copyCommand' | 'export'

export const KEY_TABLE: KeyTable<Action> = [
  ...movingKeys('setting'),
  {
    action: 'copyOptions',
    keys: ['c'],
    description: "Copy the selected setting as the framework's options",
    hint: 'copy',
  },
  {
    action: 'copyCommand',
    keys: ['b'],
    description: 'Copy the thresher boxes command of the selected setting',
  },
  {
    action: 'export',
    keys: ['e'],
    description: 'Write the whole ranking as JSON and CSV to this folder',
    hint: 'export',
  },
  ...leavingKeys({
    interrupt: 'Stop the sweep and rank what is finished; again: leave',
    quit: 'Leave; the table is printed once more',
  }),
]
