import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPacer } from '../src/pacer.ts'

describe('createPacer', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is due after a slice and not before', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const pacer = createPacer()
    expect(pacer.due()).toBe(false)
    vi.advanceTimersByTime(19)
    expect(pacer.due()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(pacer.due()).toBe(true)
    await pacer.pause()
    expect(pacer.due()).toBe(false)
  })

  it('lets timers run during a pause', async () => {
    let ran = false
    setTimeout(() => {
      ran = true
    }, 0)
    await createPacer().pause()
    expect(ran).toBe(true)
  })

  it("throws the signal's reason, at once or after a pause", async () => {
    const reason = new Error('enough')
    expect(() => createPacer(AbortSignal.abort(reason))).toThrow(reason)
    const controller = new AbortController()
    const pacer = createPacer(controller.signal)
    setTimeout(() => controller.abort(reason), 0)
    await expect(pacer.pause()).rejects.toBe(reason)
  })
})
