import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** What tells a process from another one that has its number later. */
export interface ProcessIdentity {
  readonly host: string
  readonly pid: number
  /** When it began, by the clock of the boot that it belongs to; undefined where the system does not say. */
  readonly start: string | undefined
}

export function identityOf(pid: number): ProcessIdentity {
  return { host: hostname(), pid, start: startOf(pid) }
}

/**
 * Whether the process is certainly gone: of this machine, and its number is free or another's. False where that cannot
 * be known from here.
 */
export function isGone({ host, pid, start }: ProcessIdentity): boolean {
  if (host !== hostname()) return false
  if (!exists(pid)) return true
  const now = startOf(pid)
  return start !== undefined && now !== undefined && now !== start
}

/** Whether the process is certainly there still; false where that cannot be known from here. */
export function isSame({ host, pid, start }: ProcessIdentity): boolean {
  return host === hostname() && start !== undefined && startOf(pid) === start
}

/** An identity as plain data, which {@link identityFrom} reads back. */
export function identityFacts({ host, pid, start }: ProcessIdentity): Record<string, string | number> {
  return start === undefined ? { host, pid } : { host, pid, start }
}

/** The identity that some plain data hold; undefined where they hold none. */
export function identityFrom(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { host, pid, start } = value as Record<string, unknown>
  if (typeof host !== 'string' || typeof pid !== 'number') return undefined
  return { host, pid, start: typeof start === 'string' ? start : undefined }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Linux: the boot, and the process's start in ticks since (proc(5), /proc/pid/stat, field 22). */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, field 2, stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${boot}:${fields[19]}`
  } catch {
    return undefined
  }
}
