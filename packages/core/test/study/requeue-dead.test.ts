import { describe, expect, it } from 'vitest'
import { createStudy, type Study, type TrialRecord } from '../../src/index.ts'

const of = (owner: string) => (trial: TrialRecord) => trial.userAttributes.get('owner') === owner

async function abandoned(study: Study, owner: string): Promise<number> {
  const trial = await study.ask({ userAttributes: { owner } })
  trial.suggestFloat('x', 0, 1)
  await trial.flush()
  return trial.number
}

describe('requeueDead', () => {
  it('queues the trials that are known to be dead again, with the same parameters', async () => {
    const notices: string[] = []
    const study = await createStudy({ name: 's', seed: 1, notice: (text) => notices.push(text) })
    const dead = await abandoned(study, 'dead')
    const alive = await abandoned(study, 'alive')
    expect(await study.requeueDead(of('dead'))).toBe(1)
    expect(study.trials.map(({ state }) => state)).toEqual(['FAIL', 'RUNNING', 'WAITING'])
    expect(study.trials[2]!.params).toEqual(study.trials[dead]!.params)
    expect(study.trials[2]!.systemAttributes.get('retry_history')).toEqual([dead])
    expect(notices).toEqual(['trial 0 failed: its process has died; queued again as trial 2.'])
    expect(await study.requeueDead(of('dead'))).toBe(0)
    expect(study.trials[alive]!.state).toBe('RUNNING')
    const again = await study.ask({ userAttributes: { owner: 'next' } })
    expect(again.number).toBe(2)
    expect(again.record().params).toEqual(study.trials[dead]!.params)
    expect(again.userAttributes.get('owner')).toBe('next')
  })

  it('leaves all alone that nobody calls dead', async () => {
    const study = await createStudy({ name: 's', seed: 1 })
    await abandoned(study, 'dead')
    expect(await study.requeueDead()).toBe(0)
    expect(study.trials[0]!.state).toBe('RUNNING')
  })
})

describe('optimize', () => {
  it('gives each trial its attributes from the first moment', async () => {
    const study = await createStudy({ name: 's', seed: 1 })
    await study.enqueueTrial({ x: 0.5 })
    const seen: unknown[] = []
    await study.optimize(
      (trial) => {
        seen.push(study.trials[trial.number]?.userAttributes.get('owner'))
        return trial.suggestFloat('x', 0, 1)
      },
      { trials: 3, userAttributes: { owner: 'me' } },
    )
    expect(seen).toEqual(['me', 'me', 'me'])
  })
})
