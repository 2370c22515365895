import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** What tells a process from another one that has its number later, or elsewhere. */
export interface ProcessIdentity {
  readonly host: string
  /** The boot and the set of processes that the number belongs to; undefined where the system does not say. */
  readonly system: string | undefined
  readonly pid: number
  /** When it began, in ticks of the system; undefined where that does not say. */
  readonly start: string | undefined
}

export function identityOf(pid: number): ProcessIdentity {
  return { host: hostname(), system: systemHere(), pid, start: startOf(pid) }
}

/** Whether the process is certainly gone: false also where that cannot be known from here. */
export function isGone({ host, system, pid, start }: ProcessIdentity): boolean {
  if (host !== hostname() || system !== systemHere()) return false
  if (!exists(pid)) return true
  const now = startOf(pid)
  return start !== undefined && now !== undefined && now !== start
}

/** Whether the process is certainly there still: false also where that cannot be known from here. */
export function isSame({ host, system, pid, start }: ProcessIdentity): boolean {
  return host === hostname() && system === systemHere() && start !== undefined && startOf(pid) === start
}

/** An identity as plain data, which {@link identityFrom} reads back. */
export function identityFacts({
  host,
  system,
  pid,
  start,
}: ProcessIdentity): Record<string, string | number> {
  return {
    host,
    ...(system === undefined ? {} : { system }),
    pid,
    ...(start === undefined ? {} : { start }),
  }
}

/** The identity that some plain data hold; undefined where they hold none. */
export function identityFrom(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { host, system, pid, start } = value as Record<string, unknown>
  if (typeof host !== 'string' || typeof pid !== 'number') return undefined
  const text = (field: unknown) => (typeof field === 'string' ? field : undefined)
  return { host, system: text(system), pid, start: text(start) }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Linux: the boot, and the namespace of process numbers, of which each container may have its own. */
function systemHere(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return undefined
  }
}

/** Linux: ticks since the boot (proc(5), /proc/pid/stat, field 22). */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, field 2, stands in brackets and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
