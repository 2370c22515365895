import { describe, expect, it } from 'vitest'
import { allOf, anyOf } from '../../src/stopping/combine.ts'
import { stoppingRuleFromOptions } from '../../src/stopping/registry.ts'
import { regretBoundRule, regretChangeRule } from '../../src/stopping/regret-rules.ts'
import { maxTrials, stagnation, stagnationLeft, targetValue, timeout } from '../../src/stopping/rules.ts'
import { golden } from '../support/golden.ts'
import { studyOf, trialRecord } from '../support/trials.ts'

const complete = (...values: number[]) => values.map((value, number) => trialRecord(number, { value }))

describe('stopping rules', () => {
  it('count the trials of all runs, failures apart', () => {
    const trials = [...complete(1, 2), trialRecord(2, { state: 'FAIL' }), trialRecord(3, { state: 'PRUNED' })]
    expect(maxTrials({ trials: 3 }).shouldStop(studyOf(trials))).toEqual({
      stop: true,
      reason: '3 of 3 trials',
    })
    expect(maxTrials({ trials: 4 }).shouldStop(studyOf(trials)).stop).toBe(false)
    expect(maxTrials({ trials: 1, states: ['FAIL'] }).shouldStop(studyOf(trials)).stop).toBe(true)
  })

  it('end a run by its time', () => {
    const rule = timeout({ seconds: 10 })
    expect(rule.shouldStop(studyOf([]), 9.9)).toEqual({ stop: false, reason: '9 of 10 s' })
    expect(rule.shouldStop(studyOf([]), 10).stop).toBe(true)
    expect(rule.shouldStop(studyOf([])).stop).toBe(false)
  })

  it('end at the target, reached or passed, in either direction', () => {
    const rule = targetValue({ value: 0.5 })
    expect(rule.shouldStop(studyOf([])).stop).toBe(false)
    expect(rule.shouldStop(studyOf(complete(0.6))).stop).toBe(false)
    expect(rule.shouldStop(studyOf(complete(0.6, 0.5))).stop).toBe(true)
    expect(rule.shouldStop(studyOf(complete(0.6), 'maximize')).stop).toBe(true)
    const infeasible = trialRecord(0, { value: 0, system: { constraints: [1] } })
    expect(rule.shouldStop(studyOf([infeasible])).stop).toBe(false)
  })

  it('end a stagnation as Optuna 5.0.0 measures it', () => {
    const { stagnation30 } = golden<{ stagnation30: number }>('terminator')
    const { rows } = golden<{ rows: { value: number }[] }>('importance')
    const study = studyOf(complete(...rows.map(({ value }) => value)))
    expect(stagnationLeft(study, 30)).toBe(stagnation30)
    expect(stagnation().shouldStop(study)).toEqual({
      stop: true,
      reason: 'no better value in 59 trials, 30 are let pass',
    })
  })

  it('let exactly so many trials pass', () => {
    const rule = stagnation({ trials: 2, minTrials: 1 })
    expect(rule.shouldStop(studyOf(complete(1, 2, 2))).stop).toBe(false)
    expect(rule.shouldStop(studyOf(complete(1, 2, 2, 1))).stop).toBe(true)
    expect(rule.shouldStop(studyOf(complete(1, 2, 2, 0.9))).stop).toBe(false)
    expect(stagnation({ trials: 0 }).shouldStop(studyOf(complete(1, 2, 3))).reason).toBe(
      '3 of 20 trials complete',
    )
  })

  it('combine', () => {
    const study = studyOf(complete(0.6, 0.4))
    const met = targetValue({ value: 0.5 })
    const open = maxTrials({ trials: 9 })
    expect(anyOf(open, met).shouldStop(study)).toEqual({ stop: true, reason: 'best 0.4, target 0.5' })
    expect(allOf(open, met).shouldStop(study)).toEqual({ stop: false, reason: '2 of 9 trials' })
    expect(allOf(anyOf(open, met), met).shouldStop(study).stop).toBe(true)
    expect(anyOf(timeout({ seconds: 1 }), open).shouldStop(study, 2).stop).toBe(true)
    expect(anyOf(open, met).options).toEqual({
      rules: [
        { name: 'max-trials', options: { trials: 9, states: ['COMPLETE', 'PRUNED'] } },
        { name: 'target-value', options: { value: 0.5 } },
      ],
    })
  })

  it('refuse what is none', () => {
    expect(() => maxTrials({ trials: 0 })).toThrow('maxTrials: trials is 0; give a whole number from 1 up.')
    expect(() => timeout({ seconds: 0 })).toThrow('timeout: seconds is 0; give a number above 0.')
    expect(() => anyOf()).toThrow('anyOf: no rule is given; give one.')
    expect(() =>
      targetValue({ value: 1 }).shouldStop({ ...studyOf([]), directions: ['minimize', 'minimize'] }),
    ).toThrow('targetValue: study study has 2 objectives and no single best value; use maxTrials or timeout.')
  })

  it('end where there is no more to gain than noise', () => {
    // A parabola, known well after 40 trials.
    const distributions = { x: { kind: 'float', low: 0, high: 1, step: null, log: false } } as const
    const trials = Array.from({ length: 40 }, (_, number) => {
      const x = (number * 0.618) % 1
      return trialRecord(number, { value: (x - 0.3) ** 2, params: { x }, distributions })
    })
    const rule = regretBoundRule({ error: 1 })
    expect(rule.shouldStop(studyOf(trials.slice(0, 19))).reason).toBe('19 of 20 trials complete')
    expect(rule.shouldStop(studyOf(trials)).stop).toBe(true)
    expect(regretBoundRule({ error: 0 }).shouldStop(studyOf(trials)).stop).toBe(false)
    expect(() => regretBoundRule().shouldStop(studyOf(trials))).toThrow(
      'regretBoundRule: the best trial has no scores of folds under terminator:cv_scores; report them, or give error.',
    )
    const scored = trials.map((trial) => ({
      ...trial,
      systemAttributes: new Map([['terminator:cv_scores', [0.8, 0.82, 0.79, 0.85, 0.81]]]),
    }))
    expect(regretBoundRule().shouldStop(studyOf(scored)).reason).toMatch(/, the error is 0\.0138$/)
    expect(regretChangeRule().shouldStop(studyOf(trials)).reason).toMatch(
      /^the last trial changed the expected regret/,
    )
  })

  it('are built again from what stands in a study', () => {
    const rule = anyOf(
      maxTrials({ trials: 9 }),
      allOf(stagnation(), targetValue({ value: 1 })),
      regretChangeRule(),
    )
    const again = stoppingRuleFromOptions(rule.name, JSON.parse(JSON.stringify(rule.options)))
    expect([again.name, again.options]).toEqual([rule.name, rule.options])
    expect(() => stoppingRuleFromOptions('boredom', {})).toThrow(/^there is no stopping rule boredom/)
  })
})
