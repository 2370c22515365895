import type { Protocol } from '@thresher/native'
import { between, createRandom, pick, type Random, uniform } from './random.js'

/** A polygon as x0, y0, x1, y1, ... */
type Flat = number[]

/** Ground truth and detections of one image. */
export interface ScoringCase {
  name: string
  protocol: Protocol
  gt: Flat[]
  ignore: boolean[]
  det: Flat[]
}

type Grain = 'integer' | 'quarter' | 'real'

/**
 * Random images: detections are ground truth moved, stretched, halved or doubled, so that overlaps lie around one
 * half, many exactly on it where corners lie on a grid. Under `iou` some polygons are degenerate or cross themselves;
 * under `icdar2015` all have integer corners.
 */
export function* scoringCases(protocol: Protocol, firstSeed: number, count: number): Generator<ScoringCase> {
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const random = createRandom(seed)
    const grain = protocol === 'icdar2015' ? 'integer' : pick(random, ['integer', 'quarter', 'real'] as const)
    const spoil = protocol === 'iou' ? pick(random, [0, 0.1, 0.5]) : 0
    const damaged = (polygon: Flat) => (random.next() < spoil ? damage(random, polygon, grain) : polygon)
    const truths = Array.from({ length: random.int(9) }, () => shape(random, grain))
    const found = truths.flatMap((polygon) => detectionsOf(random, polygon, grain))
    if (random.next() < 0.3) found.push(shape(random, grain))
    yield {
      name: `${protocol}, ${grain} corners, seed ${seed}`,
      protocol,
      gt: truths.map(damaged),
      ignore: truths.map(() => random.next() < 0.3),
      det: found.map(damaged),
    }
  }
}

function shape(random: Random, grain: Grain): Flat {
  const snap = snapper(grain)
  const [x, y] = [snap(uniform(random, -5, 60)), snap(uniform(random, -5, 40))]
  const [width, height] = [
    Math.max(1, snap(uniform(random, 1, 30))),
    Math.max(1, snap(uniform(random, 1, 12))),
  ]
  switch (random.int(4)) {
    case 0:
      return rectangle(x, y, width, height)
    case 1:
      return [x, y - height, x + width, y, x, y + height, x - width, y]
    case 2:
      return around(random, x, y, width / 2 + 3, height / 2 + 3, 4).map(snap)
    default:
      return around(random, x, y, width / 2 + 4, height / 2 + 4, between(random, 5, 12)).map(snap)
  }
}

function rectangle(x: number, y: number, width: number, height: number): Flat {
  return [x, y, x + width, y, x + width, y + height, x, y + height]
}

/** A star-shaped polygon around a centre. */
function around(random: Random, x: number, y: number, rx: number, ry: number, corners: number): Flat {
  const turn = uniform(random, 0, 2 * Math.PI)
  return Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners
    const reach = uniform(random, 0.6, 1.2)
    return [x + rx * reach * Math.cos(angle), y + ry * reach * Math.sin(angle)]
  }).flat()
}

function detectionsOf(random: Random, polygon: Flat, grain: Grain): Flat[] {
  const snap = snapper(grain)
  const xs = polygon.filter((_, i) => i % 2 === 0)
  const left = Math.min(...xs)
  const width = Math.max(...xs) - left
  switch (random.int(7)) {
    case 0:
      return []
    case 1:
      return [polygon, polygon.slice()]
    case 2:
      return [stretched(polygon, left, grain === 'real' ? uniform(random, 1.5, 2.5) : 2)]
    case 3:
      return [stretched(polygon, left, grain === 'real' ? uniform(random, 0.4, 0.6) : 0.5).map(snap)]
    case 4: {
      const shift = snap(grain === 'real' ? uniform(random, 0.2, 0.45) * width : width / 3)
      return [polygon.map((value, i) => (i % 2 === 0 ? value + shift : value))]
    }
    case 5:
      return [rotatedStart(polygon.map((value) => value + snap(random.normal())))]
    default:
      return [polygon.map((value) => snap(value + random.normal() * 1.5)), shape(random, grain)]
  }
}

function stretched(polygon: Flat, left: number, factor: number): Flat {
  return polygon.map((value, i) => (i % 2 === 0 ? left + (value - left) * factor : value))
}

function rotatedStart(polygon: Flat): Flat {
  return [...polygon.slice(2), ...polygon.slice(0, 2)]
}

/** The same polygon made degenerate, self-touching, self-crossing, or only oddly written. */
function damage(random: Random, polygon: Flat, grain: Grain): Flat {
  const corner = () => 2 * random.int(polygon.length / 2)
  const [a, b] = [corner(), corner()]
  const pointA = polygon.slice(a, a + 2)
  const pointB = polygon.slice(b, b + 2)
  const middle = pointA.map((value, i) => snapper(grain)((value + pointB[i]!) / 2))
  const spike = pointA.map((value) => value + between(random, -9, 9))
  switch (random.int(9)) {
    case 0:
      return polygon.toSpliced(a, 2, ...pointB).toSpliced(b, 2, ...pointA)
    case 1:
      return polygon.toSpliced(a, 0, ...pointA)
    case 2:
      return [...polygon, ...polygon.slice(0, 2)]
    case 3:
      return polygon.toSpliced(a, 0, ...pointB)
    case 4:
      return polygon.toSpliced(a, 0, ...pointA, ...spike)
    case 5:
      return polygon.map((value, i) => (i % 2 === 0 ? value : polygon[1]!))
    case 6:
      return polygon.map((_, i) => polygon[i % 2]!)
    case 7:
      return polygon.toSpliced(a, 0, ...middle)
    default:
      return polygon.slice(0, pick(random, [2, 4, 6]))
  }
}

function snapper(grain: Grain): (value: number) => number {
  if (grain === 'integer') return Math.round
  return grain === 'quarter' ? (value) => Math.round(value * 4) / 4 : (value) => value
}
