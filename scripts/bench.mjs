// `pnpm bench`: what things cost on this machine. Without a name all of it; else those named: scoring, grid, sweep,
// storage. Where the real ground truth lies beside the repository, grids are timed on maps drawn from it.
import { existsSync, mkdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from './build.mjs'
import { root, run, succeeds } from './run.mjs'

const BENCHES = ['scoring', 'grid', 'sweep', 'storage']
const folder = join(root, 'native', 'build', 'bench')
const shared = resolve(process.env.THRESHER_SHARED ?? join(root, '..', 'shared'))
const PYTHON = '/usr/bin/python3'

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !BENCHES.includes(name))
if (unknown !== undefined) {
  console.error(`${unknown}: no such benchmark. Name any of ${BENCHES.join(', ')}, or none for all.`)
  process.exit(2)
}
const chosen = wanted.length > 0 ? wanted : BENCHES

function heading(text) {
  console.log(`\n== ${text}`)
}

/** Builds the native benchmarks; OpenCV and Clipper beside them where they are installed. */
function buildNative() {
  const configure = [
    '-S',
    'native',
    '-B',
    folder,
    '-DTHRESHER_BENCH=ON',
    '-DTHRESHER_TESTS=OFF',
    '-DTHRESHER_CUDA=OFF',
  ]
  run('cmake', configure, { stdio: ['ignore', 'ignore', 'inherit'] })
  run('cmake', ['--build', folder, '--parallel', '2'], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Maps drawn from real ground truth, made once; undefined where it is not there. */
function drawnMaps(name, groundTruth, count) {
  const out = join(folder, 'data', name)
  if (existsSync(join(out, 'maps.npy'))) return out
  const tool = join(shared, 'tools', 'make_maps.py')
  const gt = join(shared, 'data', 'gt', groundTruth)
  if (!existsSync(tool) || !existsSync(gt) || !succeeds(PYTHON, ['-c', 'import numpy, cv2'])) return undefined
  mkdirSync(out, { recursive: true })
  run(PYTHON, [tool, gt, out, '--count', String(count)], { stdio: ['ignore', 'ignore', 'inherit'] })
  return out
}

function grids() {
  const sets = [
    ['dense documents, 1024 x 1024', drawnMaps('documents', 'kr_documents_30.zip', 8)],
    ['scene text, 1280 x 736', drawnMaps('scenes', 'icdar2015_test_1_200.zip', 8)],
  ]
  for (const [title, data] of sets) {
    heading(`a grid, native: ${title}`)
    if (data) run(join(folder, 'thresher_grid_bench'), [data])
    else
      console.log(
        'not run: the ground truth beside the repository, or python3 with numpy and cv2, is not there',
      )
  }
}

build()
console.log(
  `${cpus()[0]?.model.trim()}, ${cpus().length} CPUs, load ${loadavg()[0].toFixed(2)}, Node ${process.versions.node}`,
)
if (chosen.includes('scoring') || chosen.includes('grid')) buildNative()
if (chosen.includes('scoring')) {
  heading('scoring, native')
  run(join(folder, 'thresher_bench'), [])
}
if (chosen.includes('grid')) grids()
if (chosen.includes('sweep')) {
  heading('thresher bench')
  run(join(root, 'node_modules', '.bin', 'thresher'), ['bench'])
}
if (chosen.includes('storage')) {
  heading('studies and their storage')
  for (const name of ['storage.mjs', 'study.mjs']) {
    run(process.execPath, [join(root, 'packages', 'core', 'bench', name)])
  }
}
