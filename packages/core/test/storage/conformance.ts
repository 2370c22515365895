import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import type { Distribution, ParamValue } from '../../src/space/distribution.ts'
import {
  FinishedTrialError,
  StudyExistsError,
  StudyNotFoundError,
  TrialNotFoundError,
} from '../../src/storage/errors.ts'
import type { Storage, TrialTemplate, TrialWrite } from '../../src/storage/storage.ts'
import type { AttributeValue, TrialRecord } from '../../src/trial/trial-record.ts'

/** A storage under test: its handles all see the same studies. */
export interface Subject {
  /** One more handle, as another process has it; the same object where a storage lives in one process. */
  open(): Promise<Storage>
  close(): Promise<void>
}

/** As long as a busy machine may take; what is waited for comes in milliseconds. */
const PATIENCE = { timeout: 60_000, interval: 10 }
const LR = { kind: 'float', low: 1e-5, high: 0.1, step: null, log: true } as const satisfies Distribution
const STEPPED: Distribution = { kind: 'float', low: 0, high: 1, step: 0.05, log: false }
const EPOCHS: Distribution = { kind: 'int', low: 5, high: 50, step: 5, log: false }
const OPT: Distribution = { kind: 'categorical', choices: ['adam', 'sgd', null, true, 3, 0.1] }

const param = (name: string, internal: number, distribution: Distribution): TrialWrite => ({
  kind: 'param',
  name,
  internal,
  distribution,
})
const report = (step: number, value: number): TrialWrite => ({ kind: 'report', step, value })
const user = (key: string, value: AttributeValue): TrialWrite => ({
  kind: 'attribute',
  scope: 'user',
  key,
  value,
})
const state = (to: TrialRecord['state'], ...values: number[]): TrialWrite =>
  values.length === 0 ? { kind: 'state', state: to } : { kind: 'state', state: to, values }

/** What every storage has to do: run against each. */
export function testStorage(name: string, start: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject
    let storage: Storage
    let other: Storage
    let count = 0

    beforeAll(async () => {
      subject = await start()
      storage = await subject.open()
      other = await subject.open()
    })
    afterAll(() => subject?.close())

    const newStudy = async (directions: readonly ('minimize' | 'maximize')[] = ['minimize']) =>
      (await storage.createStudy(`study ${count++}`, directions)).id
    const trialOf = async (study: number, number: number) => (await other.readTrials(study))[number]!

    describe('studies', () => {
      it('are found by name and listed by id', async () => {
        const names = ['läuft "so" \'gut\' ✓ 🙂', 'a'.repeat(512), 'π'.repeat(512), ' ; DROP TABLE studies']
        for (const [i, studyName] of names.entries()) {
          const directions =
            i % 2 === 0 ? (['minimize'] as const) : (['maximize', 'minimize', 'maximize'] as const)
          const made = await storage.createStudy(studyName, directions)
          expect(made).toMatchObject({ name: studyName, directions })
          expect(await other.findStudy(studyName)).toEqual(made)
        }
        expect(await other.findStudy('none such')).toBeUndefined()
        const listed = await other.listStudies()
        expect(listed.map((study) => study.name)).toEqual(expect.arrayContaining(names))
        expect(listed.map(({ id }) => id)).toEqual(listed.map(({ id }) => id).sort((a, b) => a - b))
      })

      it('have names that are theirs alone', async () => {
        await storage.createStudy('twice', ['minimize'])
        await expect(other.createStudy('twice', ['maximize'])).rejects.toThrow(StudyExistsError)
        const racing = await Promise.allSettled(
          Array.from({ length: 8 }, (_, i) => (i % 2 ? storage : other).createStudy('raced', ['minimize'])),
        )
        expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      })

      it.each(['a'.repeat(513), 'a\0b', 'half \ud83d'])(
        'refuse a name that cannot be stored: %j',
        async (bad) => {
          await expect(storage.createStudy(bad, ['minimize'])).rejects.toThrow(InputError)
          expect(
            (await other.listStudies()).some(
              (study) => study.name.startsWith(bad.slice(0, 1)) && study.name === bad,
            ),
          ).toBe(false)
        },
      )

      it('keep attributes, the latest of a key', async () => {
        const id = await newStudy()
        const value = { list: [1, null, 'é', Number.NaN, Number.NEGATIVE_INFINITY, -0], deep: { '': {} } }
        await storage.setStudyAttribute(id, 'user', 'key', 1)
        await storage.setStudyAttribute(id, 'user', 'key', value)
        await storage.setStudyAttribute(id, 'system', 'key', 'other')
        const [study] = (await other.listStudies()).filter((listed) => listed.id === id)
        expect(study!.userAttributes).toEqual(new Map([['key', value]]))
        expect(study!.systemAttributes).toEqual(new Map([['key', 'other']]))
      })

      it('keep facts, each until it is replaced', async () => {
        const id = await newStudy()
        expect(await other.readFacts(id)).toEqual(new Map())
        await storage.writeFacts(
          id,
          new Map<string, AttributeValue>([
            ['a', 1],
            ['b', { c: [Number.NaN] }],
          ]),
        )
        await storage.writeFacts(id, new Map([['a', 2]]))
        expect(await other.readFacts(id)).toEqual(
          new Map<string, AttributeValue>([
            ['a', 2],
            ['b', { c: [Number.NaN] }],
          ]),
        )
      })

      it('have facts from their first moment', async () => {
        const facts = new Map<string, AttributeValue>([
          ['seed', 7],
          ['budget', { trials: 10 }],
        ])
        const { id } = await storage.createStudy('with facts', ['minimize'], facts)
        expect(await other.readFacts(id)).toEqual(facts)
        await expect(
          storage.createStudy('with a bad one', ['minimize'], new Map([['a'.repeat(513), 1]])),
        ).rejects.toThrow(InputError)
        expect(await other.findStudy('with a bad one')).toBeUndefined()
      })

      it('vanish with all that is theirs', async () => {
        const id = await newStudy()
        const kept = await newStudy()
        await storage.setStudyAttribute(id, 'user', 'key', 1)
        await storage.writeFacts(id, new Map([['a', 1]]))
        const trial = await storage.createTrial(id, undefined, [
          param('lr', 0.01, LR),
          report(0, 1),
          user('a', 1),
          { kind: 'heartbeat' },
        ])
        const survivor = await storage.createTrial(kept)
        await storage.deleteStudy(id)
        await expect(other.readTrials(id)).rejects.toThrow(StudyNotFoundError)
        await expect(storage.writeTrial(trial.id, [])).rejects.toThrow(TrialNotFoundError)
        expect(await other.readTrials(kept)).toEqual([survivor])
        // The next one may get its key, and must not find anything there.
        const next = await newStudy()
        expect(await other.readFacts(next)).toEqual(new Map())
        expect(await other.readTrials(next)).toEqual([])
      })

      it('that are not there are said to be so', async () => {
        for (const work of [
          () => storage.deleteStudy(987_654),
          () => storage.setStudyAttribute(987_654, 'user', 'a', 1),
          () => storage.readFacts(987_654),
          () => storage.writeFacts(987_654, new Map([['a', 1]])),
          () => storage.createTrial(987_654),
          () => storage.claimWaiting(987_654),
          () => storage.readTrials(987_654),
          () => storage.staleTrials(987_654, 1),
          () => storage.rewriteDistributions(987_654, new Map(), new Map()),
        ]) {
          await expect(work()).rejects.toThrow(StudyNotFoundError)
        }
        for (const work of [
          () => storage.writeTrial(987_654, [report(0, 1)]),
          () => storage.heartbeat(987_654),
          () => storage.replaceTrial(987_654, [state('FAIL')], { state: 'WAITING' }),
        ]) {
          await expect(work()).rejects.toThrow(TrialNotFoundError)
        }
      })
    })

    describe('trials', () => {
      it('are numbered from 0 in their study', async () => {
        const [a, b] = [await newStudy(), await newStudy()]
        for (const [study, number] of [
          [a, 0],
          [b, 0],
          [b, 1],
          [a, 1],
          [a, 2],
        ] as const) {
          expect((await storage.createTrial(study)).number).toBe(number)
        }
        expect((await other.readTrials(a)).map(({ number }) => number)).toEqual([0, 1, 2])
      })

      it('are numbered without gaps whoever creates them', async () => {
        const id = await newStudy()
        const made = await Promise.all(
          Array.from({ length: 40 }, (_, i) =>
            (i % 2 ? storage : other).createTrial(id, undefined, [param('lr', 0.01, LR)]),
          ),
        )
        expect(made.map(({ number }) => number).sort((a, b) => a - b)).toEqual(made.map((_, i) => i))
        expect(await other.readTrials(id)).toHaveLength(40)
      })

      it('run from their creation with what was written then', async () => {
        const id = await newStudy()
        const before = Date.now()
        const made = await storage.createTrial(id, undefined, [
          param('z', 0.02, LR),
          param('a', 20, EPOCHS),
          param('m', 3, OPT),
          user('seed', 0),
          { kind: 'attribute', scope: 'system', key: 'constraints', value: [-1, 2.5] },
        ])
        expect(made).toMatchObject({ number: 0, state: 'RUNNING', values: undefined, complete: undefined })
        expect(made.start!.getTime()).toBeGreaterThanOrEqual(before)
        expect([...made.params]).toEqual([
          ['z', 0.02],
          ['a', 20],
          ['m', true],
        ])
        const read = await trialOf(id, 0)
        expect(read).toEqual(made)
        expect([...read.params.keys()]).toEqual(['z', 'a', 'm'])
      })

      it('take writes in order: parameters replace, reports do not', async () => {
        const id = await newStudy()
        const trial = await storage.createTrial(id, undefined, [param('a', 1, OPT), param('b', 0.5, STEPPED)])
        await storage.writeTrial(trial.id, [param('a', 0, OPT), report(3, 1), report(1, 2), report(3, 5)])
        await storage.writeTrial(trial.id, [report(1, 9), user('k', 1), user('k', 2), param('a', 4, OPT)])
        const read = await trialOf(id, 0)
        expect([...read.params]).toEqual([
          ['a', 3],
          ['b', 0.5],
        ])
        expect([...read.intermediate]).toEqual([
          [1, 2],
          [3, 1],
        ])
        expect(read.userAttributes).toEqual(new Map([['k', 2]]))
      })

      it('take all writes or none', async () => {
        const id = await newStudy()
        const trial = await storage.createTrial(id, undefined, [param('a', 1, OPT)])
        const before = await trialOf(id, 0)
        for (const bad of [
          [user('k', 1), report(-1, 0)],
          [user('k', 1), report(0.5, 0)],
          [user('k', 1), param('b', Number.NaN, LR)],
          [user('k', 1), param('b'.repeat(513), 0.1, LR)],
          [param('b', 0.1, LR), state('COMPLETE')],
          [report(0, 1), state('COMPLETE', 1, 2)],
          [report(0, 1), state('COMPLETE', Number.NaN)],
          [report(0, 1), state('FAIL', 1)],
          [report(0, 1), state('WAITING', 1)],
          [report(0, 1), state('PRUNED', 1, 2)],
          [report(0, 1), state('RUNNING')],
          [state('COMPLETE', 1), report(0, 1)],
        ]) {
          await expect(storage.writeTrial(trial.id, bad), JSON.stringify(bad)).rejects.toThrow(InputError)
          expect(await trialOf(id, 0)).toEqual(before)
        }
        await expect(storage.createTrial(id, undefined, [report(-1, 0)])).rejects.toThrow(InputError)
        await expect(storage.createTrial(id, { state: 'COMPLETE' })).rejects.toThrow(InputError)
        expect(await other.readTrials(id)).toHaveLength(1)
      })

      it('end with their values, infinities among them', async () => {
        const id = await newStudy(['minimize', 'maximize'])
        const ends: [TrialRecord['state'], number[]][] = [
          ['COMPLETE', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
          ['COMPLETE', [0.1, 1e-310]],
          ['PRUNED', [Number.POSITIVE_INFINITY]],
          ['PRUNED', []],
          ['FAIL', []],
        ]
        for (const [i, [to, values]] of ends.entries()) {
          const trial = await storage.createTrial(id)
          await storage.writeTrial(trial.id, [state(to, ...values)])
          const read = await trialOf(id, i)
          expect(read).toMatchObject({ state: to, values: values.length === 0 ? undefined : values })
          expect(read.complete!.getTime()).toBeGreaterThanOrEqual(read.start!.getTime())
        }
      })

      it('never change once they ended', async () => {
        const id = await newStudy()
        for (const end of [state('COMPLETE', 1), state('PRUNED'), state('FAIL')]) {
          const trial = await storage.createTrial(id)
          await storage.writeTrial(trial.id, [end])
          const before = await trialOf(id, trial.number)
          for (const write of [
            report(0, 1),
            user('k', 1),
            param('lr', 0.1, LR),
            state('WAITING'),
            state('FAIL'),
          ]) {
            await expect(other.writeTrial(trial.id, [write])).rejects.toThrow(FinishedTrialError)
          }
          expect(await trialOf(id, trial.number)).toEqual(before)
        }
      })

      it('are created without writes where another has taken the number they were drawn for', async () => {
        const id = await newStudy()
        const writes = [param('lr', 0.01, LR), { kind: 'heartbeat' }] satisfies TrialWrite[]
        const first = await storage.createTrial(id, undefined, writes, 0)
        const second = await other.createTrial(id, undefined, writes, 0)
        const third = await storage.createTrial(id, undefined, writes, 2)
        expect([first, second, third].map(({ params }) => params.size)).toEqual([1, 0, 1])
        // All three have a heartbeat, which grows old.
        await expect.poll(() => other.staleTrials(id, 0.02), PATIENCE).toHaveLength(3)
      })

      it('come from templates as they are', async () => {
        const id = await newStudy(['minimize', 'minimize'])
        const template: TrialTemplate = {
          state: 'COMPLETE',
          values: [1, Number.NEGATIVE_INFINITY],
          params: new Map<string, ParamValue>([
            ['opt', null],
            ['lr', 0.001],
            ['epochs', 35],
          ]),
          distributions: new Map<string, Distribution>([
            ['lr', LR],
            ['epochs', EPOCHS],
            ['opt', OPT],
          ]),
          intermediate: new Map([
            [10, Number.NaN],
            [2, Number.POSITIVE_INFINITY],
            [0, 0.1],
          ]),
          userAttributes: new Map<string, AttributeValue>([['note', 'ünï']]),
          systemAttributes: new Map<string, AttributeValue>([['fixed_params', { lr: 0.001 }]]),
          start: new Date('2024-02-29T23:59:59.999Z'),
          complete: new Date('2024-03-01T00:00:00.000Z'),
        }
        const made = await storage.createTrial(id, template)
        const read = await trialOf(id, 0)
        expect(read).toEqual(made)
        const { intermediate, distributions, ...rest } = template
        expect(read).toMatchObject(rest)
        expect([...read.intermediate]).toEqual([...intermediate!].sort(([a], [b]) => a - b))
        expect(read.distributions).toEqual(distributions)
        expect([...read.params.keys()]).toEqual(['opt', 'lr', 'epochs'])
      })

      it('are read as they were written, whatever is in them', async () => {
        const id = await newStudy()
        // SQLite has no -0.
        const positive = (value: number) => (value === 0 ? 0 : value)
        const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map(positive)
        const text = fc
          .string({ unit: 'grapheme', maxLength: 20 })
          .filter((key) => !key.includes('\0') && isWellFormed(key))
        const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<AttributeValue>
        await fc.assert(
          fc.asyncProperty(
            fc.dictionary(text, double, { maxKeys: 6 }),
            fc.dictionary(text, fc.oneof(json, fc.double()), { maxKeys: 4 }),
            fc.array(fc.tuple(fc.nat(2 ** 31 - 1), fc.double().map(positive)), { maxLength: 6 }),
            fc.double({ noNaN: true }).map(positive),
            async (params, attributes, reports, value) => {
              const wide: Distribution = {
                kind: 'float',
                low: -1.7e308,
                high: 1.7e308,
                step: null,
                log: false,
              }
              const trial = await storage.createTrial(
                id,
                undefined,
                Object.entries(params).map(([key, internal]) => param(key, internal, wide)),
              )
              await storage.writeTrial(trial.id, [
                ...Object.entries(attributes).map(([key, attribute]) => user(key, attribute)),
                ...reports.map(([step, reported]) => report(step, reported)),
                state('COMPLETE', value),
              ])
              const [read] = await other.readTrials(
                id,
                new Set(Array.from({ length: trial.number }, (_, i) => i)),
              )
              expect([...read!.params]).toEqual(Object.entries(params))
              expect(Object.fromEntries(read!.userAttributes)).toEqual(attributes)
              const first = new Map(reports.toReversed())
              expect([...read!.intermediate]).toEqual([...first].sort(([a], [b]) => a - b))
              expect(read!.values).toEqual([value])
            },
          ),
          { numRuns: 60 },
        )
      })
    })

    describe('the queue', () => {
      it('gives the oldest trial that waits, to one who asks', async () => {
        const id = await newStudy()
        await storage.createTrial(id)
        for (let i = 0; i < 6; i++) {
          await storage.createTrial(id, {
            state: 'WAITING',
            systemAttributes: new Map<string, AttributeValue>([['fixed_params', { i }]]),
          })
        }
        const first = await other.claimWaiting(id, [user('claimed', true)])
        expect(first).toMatchObject({ number: 1, state: 'RUNNING' })
        expect(first!.userAttributes.get('claimed')).toBe(true)
        expect(first!.systemAttributes.get('fixed_params')).toEqual({ i: 0 })
        expect(first!.start).toBeInstanceOf(Date)
        expect(await trialOf(id, 1)).toEqual(first)
        const claims = await Promise.all(
          Array.from({ length: 10 }, (_, i) => (i % 2 ? storage : other).claimWaiting(id)),
        )
        const numbers = claims.filter((claim) => claim !== undefined).map(({ number }) => number)
        expect(new Set(numbers).size).toBe(numbers.length)
        for (let next = await storage.claimWaiting(id); next; next = await storage.claimWaiting(id))
          numbers.push(next.number)
        expect(numbers.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6])
        expect(await storage.claimWaiting(id)).toBeUndefined()
      })

      it('takes a running trial back, with its parameters and reports and without its heartbeat', async () => {
        const id = await newStudy()
        const trial = await storage.createTrial(id, undefined, [
          param('lr', 0.01, LR),
          report(0, 1),
          { kind: 'heartbeat' },
        ])
        await storage.writeTrial(trial.id, [state('WAITING')])
        const waiting = await trialOf(id, 0)
        expect(waiting).toMatchObject({ state: 'WAITING', start: undefined })
        expect(waiting.params.get('lr')).toBe(0.01)
        expect(waiting.intermediate.get(0)).toBe(1)
        expect((await other.claimWaiting(id))!.id).toBe(trial.id)
        // One whose heartbeat is younger than that of the trial taken back would be grows stale; that one does not.
        await storage.createTrial(id, undefined, [{ kind: 'heartbeat' }])
        const stale = async () => (await storage.staleTrials(id, 0.01)).map(({ number }) => number)
        await expect.poll(stale, PATIENCE).toContain(1)
        expect(await stale()).toEqual([1])
      })

      it('gets a copy of a trial whose process died, once', async () => {
        const id = await newStudy()
        const trial = await storage.createTrial(id, undefined, [param('lr', 0.01, LR)])
        const template: TrialTemplate = {
          state: 'WAITING',
          params: trial.params,
          distributions: trial.distributions,
        }
        const copies = await Promise.all(
          [storage, other, storage].map((handle) =>
            handle.replaceTrial(trial.id, [user('why', 'died'), state('FAIL')], template),
          ),
        )
        expect(copies.filter((copy) => copy !== undefined)).toHaveLength(1)
        const [failed, copy, ...rest] = await other.readTrials(id)
        expect(failed).toMatchObject({ number: 0, state: 'FAIL', values: undefined })
        expect(copy).toMatchObject({ number: 1, state: 'WAITING', start: undefined })
        expect(copy!.params).toEqual(trial.params)
        expect(rest).toEqual([])
      })
    })

    describe('heartbeats', () => {
      it('tell the running trials whose process fell silent', async () => {
        const id = await newStudy()
        const made: TrialRecord[] = []
        for (let i = 0; i < 4; i++) made.push(await storage.createTrial(id))
        await storage.heartbeat(made[0]!.id)
        await storage.writeTrial(made[1]!.id, [{ kind: 'heartbeat' }])
        await storage.heartbeat(made[2]!.id)
        await storage.writeTrial(made[2]!.id, [state('COMPLETE', 1)])
        expect(await other.staleTrials(id, 60)).toEqual([])
        // The second goes on beating. Where this process is held up between its beat and the look, it looks again.
        const stale = async () => {
          await storage.heartbeat(made[1]!.id)
          return (await other.staleTrials(id, 0.1)).map(({ number }) => number)
        }
        await expect.poll(stale, PATIENCE).toEqual([0])
        expect((await other.staleTrials(id, 0.1))[0]).toEqual(await trialOf(id, 0))
      })
    })

    describe('reading what is new', () => {
      it('gives what is not known, by number, however far it was read before', async () => {
        const id = await newStudy()
        const known = new Set<number>()
        const seen = new Map<number, TrialRecord>()
        const random = mulberry(7)
        for (let round = 0; round < 30; round++) {
          const open = [...seen.values()].filter((trial) => trial.state === 'RUNNING')
          if (open.length > 0 && random() < 0.7) {
            const trial = open[Math.floor(random() * open.length)]!
            await storage.writeTrial(
              trial.id,
              random() < 0.5 ? [report(round, round)] : [state('COMPLETE', round)],
            )
          }
          for (let i = 0; i < Math.floor(random() * 3); i++) await (i % 2 ? storage : other).createTrial(id)
          const all = await other.readTrials(id)
          const fresh = await storage.readTrials(id, known)
          expect(fresh).toEqual(all.filter(({ number }) => !known.has(number)))
          expect(await storage.readTrials(id, new Set(known))).toEqual(fresh)
          for (const trial of fresh) {
            seen.set(trial.number, trial)
            if (trial.state === 'COMPLETE') known.add(trial.number)
          }
        }
        expect([...seen.values()].sort((a, b) => a.number - b.number)).toEqual(await other.readTrials(id))
        known.clear()
        expect(await storage.readTrials(id, known)).toEqual(await other.readTrials(id))
      })

      it('gives thousands of trials of several studies, each its own', async () => {
        const [a, b] = [await newStudy(), await newStudy()]
        const made: TrialRecord[] = []
        for (let start = 0; start < 2500; start += 50) {
          const batch = Array.from({ length: 50 }, (_, i) => start + i)
          const trials = await Promise.all(
            batch.map((i) => storage.createTrial(i % 7 === 0 ? b : a, undefined, mixedWrites(i))),
          )
          made.push(...trials.filter((_, i) => batch[i]! % 7 !== 0))
        }
        made.sort((x, y) => x.number - y.number)
        expect(await other.readTrials(a)).toEqual(made)
      }, 60_000)
    })

    it('rewrites a parameter’s distribution in every trial of its study', async () => {
      const [id, untouched] = [await newStudy(), await newStudy()]
      for (const study of [id, untouched]) {
        const trial = await storage.createTrial(study, undefined, [
          param('opt', 1, OPT),
          param('lr', 0.01, LR),
        ])
        await storage.writeTrial(trial.id, [state('COMPLETE', 1)])
      }
      const wider: Distribution = { kind: 'categorical', choices: ['adamw', 'lion', 'sgd'] }
      await storage.rewriteDistributions(id, new Map([['opt', wider]]), new Map([['space', 'wider']]))
      const [changed] = await other.readTrials(id)
      expect([...changed!.params]).toEqual([
        ['opt', 'lion'],
        ['lr', 0.01],
      ])
      expect(changed!.distributions.get('opt')).toEqual(wider)
      expect((await other.readTrials(untouched))[0]!.distributions.get('opt')).toEqual(OPT)
      expect(await other.readFacts(id)).toEqual(new Map([['space', 'wider']]))
    })
  })
}

/** Trials with parameters in one order or another, or with distributions of their own; some with reports. */
function mixedWrites(i: number): TrialWrite[] {
  const lr = param('lr', 0.001 + i / 1e5, i % 3 === 0 ? { ...LR, high: 0.1 + (i % 40) } : LR)
  return [
    ...(i % 3 === 0 ? [lr] : [param('opt', i % 6, OPT), lr]),
    ...(i % 5 === 0 ? [report(i, i / 3), user('i', i)] : []),
  ]
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

/** Numbers from 0 to 1 that are the same in every run. */
function mulberry(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
