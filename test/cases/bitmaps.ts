import { between, pick, type Random, uniform } from './random.js'

/** A binary image, row-major, 1 = foreground. */
export interface Bitmap {
  pixels: Uint8Array
  width: number
  height: number
}

type Pattern = (random: Random, width: number, height: number) => Bitmap

/** Shapes that border following, hulls, fills and offsets get wrong first. Each draws one image of the given size. */
export const PATTERNS = {
  empty: (_, width, height) => drawn(width, height, () => false),
  full: (_, width, height) => drawn(width, height, () => true),
  'sparse noise': (random, width, height) => noise(random, width, height, 0.08),
  'half noise': (random, width, height) => noise(random, width, height, 0.45),
  'dense noise': (random, width, height) => noise(random, width, height, 0.85),
  blobs: (random, width, height) => blobs(random, width, height),
  'coarse noise': (random, width, height) => coarseNoise(random, width, height),
  'nested holes': (random, width, height) => nestedHoles(random, width, height),
  'thin necks': (random, width, height) => thinNecks(random, width, height),
  frame: (_, width, height) =>
    drawn(width, height, (x, y) => x === 0 || y === 0 || x === width - 1 || y === height - 1),
  'single pixels': (_, width, height) => drawn(width, height, (x, y) => x % 3 === 0 && y % 3 === 0),
  checkerboard: (_, width, height) => drawn(width, height, (x, y) => (x + y) % 2 === 0),
  lines: (random, width, height) => lines(random, width, height),
  spiral: (_, width, height) => spiral(width, height),
  comb: (random, width, height) => comb(random, width, height),
  diamonds: (random, width, height) => diamonds(random, width, height),
  'slanted bars': (random, width, height) => slantedBars(random, width, height),
  coastline: (random, width, height) => coastline(random, width, height),
} satisfies Record<string, Pattern>

type PatternName = keyof typeof PATTERNS
export const PATTERN_NAMES = Object.keys(PATTERNS) as PatternName[]

function drawn(width: number, height: number, inside: (x: number, y: number) => boolean): Bitmap {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
    inside(i % width, Math.floor(i / width)) ? 1 : 0,
  )
  return { pixels, width, height }
}

function noise(random: Random, width: number, height: number, density: number): Bitmap {
  return drawn(width, height, () => random.next() < density)
}

function coarseNoise(random: Random, width: number, height: number): Bitmap {
  const cell = between(random, 2, 6)
  const columns = Math.ceil(width / cell)
  const cells = noise(random, columns, Math.ceil(height / cell), 0.55)
  const fringe = noise(random, width, height, 0.06)
  return drawn(width, height, (x, y) => {
    const solid = cells.pixels[Math.floor(y / cell) * columns + Math.floor(x / cell)]!
    return (solid ^ fringe.pixels[y * width + x]!) === 1
  })
}

function blobs(random: Random, width: number, height: number): Bitmap {
  const discs = Array.from({ length: between(random, 1, 8) }, () => ({
    x: random.int(width),
    y: random.int(height),
    rx: uniform(random, 0.5, width / 3 + 1),
    ry: uniform(random, 0.5, height / 4 + 1),
  }))
  return drawn(width, height, (x, y) =>
    discs.some((disc) => ((x - disc.x) / disc.rx) ** 2 + ((y - disc.y) / disc.ry) ** 2 <= 1),
  )
}

function nestedHoles(random: Random, width: number, height: number): Bitmap {
  const step = between(random, 1, 3)
  const gap = between(random, 1, 3)
  return drawn(width, height, (x, y) => {
    const depth = Math.min(x, y, width - 1 - x, height - 1 - y)
    return depth % (step + gap) < step
  })
}

function thinNecks(random: Random, width: number, height: number): Bitmap {
  const period = between(random, 4, 9)
  const neck = random.int(period)
  const diagonal = random.next() < 0.5
  return drawn(width, height, (x, y) => {
    const column = x % period
    if (column < period - 2) return y % (period + 2) < period - 1
    return diagonal ? (x + y) % period === neck : y % (period + 2) === neck
  })
}

/** One-pixel lines with slopes that make long collinear runs, crossing each other. */
function lines(random: Random, width: number, height: number): Bitmap {
  const slopes = Array.from({ length: between(random, 1, 6) }, () => ({
    slope: pick(random, [0, 1, -1, 0.5, -0.5, 2, 1 / 3, uniform(random, -2, 2)]),
    offset: uniform(random, -width, height),
    vertical: random.next() < 0.2,
  }))
  return drawn(width, height, (x, y) =>
    slopes.some(({ slope, offset, vertical }) =>
      vertical ? x === Math.abs(Math.round(offset)) % width : y === Math.round(slope * x + offset),
    ),
  )
}

/** A one-pixel arm wound inward with a one-pixel gap. */
function spiral(width: number, height: number): Bitmap {
  const image = drawn(width, height, () => false)
  const set = (x: number, y: number) => {
    image.pixels[y * width + x] = 1
  }
  let [left, top, right, bottom] = [0, 0, width - 1, height - 1]
  while (left <= right && top <= bottom) {
    for (let x = Math.max(left - 2, 0); x <= right; x++) set(x, top)
    for (let y = top; y <= bottom; y++) set(right, y)
    for (let x = right; x >= left; x--) set(x, bottom)
    for (let y = bottom; y >= Math.min(top + 2, bottom); y--) set(left, y)
    left += 2
    top += 2
    right -= 2
    bottom -= 2
  }
  return image
}

function comb(random: Random, width: number, height: number): Bitmap {
  const period = between(random, 2, 5)
  const spine = between(random, 1, 3)
  const depths = Array.from({ length: width }, () => random.int(height))
  return drawn(width, height, (x, y) => y < spine || (x % period === 0 && y <= depths[x]!))
}

/** Squares on their corner: their least rectangles are all at 45 degrees, corners at halves. */
function diamonds(random: Random, width: number, height: number): Bitmap {
  const period = between(random, 6, 17)
  const radius = between(random, 1, Math.floor(period / 2))
  return drawn(
    width,
    height,
    (x, y) => Math.abs((x % period) - period / 2) + Math.abs((y % period) - period / 2) <= radius,
  )
}

function slantedBars(random: Random, width: number, height: number): Bitmap {
  const angle = uniform(random, 0, Math.PI)
  const period = uniform(random, 4, 14)
  const thickness = uniform(random, 1, period - 1.5)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const cut = uniform(random, 10, 60)
  return drawn(width, height, (x, y) => {
    const across = (((x * cos + y * sin) % period) + period) % period
    const along = (((y * cos - x * sin) % cut) + cut) % cut
    return across < thickness && along < cut - 3
  })
}

/** One island whose shore bends in long and short waves, with a lake of the same kind in every other image. */
function coastline(random: Random, width: number, height: number): Bitmap {
  const shore = waves(random)
  const lake = random.next() < 0.5 ? waves(random) : () => -1
  return drawn(width, height, (x, y) => {
    const [dx, dy] = [(2 * x) / width - 1, (2 * y) / height - 1]
    const angle = Math.atan2(dy, dx)
    const reach = Math.hypot(dx, dy)
    return reach <= shore(angle) && reach > lake(angle) - 0.35
  })
}

/** A distance from the centre for each direction, around 0.75. */
function waves(random: Random): (angle: number) => number {
  const parts = [1, 2, 3, 5, 9].map((count) => ({
    count,
    height: uniform(random, 0, 0.12 / Math.sqrt(count)),
    phase: uniform(random, 0, 2 * Math.PI),
  }))
  return (angle) =>
    parts.reduce((sum, { count, height, phase }) => sum + height * Math.cos(count * angle + phase), 0.75)
}
