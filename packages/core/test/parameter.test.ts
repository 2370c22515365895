import { describe, expect, it } from 'vitest'
import { InputError } from '../src/errors.ts'
import {
  checkSetting,
  checkValue,
  DEFAULT_SETTING,
  isParameterName,
  PARAMETERS,
  type ParameterName,
  parameterNamed,
} from '../src/parameter.ts'

describe('DEFAULT_SETTING', () => {
  it('is what DB and PaddleOCR ship with', () => {
    expect(DEFAULT_SETTING).toEqual({
      thresh: 0.3,
      box_thresh: 0.6,
      unclip_ratio: 1.5,
      max_candidates: 1000,
      min_size: 3,
    })
    expect(() => checkSetting(DEFAULT_SETTING)).not.toThrow()
  })
})

describe('parameterNamed', () => {
  it('knows every parameter and no other', () => {
    for (const name of PARAMETERS) expect(parameterNamed(name)).toBe(name)
    expect(isParameterName('toString')).toBe(false)
  })

  it('suggests the name that was meant', () => {
    expect(() => parameterNamed('box-thresh')).toThrow(
      new InputError('box-thresh: no such parameter; did you mean box_thresh?'),
    )
  })

  it('lists the names otherwise', () => {
    expect(() => parameterNamed('theta')).toThrow(
      new InputError(
        'theta: no such parameter; the parameters are thresh, box_thresh, unclip_ratio, max_candidates, min_size.',
      ),
    )
  })
})

describe('checkValue', () => {
  const inside: Record<ParameterName, number[]> = {
    thresh: [0, 0.3, 1],
    box_thresh: [0, 1],
    unclip_ratio: [Number.MIN_VALUE, 1.5, 100],
    max_candidates: [1, 1000, 2 ** 31 - 1],
    min_size: [0, 3, 2.5, 1e9],
  }
  const outside: Record<ParameterName, number[]> = {
    thresh: [-0.1, 1.0000001],
    box_thresh: [-1, 2],
    unclip_ratio: [0, -1, 100.1],
    max_candidates: [0, 1.5, 2 ** 31, -3],
    min_size: [-0.5],
  }

  it.each(PARAMETERS)('takes the domain of %s', (name) => {
    for (const value of inside[name]) expect(() => checkValue(name, value)).not.toThrow()
  })

  it.each(PARAMETERS)('rejects what lies outside that of %s', (name) => {
    const never = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const value of [...outside[name], ...never]) {
      expect(() => checkValue(name, value)).toThrow(InputError)
    }
  })

  it('says what to give', () => {
    expect(() => checkValue('max_candidates', 10.5)).toThrow(
      new InputError('max_candidates is 10.5; give a whole number from 1 to 2147483647.'),
    )
  })
})

describe('checkSetting', () => {
  it('checks every parameter', () => {
    for (const name of PARAMETERS) {
      expect(() => checkSetting({ ...DEFAULT_SETTING, [name]: -1 })).toThrow(`${name} is -1`)
    }
  })
})
