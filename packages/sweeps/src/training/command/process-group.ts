import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

/** Groups that end with this process, however it leaves. */
const live = new Set<number>()
/** Milliseconds between two looks at whether a group is gone. */
const LOOK = 25
/** What a program leaves behind gets so many milliseconds to end by itself. */
const LEFT_BEHIND = 1000

/** Ends the group when this process exits, until it is released. */
export function endWithThisProcess(group: number): void {
  if (live.size === 0) process.on('exit', killAll)
  live.add(group)
}

export function release(group: number): void {
  live.delete(group)
  if (live.size === 0) process.removeListener('exit', killAll)
}

/** Asks the group of a child to end, and makes it end where the child has not after so many seconds. */
export async function terminate(child: ChildProcess, exited: Promise<unknown>, grace: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  signalGroup(child.pid, 'SIGTERM')
  const late = new AbortController()
  const ended = await Promise.race([
    exited.then(() => true),
    delay(grace * 1000, false, { signal: late.signal }).catch(() => true),
  ])
  late.abort()
  if (!ended) signalGroup(child.pid, 'SIGKILL')
  await exited
}

/** Ends what a child that has ended left behind in its group. */
export async function endGroup(group: number): Promise<void> {
  if (!signalGroup(group, 'SIGTERM')) return
  for (let waited = 0; waited < LEFT_BEHIND; waited += LOOK) {
    await delay(LOOK)
    if (!signalGroup(group, 0)) return
  }
  signalGroup(group, 'SIGKILL')
}

/** Whether there is such a group, which got the signal; 0 is none. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function killAll(): void {
  for (const group of live) signalGroup(group, 'SIGKILL')
}
