import { describe, expect, test } from 'vitest'
import { rowFilter } from '../../src/training/filter.js'
import { trainingView } from '../../src/training/training-view.js'
import { sweepStudy } from '../support/sweep-study.js'

const { watcher } = await sweepStudy(
  [
    { params: { 'optimizer.lr': 1e-3, kind: 'adamw' }, value: 0.9, baseline: true, seed: 1 },
    { params: { 'optimizer.lr': 2e-3, kind: 'adamw' }, value: 0.92, seed: 1 },
    { params: { 'optimizer.lr': 3e-3, kind: 'SGD' }, state: 'RUNNING', curve: [0.1], seed: 1 },
    {
      params: { 'optimizer.lr': 4e-3, kind: 'sgd' },
      state: 'PRUNED',
      curve: [0.1, 0.2],
      reason: 'rung 1: late',
      seed: 1,
    },
    { params: { 'optimizer.lr': 5e-3, kind: 'adamw' }, state: 'FAIL', reason: 'CUDA out of memory', seed: 1 },
  ],
  { seeds: [1] },
)
const { rows } = trainingView(watcher)
const passing = (text: string) => rows.filter(rowFilter(text)).map(({ key }) => key)

describe('the filter', () => {
  test.each([
    ['', [1, 2, 3, 4]],
    ['   ', [1, 2, 3, 4]],
    ['state:running', [2]],
    ['state:r', [2]],
    ['state:running|state:failed', [2, 4]],
    ['-state:complete', [2, 3, 4]],
    ['lr>=3e-3', [2, 3, 4]],
    ['lr<0.003', [1]],
    ['optimizer.lr=0.005', [4]],
    ['p.lr=0.005', [4]],
    ['lr!=0.005', [1, 2, 3]],
    ['lr>1e-3 lr<=4e-3 -state:running', [1, 3]],
    ['kind=sgd', [2, 3]],
    ['kind!=sgd', [1, 4]],
    ['sgd', [2, 3]],
    ['-sgd', [1, 4]],
    ['memory', [4]],
    ['undecided', [1]],
    ['difference>0.01', [1]],
    ['value>=0.2', [1, 3]],
    ['epochs=2', [3]],
    ['seeds>=1', [1]],
    ['run=3', [3]],
    ['rank=1', [1]],
    ['nothing=1', []],
    ['lr>', []],
    ['-', [1, 2, 3, 4]],
    ['|', [1, 2, 3, 4]],
    ['-|', []],
    ['((((', []],
  ])('%j leaves %j', (text, left) => expect(passing(text)).toEqual(left))
})
