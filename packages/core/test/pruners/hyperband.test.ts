import { describe, expect, it } from 'vitest'
import { crc32 } from '../../src/pruners/crc32.ts'
import { bracketOf, bracketsOf, hyperband } from '../../src/pruners/hyperband.ts'
import { golden } from '../support/golden.ts'
import { studyOf, trialRecord } from '../support/trials.ts'

const expected = golden<{
  study_name: string
  min: number
  max: number
  eta: number
  n_brackets: number
  budgets: number[]
  bracket_of_trial: number[]
  crc32: Record<string, number>
  n_brackets_for: Record<string, number>
}>('hyperband')

describe('brackets', () => {
  it('hash as zlib does', () => {
    for (const [text, hash] of Object.entries(expected.crc32)) expect(crc32(text)).toBe(hash)
    expect(crc32('123456789')).toBe(0xcbf43926)
  })

  it('are as many as Optuna 5.0.0 has, floating logarithm included', () => {
    for (const [setting, count] of Object.entries(expected.n_brackets_for)) {
      const [min, max, eta] = setting.split(',').map(Number)
      expect(bracketsOf(min!, max!, eta!).budgets).toHaveLength(count)
    }
  })

  it('have the budgets and the trials that Optuna 5.0.0 gives them', () => {
    const brackets = bracketsOf(expected.min, expected.max, expected.eta)
    expect(brackets.budgets).toEqual(expected.budgets)
    const of = expected.bracket_of_trial.map((_, number) => bracketOf(brackets, expected.study_name, number))
    expect(of).toEqual(expected.bracket_of_trial)
  })
})

describe('hyperband', () => {
  it('hands samplers the trials of the same bracket', () => {
    const trials = expected.bracket_of_trial.map((_, number) => trialRecord(number, { reports: [1] }))
    const study = studyOf(trials, 'minimize', expected.study_name)
    const pruner = hyperband({ minResource: 1, maxResource: 81 })
    const next = trials.length
    const bracket = bracketOf(bracketsOf(1, 81, 3), expected.study_name, next)
    const numbers = pruner.relevant!(study, next).trials.map(({ number }) => number)
    expect(numbers).toEqual([...trials.keys()].filter((n) => expected.bracket_of_trial[n] === bracket))
  })

  it('stops nothing, and hides nothing, before it knows how long a trial is', () => {
    const running = trialRecord(1, { state: 'RUNNING', reports: [5, 5, 5, 5] })
    const study = studyOf([trialRecord(0, { state: 'PRUNED', reports: [1, 1, 1, 1] }), running])
    expect(hyperband().decide(study, running).prune).toBe(false)
    expect(hyperband().relevant!(study, 2)).toBe(study)
  })

  it('refuses resources the wrong way round', () => {
    expect(() => hyperband({ minResource: 10, maxResource: 9 })).toThrow(
      'hyperband: maxResource is 9 and minResource is 10; give minResource <= maxResource.',
    )
  })
})
