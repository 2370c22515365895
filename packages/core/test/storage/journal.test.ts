import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import type { Distribution } from '../../src/space/distribution.ts'
import { StudyExistsError, StudyNotFoundError } from '../../src/storage/errors.ts'
import { exportJournal } from '../../src/storage/journal/export-journal.ts'
import { importJournal } from '../../src/storage/journal/import-journal.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { Storage, TrialTemplate } from '../../src/storage/storage.ts'
import type { AttributeValue, TrialState } from '../../src/trial/trial-record.ts'
import { dumpByUs } from './optuna-oracle.ts'

const LR: Distribution = { kind: 'float', low: 1e-5, high: 1, step: null, log: true }
const OPT: Distribution = { kind: 'categorical', choices: ['a', null, true, 2, Number.NaN] }

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), 'utf8')
const newStorage = () => openStorage('sqlite:///:memory:')
const textOf = async (storage: Storage, name: string) => {
  const lines: string[] = []
  for await (const line of exportJournal(storage, name)) lines.push(line)
  return lines.join('')
}
async function* inPieces(text: string, size: number) {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size)
}
const line = (op: number, fields: object) => `${JSON.stringify({ op_code: op, worker_id: 'w', ...fields })}\n`
const CREATE = line(0, { study_name: 's', directions: [1] })
const TRIAL = line(4, { study_id: 0, datetime_start: '2026-01-01T00:00:00.000000+00:00' })

describe('a journal', () => {
  it('brings back whatever was exported', async () => {
    const template = fc.record({
      state: fc.constantFrom<TrialState>('RUNNING', 'WAITING', 'COMPLETE', 'PRUNED', 'FAIL'),
      value: fc.double({ noNaN: true }),
      lr: fc.option(fc.double({ min: 1e-5, max: 1 })),
      opt: fc.option(fc.nat(4)),
      reports: fc.array(fc.tuple(fc.nat(1000), fc.double()), { maxLength: 4 }),
      attributes: fc.dictionary(
        fc.string({ maxLength: 5 }).filter((key) => !key.includes('\0')),
        fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<AttributeValue>,
        { maxKeys: 3 },
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(template, { maxLength: 5 }), async (sketches) => {
        const from = await openStorage('memory:')
        const { id } = await from.createStudy('s', ['maximize'])
        for (const { state, value, lr, opt, reports, attributes } of sketches) {
          const params = new Map([
            ...(opt === null ? [] : [['opt', OPT.choices[opt]!] as const]),
            ...(lr === null ? [] : [['lr', lr] as const]),
          ])
          await from.createTrial(id, {
            state,
            ...(state === 'COMPLETE' ? { values: [value] } : {}),
            params,
            distributions: new Map([...params.keys()].map((name) => [name, name === 'lr' ? LR : OPT])),
            intermediate: new Map(reports),
            userAttributes: new Map(Object.entries(attributes)),
            systemAttributes: new Map<string, AttributeValue>([['constraints', [1, Number.NaN]]]),
          } satisfies TrialTemplate)
        }
        await from.setStudyAttribute(id, 'user', 'k', { a: Number.POSITIVE_INFINITY })
        const text = await textOf(from, 's')
        const to = await openStorage('memory:')
        await importJournal(to, text)
        expect(await dumpByUs(to)).toEqual(await dumpByUs(from))
      }),
      { numRuns: 40 },
    )
  })

  it.each(['optuna5.journal', 'handmade.journal'])('of Optuna (%s) is the same in and out', async (name) => {
    const [first, second, third] = [await newStorage(), await newStorage(), await newStorage()]
    const studies = await importJournal(first, inPieces(fixture(name), 1000))
    for (const study of studies) await importJournal(second, await textOf(first, study.name))
    expect(await dumpByUs(second)).toEqual(await dumpByUs(first))
    await importJournal(third, fixture(name))
    expect(await dumpByUs(third)).toEqual(await dumpByUs(first))
  })

  it('names trials by their new keys where a study speaks of them', async () => {
    const from = await newStorage()
    const before = await from.createStudy('before', ['minimize'])
    for (let i = 0; i < 5; i++) await from.createTrial(before.id)
    const { id } = await from.createStudy('s', ['minimize', 'minimize'])
    const trials = [await from.createTrial(id), await from.createTrial(id)]
    const ids = trials.map((trial) => trial.id)
    await from.setStudyAttribute(id, 'system', 'NSGAIISampler:parent:1', ids)
    await from.setStudyAttribute(id, 'system', `dashboard:${ids[1]}:note_ver`, 3)
    const to = await newStorage()
    const other = await to.createStudy('other', ['minimize'])
    await to.createTrial(other.id)
    const [study] = await importJournal(to, await textOf(from, 's'))
    const imported = (await to.readTrials(study!.id)).map((trial) => trial.id)
    expect(imported).not.toEqual(ids)
    expect(study!.systemAttributes).toEqual(
      new Map<string, AttributeValue>([
        ['NSGAIISampler:parent:1', imported],
        [`dashboard:${imported[1]}:note_ver`, 3],
      ]),
    )
  })

  it('follows Optuna’s rules where writers got in each other’s way', async () => {
    const storage = await newStorage()
    const param = (trial: number, name: string, choices: string[]) =>
      line(5, {
        trial_id: trial,
        param_name: name,
        param_value_internal: 0,
        distribution: JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices } }),
      })
    await importJournal(
      storage,
      [
        CREATE,
        line(0, { study_name: 's', directions: [2] }),
        line(0, { study_name: 'gone', directions: [2] }),
        line(4, { study_id: 1, datetime_start: null }),
        line(1, { study_id: 1 }),
        line(4, { study_id: 1, datetime_start: null }),
        line(4, { study_id: 7, datetime_start: null }),
        line(4, { study_id: 0, datetime_start: null, state: 4, value: null, values: null }),
        line(6, { trial_id: 1, state: 0, values: null, datetime_start: '2026-01-01T09:00:00.5+09:00' }),
        line(6, { trial_id: 1, state: 0, values: null, datetime_start: '2027-01-01T00:00:00+00:00' }),
        param(1, 'x', ['a', 'b']),
        param(1, 'x', ['b', 'a']),
        line(7, { trial_id: 1, step: 0, intermediate_value: 1 }),
        line(10, { trial_ids: [1] }),
        line(6, { trial_id: 1, state: 1, values: [3], datetime_complete: '2026-01-01T00:00:01+00:00' }),
        line(6, { trial_id: 1, state: 3, values: null, datetime_complete: '2026-01-01T00:00:02+00:00' }),
        line(8, { trial_id: 1, user_attr: { late: 1 } }),
        line(8, { trial_id: 99, user_attr: { none: 1 } }),
      ].join(''),
    )
    const [study, ...others] = await storage.listStudies()
    expect(others).toEqual([])
    expect(study).toMatchObject({ name: 's', directions: ['minimize'] })
    const trials = await storage.readTrials(study!.id)
    expect(trials).toMatchObject([
      {
        number: 0,
        state: 'COMPLETE',
        values: [3],
        start: new Date('2026-01-01T00:00:00.500Z'),
        complete: new Date('2026-01-01T00:00:01Z'),
      },
    ])
    expect(trials[0]!.distributions.get('x')).toEqual({ kind: 'categorical', choices: ['a', 'b'] })
    expect(trials[0]!.userAttributes.size).toBe(0)
  })

  it('may end in the middle of a line, at any place', async () => {
    const whole = CREATE + TRIAL + TRIAL
    for (let cut = CREATE.length + 1; cut < whole.length; cut += 7) {
      const storage = await openStorage('memory:')
      const [study] = await importJournal(storage, whole.slice(0, cut))
      const lines = whole.slice(0, cut).split('\n').length - 1
      const torn = whole.slice(0, cut).endsWith('}') ? 1 : 0
      expect(await storage.readTrials(study!.id)).toHaveLength(lines - 1 + torn)
    }
  })

  it.each([
    [`${CREATE}{"op_code":4,"wor\n${TRIAL}`, 'x.journal: line 2 is no JSON object'],
    [`${CREATE}\n${TRIAL}`, 'x.journal: line 2 is no JSON object'],
    [`${CREATE}[]\n${TRIAL}`, 'x.journal: line 2 is no JSON object'],
    [`${CREATE}${line(11, {})}`, 'x.journal: line 2: op_code is 11'],
    [`${CREATE}${line(4, {})}`, 'x.journal: line 2: study_id is not a number'],
    [line(0, { study_name: 's', directions: [0] }), 'x.journal: line 1: directions is not a list of 1'],
    [`${CREATE}${line(4, { study_id: 0, datetime_start: 'noon' })}`, 'line 2: datetime_start is not a time'],
    [`${CREATE}${TRIAL}${line(6, { trial_id: 0, state: 9 })}`, 'line 3: state is not a number from 0 to 4'],
    [
      `${CREATE}${TRIAL}${line(5, { trial_id: 0, param_name: 'x', param_value_internal: 1, distribution: '{}' })}`,
      'line 3: distribution {}',
    ],
    ['SQLite format 3\0', 'x.journal: line 1 is no JSON object; give a journal file'],
  ])('that is damaged is refused with the line: %j', async (text, message) => {
    const storage = await newStorage()
    await expect(importJournal(storage, text, 'x.journal')).rejects.toThrow(InputError)
    await expect(importJournal(storage, text, 'x.journal')).rejects.toThrow(message)
    expect(await storage.listStudies()).toEqual([])
  })

  it('goes in whole or not at all', async () => {
    const storage = await newStorage()
    const bad = line(4, { study_id: 0, datetime_start: null, state: 1, value: null, values: [1, 2] })
    await expect(importJournal(storage, CREATE + TRIAL + bad)).rejects.toThrow(InputError)
    expect(await storage.listStudies()).toEqual([])
    await importJournal(storage, CREATE)
    const two = line(0, { study_name: 'other', directions: [1] }) + CREATE
    await expect(importJournal(storage, two)).rejects.toThrow(StudyExistsError)
    expect((await storage.listStudies()).map(({ name }) => name)).toEqual(['s'])
    await expect(textOf(storage, 'none')).rejects.toThrow(StudyNotFoundError)
  })
})
