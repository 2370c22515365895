// The maps that grids are timed on, brought into the form that the native benchmark and the Python reference read.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, run, succeeds } from './run.mjs'

export const PYTHON = '/usr/bin/python3'
const shared = resolve(process.env.THRESHER_SHARED ?? join(root, '..', 'shared'))

const DRAWN = [
  {
    name: 'documents',
    title: 'dense documents, 1024 x 1024',
    groundTruth: 'kr_documents_30.zip',
    sizes: ['--width', '1024', '--height', '1024'],
  },
  {
    name: 'scenes',
    title: 'scene text, 736 x 1280',
    groundTruth: 'icdar2015_test_1_200.zip',
    // The pictures are 1280 x 720; a detector takes multiples of 32.
    sizes: ['--width', '1280', '--height', '736', '--source-width', '1280', '--source-height', '720'],
  },
]

/**
 * Folders of maps with titles: maps drawn from real ground truth, and a real network's maps, where they lie beside the
 * repository; else, said aloud, the project's own sample. Made once, in `folder`.
 */
export async function benchData(folder, count) {
  const sweeps = await import(pathToFileURL(join(root, 'packages', 'sweeps', 'dist', 'index.js')).href)
  const sets = []
  for (const set of DRAWN) {
    const data = await drawn(sweeps, folder, set, count)
    if (data) sets.push({ title: set.title, folder: data })
  }
  const real = await realMaps(sweeps, folder)
  if (real) sets.push({ title: "a real network's maps of photographs", folder: real })
  if (sets.length === DRAWN.length + 1) return sets
  console.log(
    'Of dense documents, scene text and real maps, those without a table are absent: the data beside the repository, or ' +
      `${PYTHON} with numpy, cv2, pyclipper and shapely, is not there. The project's own sample stands in for them.`,
  )
  return [...sets, { title: 'sample receipts, 640 x 480', folder: await sampleMaps(sweeps, folder, count) }]
}

async function drawn(sweeps, folder, { name, groundTruth, sizes }, count) {
  const tool = join(shared, 'tools', 'make_maps.py')
  const gt = join(shared, 'data', 'gt', groundTruth)
  const modules = 'import numpy, cv2, pyclipper, shapely'
  if (!existsSync(tool) || !existsSync(gt) || !succeeds(PYTHON, ['-c', modules])) return undefined
  return prepared(join(folder, `${name}-${count}`), async (draft) => {
    const raw = join(draft, 'raw')
    mkdirSync(raw)
    run(PYTHON, [tool, gt, raw, '--count', String(count), ...sizes], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await convert(sweeps, draft, [join(raw, 'maps.npy')], join(raw, 'index.json'), [join(raw, 'gt')])
    rmSync(raw, { recursive: true })
  })
}

async function realMaps(sweeps, folder) {
  const maps = join(shared, 'data', 'maps')
  const gt = join(shared, 'data', 'gt')
  if (!existsSync(join(maps, 'index.json'))) return undefined
  const truths = [join(gt, DRAWN[1].groundTruth), join(gt, 'receipts')].filter(existsSync)
  return prepared(join(folder, 'real'), (draft) =>
    convert(sweeps, draft, [maps], join(maps, 'index.json'), truths, (image) =>
      image.replace(/^ic_/, 'img_'),
    ),
  )
}

async function sampleMaps(sweeps, folder, count) {
  const sample = await sweeps.ensureSample(join(folder, 'receipts'), { images: count })
  return prepared(join(folder, `sample-${count}`), (draft) =>
    convert(sweeps, draft, [sample.maps], sample.index, [sample.groundTruth]),
  )
}

/** What `make` writes, made beside its place and moved there when it is whole. */
async function prepared(place, make) {
  if (existsSync(place)) return place
  const draft = `${place}.making`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(join(draft, 'maps'), { recursive: true })
  await make(draft)
  renameSync(draft, place)
  return place
}

/** Writes the maps and images.txt as native/bench/grid/grid_data.hpp says. */
async function convert(sweeps, out, paths, index, truths, nameOf = (image) => image) {
  const { openMaps, readIndex, imageSizes, readPolygons } = sweeps
  const maps = await openMaps(paths, { index: await readIndex(index) })
  const sizes = imageSizes(maps.entries, await readIndex(index))
  const objects = new Map()
  for (const truth of truths) {
    for (const [image, found] of (await readPolygons(truth)).images) objects.set(image, found)
  }
  const lines = []
  for await (const { entry, map } of maps.read()) {
    writeFileSync(join(out, 'maps', `${lines.length}.npy`), npy(map))
    const { width, height } = sizes.get(entry.image) ?? map
    const found = objects.get(nameOf(entry.image))
    const polygons = (found ?? []).map(({ ignore, points }) =>
      [Number(ignore), points.length / 2, ...points].join(' '),
    )
    lines.push([`${width} ${height} ${found ? found.length : -1}`, ...polygons].join('\n'))
  }
  writeFileSync(join(out, 'images.txt'), `${lines.join('\n')}\n`)
}

function npy({ data, width, height }) {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${height}, ${width}), }`
  const header = `${dictionary.padEnd(64 * Math.ceil((dictionary.length + 11) / 64) - 11)}\n`
  const head = Buffer.from(`\x93NUMPY\x01\x00..${header}`, 'latin1')
  head.writeUInt16LE(header.length, 8)
  return Buffer.concat([head, Buffer.from(data.buffer, data.byteOffset, data.byteLength)])
}
