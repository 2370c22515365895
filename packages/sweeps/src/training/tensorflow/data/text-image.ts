import { createRandom, type Random } from '@thresher/core'
import { type Camera, randomCamera, seen } from '../../../sample/camera.js'
import { addTexture, type Canvas, createCanvas } from '../../../sample/canvas.js'
import { between, chance, pick } from '../../../sample/draws.js'
import type { Point, Quad } from '../../../sample/point.js'
import { advanceOf, layReceipt, type Word } from '../../../sample/receipt.js'
import { drawSegment } from './draw-stroke.js'
import { hangulStrokes } from './hangul.js'
import { latinStrokes } from './latin.js'

/** A word of the ground truth, corners in whole pixels. */
export interface TextRegion {
  readonly quad: Quad
  readonly text: string
  /** Cut by the picture's edge: neither trained on nor scored. */
  readonly ignore: boolean
}

/** A grey picture of text, row by row, 0 black to 1 white, and what stands in it. */
export interface TextImage {
  readonly size: number
  readonly pixels: Float64Array
  readonly regions: readonly TextRegion[]
}

/** Pixels a unit of the paper, on which ordinary text is 11 to 16.5 high. */
const SCALE = 1.5

/**
 * Draws a square piece of a receipt on a desk: paper in uneven light, words in strokes of changing strength, rules,
 * stains. Words are laid out as the sample's are and seen by its camera; only operations that are exact in IEEE 754 are
 * used, so the same seed gives the same bits in every engine.
 *
 * @param size pixels a side
 */
export function drawTextImage(seed: number, size: number): TextImage {
  const random = createRandom(seed)
  const paper = { width: between(random, 250, 300), height: between(random, 400, 480) }
  const words = layReceipt(random, paper.width, paper.height)
  const camera = cropped(random, paper, pick(random, words), size)
  const canvas = createCanvas(size, size)
  drawGround(canvas, random, camera, paper)
  drawMarks(canvas, random)
  const ink = between(random, 0.55, 0.95)
  const weight = between(random, 0.045, 0.08)
  const regions: TextRegion[] = []
  for (const word of words) {
    const quad = rounded(seen(camera, word.left, word.top, word.width, word.height))
    if (!touches(quad, size)) continue
    // Printers run dry.
    drawWord(canvas, camera, word, chance(random, 0.1) ? 0.4 * ink : ink, weight)
    regions.push({ quad, text: word.text, ignore: !inside(quad, size) })
  }
  addTexture(canvas, random, 0.1, 0.04)
  return { size, pixels: canvas.data, regions }
}

/** The sample's camera, moved so that a word, not the middle of the paper, is near the middle of the picture. */
function cropped(random: Random, paper: { width: number; height: number }, word: Word, size: number): Camera {
  const camera = randomCamera(random, paper, { width: size, height: size })
  const centre = camera(
    word.left + word.width / 2 + (between(random, -0.3, 0.3) * size) / SCALE,
    word.top + word.height / 2 + (between(random, -0.3, 0.3) * size) / SCALE,
  )
  return (x, y) => {
    const point = camera(x, y)
    return { x: size / 2 + SCALE * (point.x - centre.x), y: size / 2 + SCALE * (point.y - centre.y) }
  }
}

/** Paper and desk, with light that falls off to one side. */
function drawGround(
  canvas: Canvas,
  random: Random,
  camera: Camera,
  paper: { width: number; height: number },
): void {
  const margin = between(random, 8, 24)
  const sheet = seen(camera, -margin, -margin, paper.width + 2 * margin, paper.height + 2 * margin)
  const [light, desk] = [between(random, 0.72, 0.95), between(random, 0.15, 0.6)]
  const [fallX, fallY] = [between(random, -0.25, 0.25), between(random, -0.25, 0.25)]
  const { width, height, data } = canvas
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shade = 1 + fallX * (x / width - 0.5) + fallY * (y / height - 0.5)
      data[y * width + x] = Math.min(1, (covers(sheet, x, y) ? light : desk) * shade)
    }
  }
}

/** Creases, rules and stains: dark, and no text. */
function drawMarks(canvas: Canvas, random: Random): void {
  const { width, height } = canvas
  const anywhere = (): Point => ({ x: random.next() * width, y: random.next() * height })
  for (let i = random.int(4); i > 0; i--) {
    drawSegment(canvas, anywhere(), anywhere(), between(random, 0.2, 1.2), between(random, 0.1, 0.5))
  }
  for (let i = random.int(4); i > 0; i--) {
    const at = anywhere()
    drawSegment(canvas, at, at, between(random, 2, 9), between(random, 0.1, 0.4))
  }
}

function drawWord(canvas: Canvas, camera: Camera, word: Word, ink: number, weight: number): void {
  let left = word.left
  for (const char of word.text) {
    const width = advanceOf(char) * word.height
    for (const stroke of hangulStrokes(char) ?? latinStrokes(char)) {
      let from: Point | undefined
      for (let i = 0; i < stroke.length; i += 2) {
        const to = camera(left + stroke[i]! * width, word.top + stroke[i + 1]! * word.height)
        if (from !== undefined) drawSegment(canvas, from, to, weight * word.height, ink)
        from = to
      }
    }
    left += width
  }
}

function covers(quad: Quad, x: number, y: number): boolean {
  return quad.every((a, i) => {
    const b = quad[(i + 1) % 4]!
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0
  })
}

function rounded(quad: Quad): Quad {
  const [a, b, c, d] = quad.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
  return [a!, b!, c!, d!]
}

function inside(quad: Quad, size: number): boolean {
  return quad.every(({ x, y }) => x >= 0 && y >= 0 && x < size && y < size)
}

/** Whether anything of the quad may be seen: its upright box meets the picture. */
function touches(quad: Quad, size: number): boolean {
  const [xs, ys] = [quad.map(({ x }) => x), quad.map(({ y }) => y)]
  return Math.max(...xs) > 0 && Math.max(...ys) > 0 && Math.min(...xs) < size && Math.min(...ys) < size
}
