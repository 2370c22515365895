// What one trial of a study costs: a draw of TPE's, a cheap objective of 5 parameters, and durable writes to SQLite. Run
// after a build:
//   node packages/core/bench/study.mjs [trials]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { choice, createStudy, int, logFloat, space } from '../dist/index.js'

const TRIALS = Number(process.argv[2] ?? 10_000)
/** Trials from which on the costs of the next tenth are shown, and what they are to stay within, in milliseconds. */
const MARKS = [
  { trials: 100, goal: undefined },
  { trials: 1000, goal: 1 },
  { trials: 10_000, goal: 2 },
]

const SPACES = {
  'a learning rate, a schedule and an optimizer': space({
    lr: logFloat(1e-5, 1e-1),
    eta_min_ratio: logFloat(1e-4, 1),
    wd: logFloat(1e-6, 1e-1),
    T_max: int(5, 50, { step: 5 }),
    optimizer: choice('sgd', 'adam', 'adamw'),
  }),
  '5 continuous parameters': space(
    Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, logFloat(1e-5, 1e-1)])),
  ),
}

const folder = mkdtempSync(join(tmpdir(), 'thresher-bench-'))
try {
  // The compiler's own work, which a process does once, is not what a trial costs.
  for (const name of ['warm-up', 'warm-up again']) {
    await timed(name, Object.values(SPACES)[0], `sqlite:///${join(folder, 'warm-up.db')}`, 1000)
  }
  for (const [name, declared] of Object.entries(SPACES)) {
    await timed(name, declared, `sqlite:///${join(folder, 'study.db')}`)
    await timed(name, declared, 'memory:')
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** One study from its first trial to the last, the time of each tenth up to a mark. */
async function timed(name, declared, storage, limit = TRIALS) {
  const study = await createStudy({ name, storage, space: declared, seed: 1 })
  for (const { trials, goal } of MARKS) {
    if (trials > limit) continue
    await study.optimize(loss, { trials: trials - trials / 10 - study.trials.length })
    const [cpu, start] = [process.cpuUsage(), performance.now()]
    await study.optimize(loss, { trials: trials / 10 })
    const wall = (performance.now() - start) / (trials / 10)
    const { user, system } = process.cpuUsage(cpu)
    const used = (user + system) / 1000 / (trials / 10)
    const aim = goal === undefined ? '' : `, goal ${goal} ms`
    print(
      `${storage.split(':')[0]}, ${name}, up to trial ${trials}: ${wall.toFixed(2)} ms a trial, CPU ${used.toFixed(2)} ms${aim}`,
    )
  }
  await study.close()
}

function print(line) {
  process.stdout.write(`${line}\n`)
}

function loss(_trial, params) {
  let sum = 0
  for (const value of Object.values(params))
    sum += typeof value === 'number' ? Math.log10(value) ** 2 : value.length
  return sum
}
