import { expect, test } from 'vitest'
import { nextSortId, sortedRows, sortIds } from '../../src/training/sort.js'
import { trainingView } from '../../src/training/training-view.js'
import { LEARNING_RATE, SEEDS, sweepStudy } from '../support/sweep-study.js'

const view = trainingView((await sweepStudy(LEARNING_RATE, { seeds: SEEDS })).watcher)
const order = (id: string, reversed = false) => sortedRows(view, { id, reversed }).map(({ key }) => key)

test('the columns come in their order, and go round', () => {
  expect(sortIds(view)).toEqual([
    'rank',
    'run',
    'value',
    'difference',
    'epochs',
    'seeds',
    'p.lr',
    'p.weight_decay',
    'p.T_max',
    'p.eta_min',
  ])
  expect(nextSortId(view, 'rank', -1)).toBe('p.eta_min')
  expect(nextSortId(view, 'p.eta_min', 1)).toBe('rank')
  expect(nextSortId(view, 'gone', 1)).toBe('rank')
})

test.each([
  ['rank', [5, 3, 7, 4, 6]],
  ['run', [3, 4, 5, 6, 7]],
  ['p.lr', [4, 3, 7, 5, 6]],
  ['p.T_max', [4, 3, 5, 7, 6]],
])('by %s', (id, keys) => expect(order(id)).toEqual(keys))

test('the better value comes first, and what has none last either way', () => {
  expect(order('value')).toEqual([5, 3, 7, 4, 6])
  expect(order('value', true)).toEqual([4, 7, 3, 5, 6])
  expect(order('difference')).toEqual([5, 3, 7, 4, 6])
  expect(order('difference', true).slice(0, 2)).toEqual([3, 5])
})

test('the better loss is the lower one', async () => {
  const runs = [0.3, 0.1, 0.2].map((value, lr) => ({ params: { lr }, value }))
  const losses = trainingView((await sweepStudy(runs, { direction: 'minimize' })).watcher)
  expect(sortedRows(losses, { id: 'value', reversed: false }).map(({ value }) => value)).toEqual([
    0.1, 0.2, 0.3,
  ])
})
