import type { CliContext } from '../context.js'

const PLAIN_WIDTH = 120

/** Columns for plain lines: the terminal's, or what fits a log. */
export function plainWidth({ stdout }: Pick<CliContext, 'stdout'>): number {
  return Math.max(60, stdout.isTTY === true ? (stdout.columns ?? PLAIN_WIDTH) : PLAIN_WIDTH)
}
