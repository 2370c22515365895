import { MemoryStorage } from '@thresher/core'
import { describe, expect, it } from 'vitest'
import type { SweepEvent } from '../../../src/training/run/events.js'
import { runSweep } from '../../../src/training/run/run-sweep.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { sweepPlan } from '../plans.js'

describe('runSweep', () => {
  it('runs the example trainer', async () => {
    const events: SweepEvent[] = []
    const { reason, study } = await runSweep(sweepPlan({ trials: 3 }), {
      storage: new MemoryStorage(),
      study: 'lr',
      directory: temporaryFolder().path,
      onEvent: (event) => events.push(event),
    })
    expect(events.at(-1)).toMatchObject({ event: 'ended', reason: 'done' })
    expect(study.trials.map(({ state }) => state)).toEqual(['COMPLETE', 'COMPLETE', 'COMPLETE'])
    expect(reason).toBe('done')
  })
})
