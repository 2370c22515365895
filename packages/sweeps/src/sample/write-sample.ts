import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { InputError } from '@thresher/core'
import { encodeMap, encodeRegions } from './encode.js'
import {
  isComplete,
  MANIFEST_NAME,
  type Manifest,
  manifestOf,
  manifestText,
  readManifest,
  SAMPLE_VERSION,
  type SampleFile,
} from './manifest.js'
import { drawSampleImage, SAMPLE_SIZE } from './sample-image.js'

export interface SampleOptions {
  /** How many receipts; 24 where absent, at most 999. */
  images?: number | undefined
  /** From 0 to 2^32 - 1; 1 where absent. */
  seed?: number | undefined
}

export interface SampleRun {
  signal?: AbortSignal | undefined
  /** Called after each receipt. */
  onProgress?: ((done: number, total: number) => void) | undefined
}

/** Where the parts of a sample are. */
export interface Sample {
  folder: string
  /** Folder of probability maps, `.npy`, float16. */
  maps: string
  /** Folder of ICDAR ground truth. */
  groundTruth: string
  index: string
  images: number
}

const DEFAULTS = { images: 24, seed: 1 } as const

/**
 * Makes sure that `folder` holds the sample: synthetic receipts as ground truth, and what a detector would answer to
 * them as probability maps. What is there and complete stays; what is not is made, in a second or two.
 *
 * @throws InputError where the folder holds something else.
 */
export async function ensureSample(
  folder: string,
  options: SampleOptions = {},
  run: SampleRun = {},
): Promise<Sample> {
  const { images, seed } = checked(options)
  const found = await readManifest(folder)
  const current = found?.version === SAMPLE_VERSION && found.images === images && found.seed === seed
  if (current && (await isComplete(folder, found))) return describe(folder, images)
  return writeSample(folder, options, run)
}

/**
 * Makes the sample in `folder`, whether or not an earlier one is there. The same options give the same bytes.
 *
 * It is made beside the folder and moved in when complete, so that a run that was stopped leaves nothing behind. Files
 * that are not the sample's stay where they are.
 *
 * @throws InputError where the folder holds something else.
 */
export async function writeSample(
  folder: string,
  options: SampleOptions = {},
  run: SampleRun = {},
): Promise<Sample> {
  const { images, seed } = checked(options)
  const earlier = await claim(folder)
  const target = resolve(folder)
  const draft = await guarded(folder, async () => {
    await mkdir(dirname(target), { recursive: true })
    return mkdtemp(`${target}.making-`)
  })
  try {
    const files: Manifest['files'] = []
    for await (const file of sampleFiles(images, seed, run)) {
      await guarded(folder, async () => {
        await mkdir(dirname(join(draft, file.path)), { recursive: true })
        await writeFile(join(draft, file.path), file.bytes)
      })
      files.push({ path: file.path, bytes: file.bytes.length })
    }
    const manifest = manifestOf(seed, images, files)
    await guarded(folder, () =>
      earlier === undefined ? place(target, draft, manifest) : replace(target, draft, earlier, manifest),
    )
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return describe(folder, images)
}

/** The manifest of an earlier sample; undefined where the folder is free. */
async function claim(folder: string): Promise<Manifest | undefined> {
  const earlier = await readManifest(folder)
  if (earlier !== undefined) return earlier
  const items = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new InputError(`${folder}: not a folder that can be written (${error.code}). Give another one.`)
  })
  if (items.length > 0) {
    throw new InputError(
      `${folder}: holds something other than the sample. Give a new folder, or empty this one.`,
    )
  }
  return undefined
}

/** Moves a finished sample to where nothing was; where another run was faster with the same, that one stays. */
async function place(target: string, draft: string, manifest: Manifest): Promise<void> {
  await writeFile(join(draft, MANIFEST_NAME), manifestText(manifest))
  try {
    await rename(draft, target)
  } catch (error) {
    const found = await readManifest(target)
    const same = found !== undefined && manifestText(found) === manifestText(manifest)
    if (!same || !(await isComplete(target, found))) throw error
  }
}

/**
 * Moves a finished sample over an earlier one, file by file. While that lasts the manifest lists the files of both, so
 * that an interrupted move is seen as incomplete and still as ours.
 */
async function replace(target: string, draft: string, earlier: Manifest, manifest: Manifest): Promise<void> {
  const kept = new Set(manifest.files.map((file) => file.path))
  const stale = earlier.files.filter((file) => !kept.has(file.path))
  await writeManifest(target, draft, { ...manifest, files: [...manifest.files, ...stale] })
  for (const { path } of stale) await rm(join(target, path), { force: true })
  for (const { path } of manifest.files) {
    await mkdir(dirname(join(target, path)), { recursive: true })
    await rename(join(draft, path), join(target, path))
  }
  await writeManifest(target, draft, manifest)
}

async function writeManifest(target: string, draft: string, manifest: Manifest): Promise<void> {
  await writeFile(join(draft, MANIFEST_NAME), manifestText(manifest))
  await rename(join(draft, MANIFEST_NAME), join(target, MANIFEST_NAME))
}

async function* sampleFiles(
  images: number,
  seed: number,
  { signal, onProgress }: SampleRun,
): AsyncGenerator<SampleFile> {
  const index: { image: string; width: number; height: number }[] = []
  for (let i = 0; i < images; i++) {
    // Drawing takes the thread; let progress be shown and interrupts be heard between receipts.
    await setImmediate()
    signal?.throwIfAborted()
    const image = `receipt_${String(i + 1).padStart(2, '0')}`
    const { map, regions } = drawSampleImage(imageSeed(seed, i))
    index.push({ image, ...SAMPLE_SIZE })
    yield { path: `maps/${image}.npy`, bytes: encodeMap(map) }
    yield { path: `gt/gt_${image}.txt`, bytes: encodeRegions(regions) }
    onProgress?.(i + 1, images)
  }
  const lines = index.map((entry) => ` ${JSON.stringify(entry)}`).join(',\n')
  yield { path: 'index.json', bytes: Buffer.from(`[\n${lines}\n]\n`) }
  yield { path: 'README.md', bytes: Buffer.from(readme(images, seed)) }
}

/** A stream of its own for every receipt: the first ten are the same in samples of ten and of twenty. */
function imageSeed(seed: number, image: number): number {
  return (Math.imul(seed, 0x9e3779b1) + Math.imul(image + 1, 0x85ebca6b)) >>> 0
}

async function guarded<T>(folder: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new InputError(`${folder}: cannot be written (${error.code}). Give a folder that can.`, {
      cause: error,
    })
  }
}

function readme(images: number, seed: number): string {
  return `${images} synthetic receipts (maps/, gt/, index.json) from the sample generator of Thresher, version ${SAMPLE_VERSION}, seed ${seed}; free to use. Made anew when incomplete: change a copy.\n`
}

function describe(folder: string, images: number): Sample {
  return {
    folder,
    maps: join(folder, 'maps'),
    groundTruth: join(folder, 'gt'),
    index: join(folder, 'index.json'),
    images,
  }
}

function checked({ images = DEFAULTS.images, seed = DEFAULTS.seed }: SampleOptions): {
  images: number
  seed: number
} {
  if (!Number.isInteger(images) || images < 1 || images > 999) {
    throw new InputError(`A sample of ${images} images: give a whole number from 1 to 999.`)
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new InputError(`Sample seed ${seed}: give a whole number from 0 to 4294967295.`)
  }
  return { images, seed }
}
