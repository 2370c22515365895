import type { CliContext, Services } from '../../src/context.js'
import { type FakeSweepOptions, fakeSweep } from './fake-sweep.js'

/** Collects what is written to it. */
export class Sink {
  text = ''
  readonly isTTY = false
  readonly columns = undefined
  readonly rows = undefined

  write(chunk: string): boolean {
    this.text += chunk
    return true
  }

  once(): this {
    return this
  }

  removeListener(): this {
    return this
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1)
  }
}

export interface FakeContext extends CliContext {
  readonly out: Sink
  readonly err: Sink
  readonly interrupts: AbortController
}

/** A context whose data and native code are made up. */
export function fakeContext(overrides: Partial<CliContext> = {}, sweep: FakeSweepOptions = {}): FakeContext {
  const out = new Sink()
  const err = new Sink()
  const interrupts = new AbortController()
  return {
    out,
    err,
    interrupts,
    stdin: { isTTY: false } as NodeJS.ReadStream,
    stdout: out,
    stderr: err,
    env: { LANG: 'C.UTF-8' },
    services: fakeServices(sweep),
    interrupt: interrupts.signal,
    now: () => performance.now(),
    today: () => Date.now(),
    ...overrides,
  }
}

/** Stand-ins for the packages that read files and run native code. */
function fakeServices(sweep: FakeSweepOptions = {}): Services {
  const entries = Array.from({ length: sweep.images ?? 12 }, (_, i) => ({
    image: `img_${i + 1}`,
    file: `maps/img_${i + 1}.npy`,
    place: '',
    width: 64,
    height: 64,
  }))
  const cuda = {
    compiled: false,
    toolkit: '',
    driver: '',
    devices: [],
    usable: false,
    reason: 'built without CUDA',
  }
  const native = {
    capabilities: () => ({ version: '0.1.0', cuda }),
    async postprocess(map: { width: number }) {
      // The first map takes longest, so that order cannot come by itself.
      await new Promise((resolve) => setTimeout(resolve, 20 - map.width))
      return { points: new Float64Array(8), offsets: Uint32Array.of(0, 4), scores: Float64Array.of(1) }
    },
  }
  const sweeps = {
    readIndex: async () => [],
    parseSize: () => ({ width: 1280, height: 720 }),
    openMaps: async () => ({
      entries,
      async *read({ signal }: { signal?: AbortSignal } = {}) {
        for (const [i, entry] of entries.entries()) {
          signal?.throwIfAborted()
          yield { entry, map: { data: new Float32Array(1), width: i + 1, height: 1 } }
        }
      },
    }),
    imageSizes: () => new Map(),
    readPolygons: async (path: string) => ({ path, format: 'icdar', images: new Map() }),
    boxesLine: (image: string) => JSON.stringify({ image, boxes: [], scores: [] }),
    sweepThresholds: fakeSweep(sweep),
    ensureSample: async (folder: string) => sampleIn(folder),
    writeSample: async (folder: string) => sampleIn(folder),
  }
  return {
    native: async () => native as unknown as typeof import('@thresher/native'),
    sweeps: async () => sweeps as unknown as typeof import('@thresher/sweeps'),
  }
}

function sampleIn(folder: string) {
  return {
    folder,
    maps: `${folder}/maps`,
    groundTruth: `${folder}/gt`,
    index: `${folder}/index.json`,
    images: 24,
  }
}
