import { describe, expect, it } from 'vitest'
import { hyperband } from '../../src/pruners/hyperband.ts'
import { patientPruner } from '../../src/pruners/patient.ts'
import { medianPruner, percentilePruner } from '../../src/pruners/percentile.ts'
import type { Pruner } from '../../src/pruners/pruner.ts'
import { successiveHalving } from '../../src/pruners/successive-halving.ts'
import { thresholdPruner } from '../../src/pruners/threshold.ts'
import { wilcoxonPruner } from '../../src/pruners/wilcoxon.ts'
import type { Direction } from '../../src/study/study-snapshot.ts'
import { golden } from '../support/golden.ts'
import { traceOf } from '../support/trials.ts'

const { curves, pruner_traces: traces } = golden<{
  curves: (number | string)[][]
  pruner_traces: Record<string, (number | null)[]>
}>('pruners')

/** The settings that the traces were recorded with. */
const PRUNERS: Record<string, [Pruner, Direction?]> = {
  median_default: [medianPruner()],
  median_warm3_int2: [medianPruner({ nWarmupSteps: 3, intervalSteps: 2 })],
  median_min4: [medianPruner({ nMinTrials: 4 })],
  median_max: [medianPruner(), 'maximize'],
  percentile25: [percentilePruner({ percentile: 25 })],
  sha_default: [successiveHalving()],
  sha_1_3: [successiveHalving({ minResource: 1, reductionFactor: 3 })],
  sha_2_2_1: [successiveHalving({ minResource: 2, reductionFactor: 2, minEarlyStoppingRate: 1 })],
  sha_boot: [successiveHalving({ minResource: 1, reductionFactor: 3, bootstrapCount: 3 })],
  hyperband_1_12_3: [hyperband({ minResource: 1, maxResource: 12, reductionFactor: 3 })],
  hyperband_auto: [hyperband()],
  patient2_median: [patientPruner({ wrapped: medianPruner(), patience: 2 })],
  patient_only: [patientPruner({ patience: 1, minDelta: 0.01 })],
  threshold: [thresholdPruner({ upper: 0.9, nWarmupSteps: 2 })],
  wilcoxon: [wilcoxonPruner()],
  'wilcoxon_.05_4': [wilcoxonPruner({ pThreshold: 0.05, nStartupSteps: 4 })],
}

describe('pruners stop the trials that Optuna 5.0.0 stopped, at the same steps', () => {
  it.each(Object.keys(traces))('%s', (name) => {
    const [pruner, direction = 'minimize'] = PRUNERS[name]!
    const values = curves.map((curve) => curve.map(Number))
    expect(traceOf(pruner, values, direction, 'trace')).toEqual(traces[name])
  })
})
