// `pnpm bench:search [--seeds 50] [--gp-seeds 10] [--curve-seeds 20] [--json FILE]`: the samplers beside the recorded
// runs of Optuna's, on functions and, where the curves lie beside the repository, on learning curves with pruners.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Cell, cellsOf, correct, type RecordedRuns, verdictOf } from './compare.js'
import { curveCells, curveRows } from './curve-report.js'
import { OTHER_FUNCTIONS, REFERENCE_FUNCTIONS } from './functions.js'
import { methods } from './methods.js'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    'gp-seeds': { type: 'string', default: '10' },
    'curve-seeds': { type: 'string', default: '20' },
    only: { type: 'string' },
    json: { type: 'string', default: fileURLToPath(new URL('../../search.json', import.meta.url)) },
  },
})

// From bench/dist/bench/search, where this is compiled to.
const golden = new URL('../../../../test/golden/reference-runs.json', import.meta.url)
const recorded: { optuna: string; runs: Record<string, RecordedRuns> } = JSON.parse(
  readFileSync(golden, 'utf8'),
)

const CURVES_SAID = `Learning curves of LCBench (surrogate of YAHPO Gym), ${options['curve-seeds']} seeds, medians; 3,120 epochs are 60 whole
trainings. Regret: points of accuracy below the best that any search found. Epochs to equal what Optuna's TPE had after
60 trainings; the epochs of the first 60 trials, and the regret then.`

const cells: Cell[] = []
for (const method of methods(Number(options.seeds), Number(options['gp-seeds']))) {
  if (options.only !== undefined && !options.only.split(',').includes(method.name)) continue
  for (const testFunction of [...REFERENCE_FUNCTIONS, ...OTHER_FUNCTIONS]) {
    if (method.functions !== undefined && !method.functions.includes(testFunction.name)) continue
    const runs = method.reference === undefined ? undefined : recorded.runs[method.reference]
    cells.push(...(await cellsOf(method, testFunction, runs)))
    process.stderr.write('.')
  }
}
process.stderr.write('\n')
correct(cells)

process.stdout.write(
  `${inColumns(rowsOf(cells), 2)}\nMedians of the best value so far; p by Mann-Whitney, Holm over all cells.\n`,
)

const root = new URL('../../../../../../', import.meta.url)
const shared = process.env.THRESHER_SHARED ?? fileURLToPath(new URL('../shared', root))
const curveSeeds = Number(options['curve-seeds'])
const curves =
  curveSeeds > 0 ? await curveCells(shared, curveSeeds, () => process.stderr.write('.')) : undefined
process.stderr.write('\n')
process.stdout.write(
  curves === undefined
    ? 'Learning curves: not run; the LCBench surrogate beside the repository is not there.\n'
    : `${inColumns(curveRows(curves), 2)}\n${CURVES_SAID}\n`,
)

const file = resolve(options.json)
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, JSON.stringify({ optuna: recorded.optuna, cells, curves }))
process.stdout.write(`Optuna ${recorded.optuna}, recorded. Every value: ${file}\n`)

function rowsOf(rows: readonly Cell[]): string[][] {
  const head = ['method', 'function', 'trials', 'ours', 'Optuna', 'p', 'Holm', '']
  const body = rows.map((cell) => [
    cell.method,
    cell.function,
    String(cell.budget),
    cell.median.toPrecision(4),
    cell.reference?.toPrecision(4) ?? '',
    cell.p?.toFixed(4) ?? '',
    cell.holm?.toFixed(3) ?? '',
    verdictOf(cell),
  ])
  return [head, ...body]
}

function inColumns(rows: readonly (readonly string[])[], texts: number): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  return rows
    .map((row) =>
      row.map((text, i) => (i < texts ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('  '),
    )
    .join('\n')
}
