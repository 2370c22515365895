import { createRandom, type Random } from '@thresher/core'
import { type Camera, randomCamera, seen } from './camera.js'
import { addTexture, type Canvas, createCanvas, drawBlob, drawResponse } from './canvas.js'
import { between, chance, pick } from './draws.js'
import { length, type Quad } from './point.js'
import { layReceipt, type Word } from './receipt.js'
import { respond, respondToSmudge } from './response.js'

/** Size of the sample's pictures and maps in pixels. */
export const SAMPLE_SIZE = { width: 480, height: 640 } as const

/** A region of the ground truth, corners in whole pixels. */
export interface SampleRegion {
  quad: Quad
  text: string
}

export interface SampleImage {
  regions: SampleRegion[]
  map: Canvas
}

const DONT_CARE = '###'

/** Draws one receipt: its ground truth, and what a detector would answer to it. The same seed gives the same bits. */
export function drawSampleImage(seed: number): SampleImage {
  const random = createRandom(seed)
  const paper = { width: between(random, 330, 400), height: between(random, 540, 590) }
  const camera = randomCamera(random, paper, SAMPLE_SIZE)
  const words = layReceipt(random, paper.width, paper.height)
  const map = createCanvas(SAMPLE_SIZE.width, SAMPLE_SIZE.height)
  drawClutter(map, random, camera, paper)
  const regions = words.map((word): SampleRegion => {
    const quad = seen(camera, word.left, word.top, word.width, word.height)
    const response = respond(random, quad, length(quad[3].x - quad[0].x, quad[3].y - quad[0].y))
    if (response !== undefined) drawResponse(map, response)
    return { quad, text: word.text }
  })
  drawBridges(map, random, camera, words)
  regions.push(...drawSmudges(map, random, camera, paper))
  addTexture(map, random, 0.16, 0.03)
  return { regions: regions.map(rounded).filter(inPicture), map }
}

/** Between neighbours in a line the answer does not always fall to nothing. */
function drawBridges(map: Canvas, random: Random, camera: Camera, words: readonly Word[]): void {
  for (const [i, word] of words.entries()) {
    const next = words[i + 1]
    const gap = next === undefined || next.line !== word.line ? 0 : next.left - word.left - word.width
    if (gap <= 0 || gap > word.height || !chance(random, 0.5)) continue
    const middle = camera(word.left + word.width + gap / 2, word.top + word.height / 2)
    drawBlob(
      map,
      middle.x,
      middle.y,
      gap / 2 + 0.7 * word.height,
      0.35 * word.height,
      between(random, 0.08, 0.37),
    )
  }
}

/** Folds, logos and barcodes that look a little like text. */
function drawClutter(
  map: Canvas,
  random: Random,
  camera: Camera,
  paper: { width: number; height: number },
): void {
  const count = 12 + random.int(10)
  for (let i = 0; i < count; i++) {
    // Mostly where no text is: between names and prices, or beside the paper.
    const clear = pick(random, [
      between(random, 0.5, 0.78),
      between(random, -0.06, -0.02),
      between(random, 1.02, 1.06),
    ])
    const across = chance(random, 0.2) ? random.next() : clear
    const { x, y } = camera(across * paper.width, between(random, -10, paper.height + 10))
    const ry = between(random, 2, 6)
    drawBlob(map, x, y, ry * between(random, 1, 5), ry, between(random, 0.25, 0.85))
  }
}

function drawSmudges(
  map: Canvas,
  random: Random,
  camera: Camera,
  paper: { width: number; height: number },
): SampleRegion[] {
  return Array.from({ length: 1 + random.int(4) }, () => {
    // Between names and prices there is room.
    const [width, height] = [between(random, 20, 60), between(random, 9, 16)]
    const [left, top] = [paper.width * between(random, 0.52, 0.66), paper.height * between(random, 0.18, 0.8)]
    const quad = seen(camera, left, top, width, height)
    const response = respondToSmudge(random, quad, height)
    if (response !== undefined) drawResponse(map, response)
    return { quad, text: DONT_CARE }
  })
}

function rounded({ quad, text }: SampleRegion): SampleRegion {
  const [a, b, c, d] = quad.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
  return { quad: [a!, b!, c!, d!], text }
}

function inPicture({ quad }: SampleRegion): boolean {
  return quad.every(({ x, y }) => x >= 0 && y >= 0 && x < SAMPLE_SIZE.width && y < SAMPLE_SIZE.height)
}
