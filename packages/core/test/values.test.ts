import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../src/errors.ts'
import { DEFAULT_SETTING } from '../src/parameter.ts'
import { parseParam, parseSetting, parseValues } from '../src/values.ts'

describe('parseValues, a range', () => {
  it('gives the literals, not accumulated roundings', () => {
    expect(parseValues('0.2:0.4:0.01', 'thresh')).toEqual([
      0.2, 0.21, 0.22, 0.23, 0.24, 0.25, 0.26, 0.27, 0.28, 0.29, 0.3, 0.31, 0.32, 0.33, 0.34, 0.35, 0.36,
      0.37, 0.38, 0.39, 0.4,
    ])
  })

  it('includes the stop where it falls on a step, and only there', () => {
    expect(parseValues('0.1:0.3:0.1', 'thresh')).toEqual([0.1, 0.2, 0.3])
    expect(parseValues('0.1:0.35:0.1', 'thresh')).toEqual([0.1, 0.2, 0.3])
    expect(parseValues('0.1:0.39999999999999999999:0.1', 'thresh')).toEqual([0.1, 0.2, 0.3])
    expect(parseValues('0.3:0.3:0.1', 'thresh')).toEqual([0.3])
  })

  it('reads exponents, blanks and values finer than the step', () => {
    expect(parseValues('1e-3:3e-3:1e-3', 'thresh')).toEqual([0.001, 0.002, 0.003])
    expect(parseValues(' 1.6 : 2.2 : 0.1 ', 'unclip_ratio')).toEqual([1.6, 1.7, 1.8, 1.9, 2, 2.1, 2.2])
    expect(parseValues('0.205:0.225:0.01', 'thresh')).toEqual([0.205, 0.215, 0.225])
    expect(parseValues('500:2000:500', 'max_candidates')).toEqual([500, 1000, 1500, 2000])
  })

  it('rounds every value once: k units of 10^-d is the literal', () => {
    const digits = fc.integer({ min: 0, max: 15 })
    const start = fc.integer({ min: 0, max: 1_000_000 })
    const step = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(digits, start, step, fc.integer({ min: 0, max: 50 }), (d, first, stride, steps) => {
        const text = (units: number) => `${units}e-${d}`
        const values = parseValues(
          `${text(first)}:${text(first + stride * steps)}:${text(stride)}`,
          'min_size',
        )
        expect(values).toEqual(Array.from({ length: steps + 1 }, (_, i) => Number(text(first + i * stride))))
      }),
    )
  })

  it.each([
    ['0.4:0.2:0.01', 'thresh=0.4:0.2:0.01: a range runs upwards; write thresh=0.2:0.4:0.01.'],
    ['0.4:0.2:-0.01', 'thresh=0.4:0.2:-0.01: a range runs upwards; write thresh=0.2:0.4:0.01.'],
    ['0.2:0.4:-0.01', 'thresh=0.2:0.4:-0.01: a range runs upwards; write thresh=0.2:0.4:0.01.'],
    ['0.2:0.4:0', 'thresh=0.2:0.4:0: the step is 0; give a step above 0.'],
    ['0.2:0.4', 'thresh=0.2:0.4: a range is start:stop:step; e.g. thresh=0.2:0.4:0.01.'],
    ['0.2:0.4:0.1:0.1', 'thresh=0.2:0.4:0.1:0.1: a range is start:stop:step; e.g. thresh=0.2:0.4:0.01.'],
    ['0.2::0.1', 'thresh=0.2::0.1: nothing is no number; give start:stop:step, three numbers.'],
    [
      '0.2:0.3:0.05,0.4',
      'thresh=0.2:0.3:0.05,0.4: 0.05,0.4 is no number; give start:stop:step, three numbers.',
    ],
    ['0:1:1e-9', 'thresh=0:1:1e-9: 1000000001 values, more than 1000000; take a larger step.'],
    ['-0.1:0.3:0.1', 'thresh is -0.1; give a number from 0 to 1.'],
    ['0.9:1.1:0.1', 'thresh is 1.1; give a number from 0 to 1.'],
    ['0.3:0.30000000000000001:0.00000000000000001', '0.3 comes twice; give every value once.'],
  ])('rejects %s', (text, message) => {
    expect(() => parseValues(text, 'thresh')).toThrow(InputError)
    expect(() => parseValues(text, 'thresh')).toThrow(message)
  })

  it('counts before it builds', { timeout: 60_000 }, () => {
    expect(() => parseValues('0:1:1e-300', 'thresh')).toThrow('take a larger step')
    expect(parseValues('0:999999:1', 'min_size')).toHaveLength(1_000_000)
  })
})

describe('parseValues, a list', () => {
  it('keeps the order written', () => {
    expect(parseValues('0.25,0.3', 'thresh')).toEqual([0.25, 0.3])
    expect(parseValues('0.3, 0.25', 'thresh')).toEqual([0.3, 0.25])
    expect(parseValues('1000', 'max_candidates')).toEqual([1000])
  })

  it.each([
    ['', 'thresh=: nothing is no number; give a range 0.2:0.4:0.01 or a list 0.25,0.3.'],
    ['0.2,', 'thresh=0.2,: nothing is no number'],
    ['0.2,x', 'thresh=0.2,x: x is no number'],
    ['0.25,0.250', 'thresh=0.25,0.250: 0.25 comes twice; give every value once.'],
    ['nan', 'nan is no number'],
    ['-0.2', 'thresh is -0.2; give a number from 0 to 1.'],
  ])('rejects %j', (text, message) => {
    expect(() => parseValues(text, 'thresh')).toThrow(InputError)
    expect(() => parseValues(text, 'thresh')).toThrow(message)
  })

  it('wants whole numbers of candidates', () => {
    expect(() => parseValues('100,100.5', 'max_candidates')).toThrow('max_candidates is 100.5')
  })

  it('takes -0 as 0', () => {
    expect(Object.is(parseValues('-0', 'thresh')[0], 0)).toBe(true)
  })
})

describe('parseParam', () => {
  it('splits name and values', () => {
    expect(parseParam('box_thresh=0.2:0.4:0.1')).toEqual({ name: 'box_thresh', values: [0.2, 0.3, 0.4] })
  })

  it.each([
    ['thresh', 'thresh: no values; write NAME=VALUES, e.g. thresh=0.2:0.4:0.01.'],
    ['lr=0.1', 'lr: no such parameter; the parameters are thresh,'],
    ['=0.1', 'an empty name: no such parameter; the parameters are'],
    ['thresh=0.1=0.2', '0.1=0.2 is no number'],
  ])('rejects %s', (text, message) => {
    expect(() => parseParam(text)).toThrow(InputError)
    expect(() => parseParam(text)).toThrow(message)
  })
})

describe('parseSetting', () => {
  it('starts from the defaults, or from another setting', () => {
    expect(parseSetting('thresh=0.29, unclip_ratio=2')).toEqual({
      ...DEFAULT_SETTING,
      thresh: 0.29,
      unclip_ratio: 2,
    })
    const base = { ...DEFAULT_SETTING, min_size: 5 }
    expect(parseSetting('thresh=0.1', base).min_size).toBe(5)
    expect(base.thresh).toBe(0.3)
  })

  it.each([
    ['', 'nothing: no value; write NAME=VALUE, e.g. thresh=0.3,box_thresh=0.6.'],
    ['thresh=0.3,', 'nothing: no value'],
    ['0.3', '0.3: no value'],
    ['thresh=', 'thresh=: nothing is no number; give a number.'],
    ['thresh=0.2:0.4:0.1', 'thresh=0.2:0.4:0.1: 0.2:0.4:0.1 is no number; give a number.'],
    ['thresh=0.3,thresh=0.4', 'thresh=0.3,thresh=0.4: thresh comes twice; give it once.'],
    ['thresh=7', 'thresh is 7; give a number from 0 to 1.'],
  ])('rejects %j', (text, message) => {
    expect(() => parseSetting(text)).toThrow(InputError)
    expect(() => parseSetting(text)).toThrow(message)
  })
})

describe('any text', () => {
  it('gives values or an InputError of one line', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'0123456789.:,=-+e '.split('')), maxLength: 24 }),
    )
    fc.assert(
      fc.property(text, (values) => {
        for (const read of [() => parseValues(values, 'thresh'), () => parseSetting(values)]) {
          try {
            read()
          } catch (error) {
            expect(error).toBeInstanceOf(InputError)
          }
        }
      }),
    )
  })
})
