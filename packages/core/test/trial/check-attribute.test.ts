import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { InputError } from '../../src/errors.js'
import { parsePythonJson, stringifyPythonJson } from '../../src/python-json.js'
import { createStudy } from '../../src/study/create-study.js'
import { checkAttribute } from '../../src/trial/check-attribute.js'
import type { AttributeValue } from '../../src/trial/trial-record.js'

const circle: unknown[] = []
circle.push({ circle })

it.each([
  [undefined, 'undefined'],
  [[1, undefined], 'undefined'],
  [10n, 'a bigint'],
  [() => 1, 'a function'],
  [{ at: new Date(0) }, 'a Date'],
  [new Map([['a', 1]]), 'a Map'],
  [[new Float32Array(2)], 'a Float32Array'],
  [circle, 'an object that contains itself'],
  [new (class {})(), 'a class instance'],
])('what comes back as something else is refused: %s', (value, what) => {
  expect(() => checkAttribute('a', value)).toThrow(InputError)
  expect(() => checkAttribute('a', value)).toThrow(`attribute a: ${what} cannot be stored; `)
})

it('what is let through comes back as it was', () => {
  const twice = { a: [1] }
  const values = fc.oneof(fc.jsonValue(), fc.double(), fc.constant([twice, twice]))
  fc.assert(
    fc.property(values, (value) => {
      checkAttribute('a', value)
      expect(parsePythonJson(stringifyPythonJson(value))).toEqual(value)
    }),
  )
})

it('lets objects of another realm through', () => {
  expect(() => checkAttribute('a', runInNewContext('({ a: [{}] })'))).not.toThrow()
})

it('takes attributes that are undefined as left out', async () => {
  const study = await createStudy({ name: 's', seed: 1 })
  const userAttributes = { commit: undefined, a: 1 } as unknown as Record<string, AttributeValue>
  const trial = await study.ask({ userAttributes })
  expect([...trial.userAttributes]).toEqual([['a', 1]])
  const queued = await study.enqueueTrial({}, { userAttributes })
  expect([...queued!.userAttributes]).toEqual([['a', 1]])
})

it('is refused at once, by trials and studies', async () => {
  const study = await createStudy({ name: 's', seed: 1 })
  const date = new Date(0) as unknown as AttributeValue
  const trial = await study.ask()
  expect(() => trial.setUserAttribute('a', date)).toThrow('a Date cannot be stored')
  expect(() => trial.setUserAttribute('', 1)).toThrow("an attribute's name is empty")
  await expect(study.setUserAttribute('a', date)).rejects.toThrow('a Date cannot be stored')
  await expect(study.ask({ userAttributes: { a: date } })).rejects.toThrow('a Date cannot be stored')
  await expect(study.enqueueTrial({}, { userAttributes: { a: date } })).rejects.toThrow('a Date cannot be')
  await expect(study.addTrial({ value: 1, userAttributes: { a: date } })).rejects.toThrow('a Date cannot be')
  expect(study.trials).toHaveLength(1)
})
