import fc from 'fast-check'
import type { ImageStatistics } from '../../src/statistics.ts'

type Aggregation = ImageStatistics['aggregation']

/** Numerators and denominators of one setting on one image. */
export interface Cell {
  recallHits: number
  recallTotal: number
  precisionHits: number
  precisionTotal: number
}

/** One-to-one matching: `hits` of `truths` found by `detections`. */
export function matched(hits: number, truths: number, detections: number): Cell {
  return { recallHits: hits, recallTotal: truths, precisionHits: hits, precisionTotal: detections }
}

/** Statistics from cells, `rows[setting][image]`. */
export function statistics(rows: readonly Cell[][], aggregation: Aggregation = 'micro'): ImageStatistics {
  const values = (name: keyof Cell) => Float64Array.from(rows.flat(), (cell) => cell[name])
  return {
    settings: rows.length,
    images: rows[0]?.length ?? 0,
    aggregation,
    recallHits: values('recallHits'),
    recallTotal: values('recallTotal'),
    precisionHits: values('precisionHits'),
    precisionTotal: values('precisionTotal'),
  }
}

/** The rows back again. */
export function cells(stats: ImageStatistics): Cell[][] {
  return Array.from({ length: stats.settings }, (_, setting) =>
    Array.from({ length: stats.images }, (_, image) => {
      const at = setting * stats.images + image
      return {
        recallHits: stats.recallHits[at]!,
        recallTotal: stats.recallTotal[at]!,
        precisionHits: stats.precisionHits[at]!,
        precisionTotal: stats.precisionTotal[at]!,
      }
    }),
  )
}

const counts = fc
  .tuple(fc.nat(12), fc.nat(6), fc.nat(6))
  .map(([hits, missed, extra]) => matched(hits, hits + missed, hits + extra))

// Partial credit: recall and precision have hits of their own, in thirds.
const fractions = fc
  .tuple(fc.nat(30), fc.nat(30), fc.nat(20), fc.nat(20))
  .map(([recall, precision, missed, extra]) => ({
    recallHits: recall / 3,
    recallTotal: (recall + missed) / 3,
    precisionHits: precision / 3,
    precisionTotal: (precision + extra) / 3,
  }))

/** A grid's statistics and a baseline's on the same images; settings share cells with the baseline, as grids do. */
export function arbitraryPair(
  options: { kind?: 'counts' | 'fractions'; aggregation?: Aggregation; minImages?: number } = {},
): fc.Arbitrary<{ stats: ImageStatistics; baseline: ImageStatistics }> {
  const { kind = 'counts', aggregation = 'micro', minImages = 1 } = options
  const cell = kind === 'counts' ? counts : fractions
  return fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: minImages, max: 12 }))
    .chain(([settings, images]) => {
      const row = fc.array(cell, { minLength: images, maxLength: images })
      const sparseRow = fc.array(fc.option(cell, { freq: 2 }), { minLength: images, maxLength: images })
      return fc
        .tuple(row, fc.array(sparseRow, { minLength: settings, maxLength: settings }))
        .map(([base, rows]) => ({
          baseline: statistics([base], aggregation),
          stats: statistics(
            rows.map((own) => own.map((changed, image) => changed ?? base[image]!)),
            aggregation,
          ),
        }))
    })
}
