// `pnpm bench`: what things cost on this machine. Without a name all of it; else those named: scoring, grid, sweep,
// storage. With --full the grids take half an hour: more maps, polygons too, and every setting of the C++ peer.
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { benchGrids } from './bench-grid.mjs'
import { build } from './build.mjs'
import { root, run } from './run.mjs'

const BENCHES = ['scoring', 'grid', 'sweep', 'storage']
const folder = join(root, 'native', 'build', 'bench')

const full = process.argv.includes('--full')
const wanted = process.argv.slice(2).filter((name) => name !== '--full')
const unknown = wanted.find((name) => !BENCHES.includes(name))
if (unknown !== undefined) {
  console.error(
    `${unknown}: no such benchmark. Name any of ${BENCHES.join(', ')}, or none for all; --full for more of the grid.`,
  )
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

build()
console.log(
  `${cpus()[0]?.model.trim()}, ${cpus().length} CPUs, load ${loadavg()[0].toFixed(2)}, Node ${process.versions.node}`,
)
if (chosen.includes('scoring') || chosen.includes('grid')) buildNative()
if (chosen.includes('scoring')) {
  heading('scoring, native')
  run(join(folder, 'thresher_bench'), [])
}
if (chosen.includes('grid')) {
  heading('a grid, native, beside its peers')
  await benchGrids(folder, { full })
}
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
