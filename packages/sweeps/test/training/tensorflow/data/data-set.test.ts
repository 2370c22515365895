import { describe, expect, it } from 'vitest'
import { shuffled } from '../../../../src/training/tensorflow/data/batches.js'
import { createDataSet } from '../../../../src/training/tensorflow/data/data-set.js'

describe('createDataSet', () => {
  const data = createDataSet({ images: 4, validationImages: 3, imageSize: 64 })

  it('draws the same pictures every time, and the same first ones in a larger set', () => {
    const larger = createDataSet({ images: 6, validationImages: 3, imageSize: 64 })
    expect(larger.training.slice(0, 4).map(({ pixels }) => pixels)).toEqual(
      data.training.map(({ pixels }) => pixels),
    )
    expect(larger.validation.map(({ regions }) => regions)).toEqual(
      data.validation.map(({ regions }) => regions),
    )
  })

  it('shows training no picture of the validation', () => {
    const seen = new Set(data.training.map(({ pixels }) => pixels.join()))
    expect(data.validation.filter(({ pixels }) => seen.has(pixels.join()))).toEqual([])
  })

  it('draws words darker than what surrounds them, where it says they are', () => {
    const { validation } = createDataSet({ images: 1, validationImages: 12, imageSize: 128 })
    let words = 0
    for (const { pixels, regions } of validation) {
      for (const { quad, ignore } of regions.filter(({ ignore }) => !ignore)) {
        const xs = quad.map(({ x }) => x)
        const ys = quad.map(({ y }) => y)
        let [dark, light] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
        for (let y = Math.min(...ys); y <= Math.max(...ys); y++) {
          for (let x = Math.min(...xs); x <= Math.max(...xs); x++) {
            dark = Math.min(dark, pixels[y * 128 + x]!)
            light = Math.max(light, pixels[y * 128 + x]!)
          }
        }
        expect(ignore).toBe(false)
        // Pixels are 4 times as far apart as grey levels; the faintest ink takes a fifth of the light.
        expect(light - dark).toBeGreaterThan(0.4)
        words++
      }
    }
    expect(words).toBeGreaterThan(12)
  })
})

describe('shuffled', () => {
  it('is an order of all that seed and epoch fix', () => {
    const items = Array.from({ length: 20 }, (_, i) => i)
    const order = shuffled(items, 7, 3)
    expect(order.toSorted((a, b) => a - b)).toEqual(items)
    expect(shuffled(items, 7, 3)).toEqual(order)
    expect(shuffled(items, 7, 4)).not.toEqual(order)
    expect(shuffled(items, 8, 3)).not.toEqual(order)
  })
})
