import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCanvas, drawResponse } from '../../src/sample/canvas.js'
import type { Quad } from '../../src/sample/point.js'
import { shrinkDistance } from '../../src/sample/response.js'

function rectangle(x: number, y: number, width: number, height: number): Quad {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]
}

describe('shrinkDistance', () => {
  it('is A (1 - 0.4²) / L', () => {
    // 60 x 20: 1200 x 0.84 / 160.
    expect(shrinkDistance(rectangle(5, 7, 60, 20))).toBeCloseTo(6.3, 12)
    // The same turned by the 3-4-5 triangle.
    const turned: Quad = [
      { x: 0, y: 0 },
      { x: 48, y: 36 },
      { x: 36, y: 52 },
      { x: -12, y: 16 },
    ]
    expect(shrinkDistance(turned)).toBeCloseTo(6.3, 12)
  })
})

describe('drawResponse', () => {
  it('is full inside, half at the inset, nothing at the edge', () => {
    const canvas = createCanvas(80, 40)
    drawResponse(canvas, { quad: rectangle(10, 10, 60, 20), inset: 5, softness: 2, confidence: 0.8 })
    const at = (x: number, y: number) => canvas.data[y * 80 + x]
    expect(at(40, 20)).toBe(0.8)
    expect(at(40, 15)).toBe(0.4)
    expect(at(15, 20)).toBe(0.4)
    expect(at(65, 20)).toBe(0.4)
    expect(at(40, 25)).toBe(0.4)
    expect(at(40, 13)).toBe(0)
    expect(at(40, 10)).toBe(0)
  })

  it('does not depend on where the rectangle lies, and leaves stronger answers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 40 }), fc.integer({ min: -30, max: 30 }), (dx, dy) => {
        const draw = (x: number, y: number, canvas = createCanvas(60, 50)) => {
          drawResponse(canvas, { quad: rectangle(x, y, 30, 16), inset: 3, softness: 1.5, confidence: 0.5 })
          return canvas
        }
        const [here, there] = [draw(10, 10), draw(10 + dx, 10 + dy)]
        for (let y = 0; y < 50; y++) {
          for (let x = 0; x < 60; x++) {
            const [u, v] = [x + dx, y + dy]
            if (u >= 0 && u < 60 && v >= 0 && v < 50)
              expect(there.data[v * 60 + u]).toBe(here.data[y * 60 + x])
          }
        }
        const bright = createCanvas(60, 50)
        bright.data.fill(0.75)
        expect(draw(10 + dx, 10 + dy, bright).data.every((value) => value === 0.75)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('leaves a share where it dips', () => {
    const canvas = createCanvas(80, 40)
    const dip = { at: 0.5, share: 0.25 }
    drawResponse(canvas, { quad: rectangle(10, 10, 60, 20), inset: 5, softness: 2, confidence: 0.8, dip })
    expect(canvas.data[20 * 80 + 40]).toBeCloseTo(0.2, 12)
    expect(canvas.data[20 * 80 + 44]).toBe(0.8)
  })
})
