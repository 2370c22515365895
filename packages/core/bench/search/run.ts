// `pnpm bench:search [--seeds 50] [--gp-seeds 10] [--json FILE]`: the samplers beside the recorded runs of Optuna's.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Cell, cellsOf, correct, type RecordedRuns, verdictOf } from './compare.js'
import { OTHER_FUNCTIONS, REFERENCE_FUNCTIONS } from './functions.js'
import { methods } from './methods.js'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    'gp-seeds': { type: 'string', default: '10' },
    only: { type: 'string' },
    json: { type: 'string', default: fileURLToPath(new URL('../../search.json', import.meta.url)) },
  },
})

// From bench/dist/bench/search, where this is compiled to.
const golden = new URL('../../../../test/golden/reference-runs.json', import.meta.url)
const recorded: { optuna: string; runs: Record<string, RecordedRuns> } = JSON.parse(
  readFileSync(golden, 'utf8'),
)

const cells: Cell[] = []
for (const method of methods(Number(options.seeds), Number(options['gp-seeds']))) {
  if (options.only !== undefined && !options.only.split(',').includes(method.name)) continue
  for (const testFunction of [...REFERENCE_FUNCTIONS, ...OTHER_FUNCTIONS]) {
    if (method.name === 'gp' && OTHER_FUNCTIONS.includes(testFunction)) continue
    const runs = method.reference === undefined ? undefined : recorded.runs[method.reference]
    cells.push(...(await cellsOf(method, testFunction, runs)))
    process.stderr.write('.')
  }
}
process.stderr.write('\n')
correct(cells)

const file = resolve(options.json)
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, JSON.stringify({ optuna: recorded.optuna, cells }))
process.stdout.write(
  `${tableOf(cells)}\nMedians of the best value so far; p by Mann-Whitney, Holm over all cells.\n`,
)
process.stdout.write(`Optuna ${recorded.optuna}, recorded. Every value: ${file}\n`)

function tableOf(rows: readonly Cell[]): string {
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
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((row) => row[i]!.length)))
  return [head, ...body]
    .map((row) =>
      row.map((text, i) => (i < 2 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('  '),
    )
    .join('\n')
}
