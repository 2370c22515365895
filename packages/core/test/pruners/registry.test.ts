import { describe, expect, it } from 'vitest'
import { asha } from '../../src/pruners/asha.ts'
import { hyperband } from '../../src/pruners/hyperband.ts'
import { nopPruner } from '../../src/pruners/nop.ts'
import { patientPruner } from '../../src/pruners/patient.ts'
import { medianPruner, percentilePruner } from '../../src/pruners/percentile.ts'
import type { Pruner } from '../../src/pruners/pruner.ts'
import { prunerFromOptions } from '../../src/pruners/registry.ts'
import { successiveHalving } from '../../src/pruners/successive-halving.ts'
import { thresholdPruner } from '../../src/pruners/threshold.ts'
import { wilcoxonPruner } from '../../src/pruners/wilcoxon.ts'

describe('a pruner', () => {
  it.each([
    asha({ promote: true }),
    hyperband({ maxResource: 81 }),
    medianPruner({ nMinTrials: 3 }),
    nopPruner(),
    patientPruner({ wrapped: percentilePruner({ percentile: 25 }), patience: 3 }),
    patientPruner({ patience: 3, minDelta: 0.1 }),
    percentilePruner({ percentile: 10, nWarmupSteps: 2 }),
    successiveHalving(),
    thresholdPruner({ upper: 1 }),
    wilcoxonPruner({ pThreshold: 0.05 }),
  ])('$name is built again from what stands in a study', (pruner) => {
    const again = prunerFromOptions(pruner.name, JSON.parse(JSON.stringify(pruner.options)))
    expect([again.name, again.options]).toEqual([pruner.name, pruner.options])
  })

  it('that is wrapped still says what samplers should learn from, and what is to go on', () => {
    const patient = (wrapped: Pruner) => patientPruner({ wrapped, patience: 1 })
    expect(patient(hyperband()).relevant).toBeDefined()
    expect(patient(hyperband()).promote).toBeUndefined()
    expect(patient(asha({ promote: true })).promote).toBeDefined()
    expect(patient(medianPruner()).relevant).toBeUndefined()
  })

  it('is refused where it is none', () => {
    expect(() => prunerFromOptions('toString', {})).toThrow(/^there is no pruner toString; there are asha, /)
    expect(() => prunerFromOptions('median', [])).toThrow(
      'pruner median: its options are []; give an object.',
    )
    expect(() => prunerFromOptions('median', { nTrials: 3 })).toThrow(
      /^medianPruner: there is no option nTrials/,
    )
    expect(() => percentilePruner({ percentile: 101 })).toThrow(
      'percentilePruner: percentile is 101; give a number from 0 to 100.',
    )
    expect(() => thresholdPruner({})).toThrow(
      'thresholdPruner: neither lower nor upper is given; give at least one.',
    )
  })
})
