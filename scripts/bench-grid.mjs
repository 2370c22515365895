// A grid of settings against its peers: the C++ one on OpenCV and Clipper, and the project's own Python reference.
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { benchData, PYTHON } from './bench-data.mjs'
import { root, succeeds } from './run.mjs'

const REFERENCE = join(root, 'test', 'oracle', 'postprocess.py')
const PYTHON_BENCH = join(root, 'native', 'bench', 'peer', 'python_reference.py')
const MODULES = 'import cv2, pyclipper, shapely'
/** Rows of the tables: what is timed, how many settings it stands for. */
const ROWS = [
  ['setting', undefined, 'one setting, boxes only'],
  ['grid', 'icdar2015', '2,000 settings, icdar2015'],
  ['grid', 'cleval-receipt', '2,000 settings, cleval-receipt'],
]

/** Times grids on every set of maps, and prints the tables. `full` takes more maps, all settings, and polygons too. */
export async function benchGrids(folder, { full }) {
  const threads = Math.min(availableParallelism(), full ? 8 : 2)
  const sets = await benchData(join(folder, 'data'), full ? 24 : 8)
  console.log(
    'Milliseconds a map, medians: of the processor for one thread, on the wall for more. The peers give boxes only, one\n' +
      "setting after the other, scoring left out; their 2,000 settings are the mean of a sample's, times 2,000" +
      (full ? ' (C++: all).' : '.'),
  )
  for (const set of sets) {
    for (const boxType of full ? ['quad', 'poly'] : ['quad']) {
      const rows = [
        ...native(folder, set, { boxType, threads, full }),
        ...python(set, { boxType, threads, full }),
      ]
      print(set, boxType, rows)
    }
  }
}

function lines(command, args) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (error || status !== 0) throw new Error(`${command}: ${error?.message ?? `ended with ${status}`}`)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

function native(folder, { folder: data }, { boxType, threads, full }) {
  const rounds = full ? '9' : '5'
  const args = [data, rounds, boxType, String(threads), ...(full ? ['full'] : [])]
  return lines(join(folder, 'thresher_grid_bench'), args)
}

function python({ folder: data }, { boxType, threads, full }) {
  if (!succeeds(PYTHON, ['-c', MODULES])) return []
  const rows = []
  for (let processes = 1; processes <= threads; processes *= 2) {
    const args = ['-B', PYTHON_BENCH, REFERENCE, data, full ? '3' : '1', String(processes), boxType]
    rows.push(...lines(PYTHON, [...args, ...(full ? ['full'] : [])]))
  }
  return rows
}

function print({ title }, boxType, rows) {
  const about = rows.find(({ what }) => what === 'images')
  const python = rows.filter(({ who }) => who === 'python')
  console.log(
    `\n${title}, ${boxType}: ${about.images} maps, ${(about.boxes / about.images).toFixed(1)} boxes a map`,
  )
  for (const line of absent(about, boxType, python)) console.log(line)
  console.log(row(['', 'threads', 'Thresher', 'C++', 'ratio', 'Python', 'ratio']))
  for (const ours of rows.filter(({ what, who }) => who === 'thresher' && what !== 'growth')) {
    const [, , name] = ROWS.find(([what, protocol]) => what === ours.what && protocol === ours.protocol)
    const of = (who) => rows.find((r) => r.who === who && r.what === ours.what && r.threads === ours.threads)
    const [peer, reference] = [of('peer'), of('python')]
    const cells = (other) =>
      other ? [figure(other.ms / about.images), `1/${figure(other.ms / ours.ms)}`] : ['', '']
    console.log(
      row([name, ours.threads, figure(ours.ms / about.images), ...cells(peer), ...cells(reference)]),
    )
  }
  printGrowth(rows, about.images)
}

/** What could not be compared, and what did not agree. */
function absent({ boxes, peer, peerBoxes }, boxType, python) {
  const found = python.find(({ what }) => what === 'setting')?.boxes
  return [
    !peer &&
      boxType === 'quad' &&
      'The C++ peer is absent: libopencv-dev or libpolyclipping-dev was not found.',
    !peer && boxType === 'poly' && 'The C++ peer gives quads only.',
    peer && peerBoxes !== boxes && `THE C++ PEER FOUND ${peerBoxes} BOXES, NOT ${boxes}.`,
    python.length === 0 && `The Python reference is absent: ${PYTHON} cannot ${MODULES}.`,
    found !== undefined && found !== boxes && `THE PYTHON REFERENCE FOUND ${found} BOXES, NOT ${boxes}.`,
  ].filter(Boolean)
}

function printGrowth(rows, images) {
  const growth = rows.filter(({ what }) => what === 'growth')
  for (const axis of new Set(growth.map((each) => each.axis))) {
    const points = growth.filter((each) => each.axis === axis)
    const text = points.map(({ value, ms }, i) => {
      const before = points[i - 1]
      const more = before ? ` (${ms >= before.ms ? '+' : ''}${Math.round(100 * (ms / before.ms - 1))} %)` : ''
      const shown = axis === 'images' ? ms : ms / images
      return `${Number.isInteger(value) ? value : value.toFixed(1)}: ${figure(shown)}${more}`
    })
    console.log(`${axis === 'images' ? 'images, together' : axis}`.padEnd(30), text.join('   '))
  }
}

const figure = (value) => value.toFixed(value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0)

function row([name, ...cells]) {
  return [name.padEnd(30), ...cells.map((cell) => String(cell).padStart(10))].join(' ')
}
