import { describe, expect, it } from 'vitest'
import { type AshaOptions, asha, PAUSED_AT_RUNG } from '../../src/pruners/asha.ts'
import { ashaRungs, bracketShares } from '../../src/pruners/asha-rungs.ts'
import type { Pruner } from '../../src/pruners/pruner.ts'
import { CHECKPOINT, RESUMED_FROM, resumptionOf } from '../../src/pruners/resume.ts'
import type { TrialWrite } from '../../src/storage/storage.ts'
import type { AttributeValue, TrialRecord } from '../../src/trial/trial-record.ts'
import { studyOf, trialRecord } from '../support/trials.ts'

describe('rungs', () => {
  it('are the powers of eta from min, below max', () => {
    expect(ashaRungs(1, 100, 4)).toEqual([1, 4, 16, 64])
    expect(ashaRungs(1, 243, 3)).toEqual([1, 3, 9, 27, 81])
    expect(ashaRungs(2, 100, 3)).toEqual([2, 6, 18, 54])
    expect(ashaRungs(1, 1000, 10)).toEqual([1, 10, 100])
    expect(ashaRungs(5, 6, 2)).toEqual([5])
  })

  it('begin further up in later brackets', () => {
    expect(ashaRungs(1, 100, 4, 1)).toEqual([4, 16, 64])
    expect(ashaRungs(1, 100, 4, 3)).toEqual([64])
  })

  it('share trials out by the softmax of their numbers', () => {
    const weights = [4, 3, 2].map(Math.exp)
    const sum = weights.reduce((a, b) => a + b)
    const shares = bracketShares(1, 100, 4, 3)
    for (const [i, share] of shares.entries()) expect(share).toBeCloseTo(weights[i]! / sum, 14)
  })
})

/** A study in memory: each setting's curve is known, and a resumed trial goes on where the stopped one ended. */
class Toy {
  trials: TrialRecord[] = []
  steps = 0
  readonly pruner: Pruner
  readonly curve: (setting: number, step: number) => number
  readonly length: number

  constructor(pruner: Pruner, length: number, curve: (setting: number, step: number) => number) {
    this.pruner = pruner
    this.curve = curve
    this.length = length
  }

  /** Runs a trial to its end or pause: a promoted one, or a new one with the setting. */
  run(setting: number): TrialRecord {
    const number = this.trials.length
    const promotion = this.pruner.promote?.(studyOf(this.trials))
    const distribution = { kind: 'int', low: 0, high: 1000, step: 1, log: false } as const
    let trial = trialRecord(number, {
      state: 'RUNNING',
      params: { setting },
      distributions: { setting: distribution },
    })
    for (const write of promotion?.writes ?? []) trial = written(trial, write)
    const own = trial.params.get('setting') as number
    const first = (resumptionOf(trial)?.step ?? -1) + 1
    for (let step = first; step < this.length; step++) {
      this.steps++
      trial = written(trial, { kind: 'report', step, value: this.curve(own, step) })
      trial = written(trial, { kind: 'attribute', scope: 'user', key: CHECKPOINT, value: `${own}-${step}` })
      const decision = this.pruner.decide(studyOf([...this.trials, trial]), trial)
      for (const [key, value] of decision.attributes ?? []) {
        trial = written(trial, { kind: 'attribute', scope: 'system', key, value })
      }
      if (decision.prune) {
        trial = { ...trial, state: 'PRUNED', values: [this.curve(own, step)] }
        break
      }
    }
    if (trial.state === 'RUNNING')
      trial = { ...trial, state: 'COMPLETE', values: [this.curve(own, this.length - 1)] }
    this.trials = [...this.trials, trial]
    return trial
  }
}

function written(trial: TrialRecord, write: TrialWrite): TrialRecord {
  switch (write.kind) {
    case 'param':
      return {
        ...trial,
        params: new Map([...trial.params, [write.name, write.internal]]),
        distributions: new Map([...trial.distributions, [write.name, write.distribution]]),
      }
    case 'report':
      return { ...trial, intermediate: new Map([...trial.intermediate, [write.step, write.value]]) }
    case 'attribute': {
      const name = write.scope === 'user' ? 'userAttributes' : 'systemAttributes'
      return { ...trial, [name]: new Map<string, AttributeValue>([...trial[name], [write.key, write.value]]) }
    }
    default:
      throw new Error(`a resumed trial begins with a ${write.kind}`)
  }
}

describe('asha with promotion', () => {
  const toy = (length = 9) =>
    new Toy(
      asha({ min: 1, max: length, eta: 3, promote: true }),
      length,
      (setting, step) => setting - step / 1000,
    )

  it('pauses the first trials at the first rung, one step long', () => {
    const study = toy()
    const trial = study.run(5)
    expect(trial.state).toBe('PRUNED')
    expect(trial.intermediate.size).toBe(1)
    expect(trial.systemAttributes.get('completed_rung_0')).toBe(5)
    expect(trial.systemAttributes.get(PAUSED_AT_RUNG)).toBe(0)
    expect(study.pruner.promote!(studyOf(study.trials))).toBeUndefined()
  })

  it('resumes the best paused trial once it is among the best third', () => {
    const study = toy()
    for (const setting of [7, 2, 9]) study.run(setting)
    expect(study.trials.map(({ state }) => state)).toEqual(['PRUNED', 'PRUNED', 'PRUNED'])
    const resumed = study.run(100)
    expect(resumptionOf(resumed)?.number).toBe(1)
    expect(resumed.params.get('setting')).toBe(2)
    // Reports of both, each step run once, to the next rung: resource 3.
    expect([...resumed.intermediate.keys()]).toEqual([0, 1, 2])
    expect(study.steps).toBe(3 + 2)
    expect(resumed.systemAttributes.get(PAUSED_AT_RUNG)).toBe(1)
    expect(resumed.systemAttributes.get('completed_rung_0')).toBe(2)
    // Nobody else is due: the next trial is a new one.
    expect(study.run(8).params.get('setting')).toBe(8)
  })

  it('hands the checkpoint over', () => {
    const study = toy()
    for (const setting of [7, 2, 9]) study.run(setting)
    const writes = study.pruner.promote!(studyOf(study.trials))!.writes
    expect(writes).toContainEqual({ kind: 'attribute', scope: 'user', key: CHECKPOINT, value: '2-0' })
    expect(writes).toContainEqual({ kind: 'attribute', scope: 'system', key: RESUMED_FROM, value: 1 })
  })

  it('lets a trial that is among the best at once go on without a pause', () => {
    const study = toy()
    for (const setting of [7, 8, 9]) study.run(setting)
    study.run(0) // resumes 7
    study.run(6)
    // One of four settings goes on, and 6 is the best: straight to rung 1.
    expect(study.trials.at(-1)!.intermediate.size).toBe(3)
  })

  it('counts a setting once at a rung, however often it was resumed', () => {
    const study = toy(27)
    for (let setting = 30; setting > 0; setting--) study.run(setting)
    const living = study.pruner.relevant!(studyOf(study.trials), 0).trials
    const settings = living.map(({ params }) => params.get('setting'))
    expect(new Set(settings).size).toBe(settings.length)
  })

  it('promotes in the shares of the paper: a third of each rung reaches the next', () => {
    const study = toy(27)
    const order = Array.from({ length: 81 }, (_, i) => (i * 35) % 81)
    let next = 0
    for (let run = 0; run < 200 && next < order.length; run++) {
      const before = study.pruner.promote!(studyOf(study.trials))
      study.run(before ? -1 : order[next++]!)
    }
    while (study.pruner.promote!(studyOf(study.trials))) study.run(-1)
    const living = study.pruner.relevant!(studyOf(study.trials), 0).trials
    const at = (rung: number) => living.filter((t) => t.systemAttributes.has(`completed_rung_${rung}`))
    expect(at(0)).toHaveLength(81)
    expect(at(1).length).toBeGreaterThanOrEqual(27)
    expect(at(2).length).toBeGreaterThanOrEqual(9)
    // Asynchronous: a few go on that later ones overtake (L. Li et al., section 3.3).
    expect(at(1).length).toBeLessThan(40)
    const finished = living.filter(({ state }) => state === 'COMPLETE')
    expect(finished.map(({ params }) => params.get('setting'))).toContain(0)
    expect(study.steps).toBeLessThan(0.2 * 81 * 27)
  })

  it('resumes a trial again where the one that went on failed', () => {
    const study = toy()
    for (const setting of [7, 2, 9]) study.run(setting)
    const resumed = study.run(100)
    const failed = { ...resumed, state: 'FAIL' as const, values: undefined }
    const before = studyOf(study.trials)
    const after = studyOf([...study.trials.slice(0, -1), failed])
    expect(study.pruner.promote!(before)).toBeUndefined()
    expect(study.pruner.promote!(after)?.from).toBe(1)
  })

  it('promotes no more than a third where all are alike', () => {
    const study = new Toy(asha({ min: 1, max: 9, eta: 3, promote: true }), 9, () => 0)
    for (let setting = 0; setting < 12; setting++) study.run(setting)
    const living = study.pruner.relevant!(studyOf(study.trials), 0).trials
    const rung1 = living.filter((t) => t.systemAttributes.has('completed_rung_1'))
    expect(rung1.length).toBeLessThanOrEqual(4)
  })
})

describe('asha without promotion, as Ray', () => {
  const pruner = asha({ min: 1, max: 9, eta: 3 })
  const at = (number: number, values: Record<string, number>) =>
    trialRecord(number, { state: 'PRUNED', system: values })

  it('lets the first at a rung go on, and records it', () => {
    const trial = trialRecord(0, { state: 'RUNNING', reports: [5] })
    const decision = pruner.decide(studyOf([trial]), trial)
    expect(decision.prune).toBe(false)
    expect(decision.attributes?.get('completed_rung_0')).toBe(5)
  })

  it('holds a report against the percentile of those before it, its own left out', () => {
    // numpy.percentile([1, 2, 4], 100 / 3) = 1 + 2/3
    const others = [1, 2, 4].map((value, number) => at(number, { completed_rung_0: value }))
    const decide = (value: number) => {
      const trial = trialRecord(3, { state: 'RUNNING', reports: [value] })
      return pruner.decide(studyOf([...others, trial]), trial)
    }
    expect(decide(1.66).prune).toBe(false)
    expect(decide(1.67).prune).toBe(true)
    expect(decide(1.67).reason).toBe('rung 0: 1.67 worse than 1.6667 (best 33.333 % of 3)')
  })

  it('maximises the other way round', () => {
    const others = [1, 2, 4].map((value, number) => at(number, { completed_rung_0: value }))
    const decide = (value: number) => {
      const trial = trialRecord(3, { state: 'RUNNING', reports: [value] })
      return pruner.decide(studyOf([...others, trial], 'maximize'), trial).prune
    }
    expect(decide(2.66)).toBe(true)
    expect(decide(2.67)).toBe(false)
  })

  it('decides one rung a report, the highest reached', () => {
    const trial = trialRecord(0, { state: 'RUNNING', reports: new Map([[3, 5]]) })
    const { attributes } = pruner.decide(studyOf([trial]), trial)
    expect([...attributes!.keys()]).toEqual(['completed_rung_1'])
  })

  it('counts steps from 1 where they do', () => {
    const from1 = asha({ min: 2, max: 9, eta: 2, firstStep: 1 })
    const trial = trialRecord(0, { state: 'RUNNING', reports: new Map([[1, 5]]) })
    expect(from1.decide(studyOf([trial]), trial).attributes).toBeUndefined()
    const later = trialRecord(0, { state: 'RUNNING', reports: new Map([[2, 5]]) })
    expect(from1.decide(studyOf([later]), later).attributes?.has('completed_rung_0')).toBe(true)
  })

  it('compares within a bracket only', () => {
    const two = asha({ min: 1, max: 9, eta: 3, brackets: 2 })
    const decided = Array.from({ length: 40 }, (_, number) => {
      const trial = trialRecord(number, { state: 'RUNNING', reports: [1] })
      return two.decide(studyOf([trial]), trial).attributes === undefined ? 1 : 0
    })
    // Bracket 1 begins at resource 3: nothing is decided at the first report. Shares: e^2 to e.
    const inSecond = decided.filter((bracket) => bracket === 1).length
    expect(inSecond).toBeGreaterThan(3)
    expect(inSecond).toBeLessThan(20)
  })
})

describe('options', () => {
  it.each([
    [{ min: 0 }, 'asha: min is 0; give a whole number from 1 up.'],
    [{ min: 5, max: 5 }, 'asha: max is 5; give a whole number from 6 up.'],
    [{ eta: 1 }, 'asha: eta is 1; give a whole number from 2 up.'],
    [
      { promote: true, brackets: 2 },
      'asha: brackets is 2 with promote; give one bracket, or promote: false.',
    ],
    [
      { graceperiod: 1 },
      'asha: there is no option graceperiod; the options are min, max, eta, promote, brackets, firstStep.',
    ],
  ])('%j are refused', (options, message) => {
    expect(() => asha(options as AshaOptions)).toThrow(message)
  })
})
