import { describe, expect, it } from 'vitest'
import {
  type Backend,
  capabilities,
  type ProbabilityMap,
  packGroundTruth,
  postprocess,
  sweepImage,
} from '../src/index.js'

const { cuda } = capabilities()
const grid = {
  thresh: [0.2, 0.3, 0.45],
  boxThresh: [0.3, 0.6],
  unclipRatio: [1.5, 2],
  maxCandidates: [1000],
  minSize: [3],
}
const truth = packGroundTruth([{ points: [20, 10, 90, 10, 90, 30, 20, 30], ignore: false, text: 'a' }])

/** Blobs over faint noise, by a small generator of its own. */
function page(seed: number): ProbabilityMap {
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const [width, height] = [200, 120]
  const data = Float32Array.from({ length: width * height }, () => random() * 0.1)
  for (let blob = 0; blob < 12; blob++) {
    const [x0, y0, slope] = [random() * width, random() * height, random() - 0.5]
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const edge = Math.max(Math.abs(x - x0) / 25, Math.abs(y - y0 - slope * (x - x0)) / 6)
        const at = y * width + x
        data[at] = Math.max(data[at]!, 0.9 / (1 + Math.exp(6 * (edge - 1))))
      }
    }
  }
  return { data, width, height }
}

const boxes = (map: ProbabilityMap, backend: Backend) =>
  postprocess(map, { backend, boxThresh: 0.3, size: { width: 777, height: 333 } })
const sweep = (map: ProbabilityMap, backend: Backend) =>
  sweepImage(map, truth, grid, { backend, protocol: 'icdar2015' })

describe.skipIf(!cuda.usable)(`backend cuda (${cuda.reason || 'device found'})`, () => {
  it('gives the boxes and tallies of the CPU, many maps at once', async () => {
    const maps = Array.from({ length: 24 }, (_, i) => page(i + 1))
    const both = (work: (map: ProbabilityMap, backend: Backend) => Promise<object>) =>
      Promise.all((['cpu', 'cuda'] as const).map((name) => Promise.all(maps.map((map) => work(map, name)))))
    for (const work of [boxes, sweep]) {
      const [onCpu, onCuda] = await both(work)
      expect(onCuda).toEqual(onCpu)
    }
  })

  it.each([{ scoreMode: 'slow' }, { boxType: 'poly' }, { variant: 'mmocr' }] as const)(
    'gives the boxes of the CPU: %o',
    async (mode) => {
      const of = (backend: Backend) => postprocess(page(1), { ...mode, backend, boxThresh: 0.3 })
      expect(await of('cuda')).toEqual(await of('cpu'))
    },
  )
})

describe.skipIf(cuda.usable)('backend cuda without a usable device', () => {
  it('says why', async () => {
    for (const work of [boxes, sweep]) {
      await expect(work(page(1), 'cuda')).rejects.toMatchObject({
        code: 'DEVICE_FAILURE',
        message: cuda.reason,
      })
    }
  })
})

describe('backend', () => {
  it('is cpu or cuda', async () => {
    await expect(boxes(page(1), 'gpu' as Backend)).rejects.toThrow(/backend must be one of cpu, cuda/)
    await expect(sweep(page(1), 'gpu' as Backend)).rejects.toThrow(/backend must be one of cpu, cuda/)
  })
})
