import { describe, expect, test } from 'vitest'
import {
  initialState,
  reduce,
  type TrainingEvent,
  type TrainingState,
} from '../../../src/monitor/training/state.js'
import { trainingView } from '../../../src/training/training-view.js'
import { LEARNING_RATE, SEEDS, sweepStudy } from '../../support/sweep-study.js'

const SIZE = { width: 120, height: 30 }
const study = await sweepStudy(LEARNING_RATE, { seeds: SEEDS })
const before = trainingView(study.watcher)
await study.add({ params: { lr: 7e-4 }, value: 0.99, seed: 42, from: 90 })
await study.watcher.refresh()
const after = trainingView(study.watcher)

const [BEFORE, AFTER] = [before, after].map((view): TrainingEvent => ({ type: 'view', view })) as [
  TrainingEvent,
  TrainingEvent,
]
const typed = (text: string) =>
  Array.from(text, (character): TrainingEvent => ({ type: 'filter', change: { typed: character } }))
const filter = (change: 'begin' | 'commit' | 'cancel' | 'backspace' | 'clear'): TrainingEvent => ({
  type: 'filter',
  change,
})
const down: TrainingEvent = { type: 'move', by: 1 }

function play(...events: readonly TrainingEvent[]): TrainingState {
  return events.reduce((state, event) => reduce(state, event, 0), initialState(SIZE, 0))
}

const shown = ({ rows }: TrainingState) => Array.from({ length: rows.count }, (_, i) => rows.at(i)?.key)
const selected = ({ rows, cursor }: TrainingState) => rows.at(cursor.index)?.key

describe('the rows', () => {
  test('are the baseline and the runs in their order, anew with each view', () => {
    expect(shown(play(BEFORE))).toEqual([0, 5, 3, 7, 4, 6])
    expect(shown(play(BEFORE, AFTER))).toEqual([0, 8, 5, 3, 7, 4, 6])
  })

  test('are in another order by column, and round', () => {
    expect(shown(play(BEFORE, { type: 'sort', by: 1 }))).toEqual([0, 3, 4, 5, 6, 7])
    expect(shown(play(BEFORE, { type: 'sort', by: 1 }, { type: 'reverse' }))).toEqual([0, 7, 6, 5, 4, 3])
  })
})

describe('the selection', () => {
  test('stays on the leader until somebody moves', () => {
    expect(selected(play(BEFORE))).toBe(5)
    expect(selected(play(BEFORE, AFTER))).toBe(8)
  })

  test('goes with its run, through news and through another order', () => {
    expect(selected(play(BEFORE, down, AFTER))).toBe(3)
    expect(selected(play(BEFORE, down, { type: 'sort', by: 1 }, { type: 'reverse' }))).toBe(3)
  })
})

describe('a frozen table', () => {
  test('takes no news until it goes on, but moves and sorts', () => {
    const frozen = play(BEFORE, down, { type: 'freeze' }, AFTER)
    expect(shown(frozen)).toEqual([0, 5, 3, 7, 4, 6])
    expect(frozen.latest).toBe(after)
    expect(selected(reduce(frozen, down, 0))).toBe(7)
    const thawed = reduce(frozen, { type: 'freeze' }, 0)
    expect(shown(thawed)).toEqual([0, 8, 5, 3, 7, 4, 6])
    expect(selected(thawed)).toBe(3)
  })
})

describe('the filter', () => {
  test('is seen as it is typed, and kept or taken back', () => {
    const typing = play(BEFORE, filter('begin'), ...typed('state:p'))
    expect(shown(typing)).toEqual([0, 4])
    expect(shown(reduce(typing, filter('cancel'), 0))).toEqual([0, 5, 3, 7, 4, 6])
    expect(shown(reduce(typing, filter('commit'), 0))).toEqual([0, 4])
    expect(shown(play(BEFORE, filter('begin'), ...typed('state:p'), filter('backspace')))).toHaveLength(6)
    expect(shown(reduce(reduce(typing, filter('commit'), 0), filter('clear'), 0))).toHaveLength(6)
  })

  test('holds the table still while it is typed', () => {
    const typing = play(BEFORE, filter('begin'), AFTER)
    expect(shown(typing)).not.toContain(8)
    expect(shown(reduce(typing, filter('commit'), 0))).toContain(8)
    expect(shown(reduce(typing, filter('cancel'), 0))).toContain(8)
  })

  test('does not lose the selection to half a word', () => {
    const typing = play(BEFORE, down, down, filter('begin'), ...typed('state:ru'))
    expect(selected(typing)).toBe(7)
    expect(selected(play(BEFORE, down, down, filter('begin'), ...typed('state:p'), filter('cancel')))).toBe(7)
  })

  test('takes whole characters back', () => {
    expect(
      play(BEFORE, filter('begin'), { type: 'filter', change: { typed: '한' } }, filter('backspace')).filter,
    ).toBe('')
  })
})

test('the page is about the selected run, whatever comes to lead', () => {
  const open = play(BEFORE, down, { type: 'page', open: true }, AFTER)
  expect(open.page?.key).toBe(3)
  expect(reduce(open, down, 0)).toMatchObject({ page: { key: 3, offset: 1 } })
  expect(reduce(open, { type: 'page', open: false }, 0).page).toBeUndefined()
})

test('trouble stands until the study is read again', () => {
  const troubled = play(BEFORE, { type: 'trouble', text: 'locked' })
  expect(troubled.trouble).toBe('locked')
  expect(reduce(troubled, AFTER, 0).trouble).toBeUndefined()
})

test('keys before the first view do nothing', () => {
  const early = play(down, { type: 'sort', by: 1 }, { type: 'page', open: true }, ...typed('x'), {
    type: 'freeze',
  })
  expect(early.page).toBeUndefined()
  expect(shown(reduce(early, { type: 'freeze' }, 0))).toEqual([])
})
