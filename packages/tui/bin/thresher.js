#!/usr/bin/env node
// CommonJS on purpose (see package.json beside it): Node reads ES modules through libuv's thread pool, and the pool's
// size is fixed by its first use. Here nothing has used it yet.
const { availableParallelism } = require('node:os')

const POOL_LIMIT = 1024 // libuv's own

/** Value of --threads, if it is a usable number; wrong values are reported where all options are checked. */
function requestedThreads(argv) {
  const end = argv.indexOf('--')
  const options = end < 0 ? argv : argv.slice(0, end)
  for (let i = options.length - 1; i >= 0; i--) {
    const text = options[i].startsWith('--threads=')
      ? options[i].slice(10)
      : options[i] === '--threads' && options[i + 1]
    if (text && /^[1-9]\d{0,3}$/.test(text)) return Number(text)
  }
  return availableParallelism()
}

// One more than the workers, so that reading files does not wait behind them.
process.env.UV_THREADPOOL_SIZE = String(Math.min(requestedThreads(process.argv.slice(2)) + 1, POOL_LIMIT))
process.env.NODE_ENV = 'production'

import('../dist/main.js').then(
  ({ start }) => start(),
  (error) => {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND'
    process.stderr.write(
      missing && !process.env.THRESHER_DEBUG
        ? `thresher: it is not built yet (${error.message.split('\n')[0]}). Build it: npm run build\n`
        : `${error.stack}\n`,
    )
    process.exitCode = 1
  },
)
