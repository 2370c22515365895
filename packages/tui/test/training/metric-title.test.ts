import { expect, test } from 'vitest'
import { metricTitle } from '../../src/training/metric-title.js'

test.each([
  ['val/hmean', 'H-Mean'],
  ['val_hmean', 'H-Mean'],
  ['h-mean', 'H-Mean'],
  ['whmean', 'whmean'],
  ['eval/loss', 'loss'],
  ['a_very_long_metric', 'a_very_long…'],
  ['evil\u001b[2J', 'evil?[2J'],
  [undefined, 'value'],
])('the title of %j is %s', (name, title) => expect(metricTitle(name, '…')).toBe(title))
