import { execFileSync } from 'node:child_process'
import type { Tally } from '@thresher/native'
import { describe, expect, test } from 'vitest'
import { float32Scores } from '../../src/score/float32-scores.js'

const tallies = (count: number): Tally[] =>
  Array.from({ length: count }, (_, i) => ({
    recallHits: (i * 37) % 101,
    recallTotal: 101 + (i % 13),
    precisionHits: ((i * 37) % 101) - (i % 3),
    precisionTotal: i % 17 === 0 ? 0 : 99 + (i % 29),
  }))

/** NumPy's own float32 arithmetic, in the competition code's order. */
const SCRIPT = `
import json, sys
import numpy as np
f = np.float32
def image(t):
    r = f(max(0, t["recallHits"])) / f(t["recallTotal"]) if t["recallTotal"] else f(0)
    p = f(max(0, t["precisionHits"])) / f(t["precisionTotal"]) if t["precisionTotal"] else f(0)
    return p, r, (f(2) * r * p) / (r + p) if r + p else f(0)
for line in sys.stdin:
    images = [image(t) for t in json.loads(line)]
    columns = [np.mean(np.array(c, dtype=np.float32)) for c in zip(*images)]
    print(json.dumps([float(c) for c in columns]))
`

function numpyMissing(): boolean {
  try {
    execFileSync('/usr/bin/python3', ['-c', 'import numpy'], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
}
const missing = numpyMissing() && process.env.THRESHER_REQUIRE_ORACLES !== '1'

describe('the mean of images in 32-bit floats', () => {
  test.skipIf(missing)(`is what NumPy gives${missing ? ' (skipped: no python3 with numpy)' : ''}`, () => {
    const sets = [1, 7, 8, 9, 15, 100, 128, 129, 404, 1000].map(tallies)
    const input = sets.map((set) => `${JSON.stringify(set)}\n`).join('')
    const answers = execFileSync('/usr/bin/python3', ['-c', SCRIPT], { input, encoding: 'utf8' })
    for (const [i, line] of answers.trim().split('\n').entries()) {
      const { precision, recall, hmean } = float32Scores(sets[i]!)
      expect([precision, recall, hmean], `${sets[i]!.length} images`).toEqual(JSON.parse(line))
    }
  })

  test('of no images is 0', () => {
    expect(float32Scores([])).toEqual({ precision: 0, recall: 0, hmean: 0 })
  })
})
