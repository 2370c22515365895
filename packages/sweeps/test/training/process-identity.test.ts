import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  identityFacts,
  identityFrom,
  identityOf,
  isGone,
  isSame,
} from '../../src/training/process-identity.js'

describe('an identity', () => {
  const own = identityOf(process.pid)

  it('is that of a process which lives, and comes back from plain data', () => {
    expect(isGone(own)).toBe(false)
    const back = identityFrom(JSON.parse(JSON.stringify(identityFacts(own))))
    expect(back).toEqual(own)
    expect(identityFrom({ host: 'x' })).toBeUndefined()
    expect(identityFrom(null)).toBeUndefined()
  })

  it('is gone once the process has ended', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    const identity = identityOf(child.pid!)
    await new Promise((resolve) => child.once('exit', resolve))
    expect(isGone(identity)).toBe(true)
    expect(isSame(identity)).toBe(false)
  })

  it.runIf(process.platform === 'linux')('is another one where the number is the same', () => {
    expect(isSame(own)).toBe(true)
    const before = { ...own, start: '1' }
    expect([isGone(before), isSame(before)]).toEqual([true, false])
  })

  it('of another machine, or another container, says nothing', () => {
    for (const other of [
      { ...own, host: 'elsewhere' },
      { ...own, system: 'another boot' },
    ]) {
      expect([isGone({ ...other, pid: 2 ** 30 }), isSame(other)]).toEqual([false, false])
    }
  })
})
