/** What the executable's exit codes say; people script against them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notBetter: 3,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
