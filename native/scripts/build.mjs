// Builds the addon with cmake-js into build/addon; its output is shown when it fails.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const cmakeJs = join(
  dirname(createRequire(import.meta.url).resolve('cmake-js/package.json')),
  'bin',
  'cmake-js',
)
const options = ['--out', 'build/addon', '--config', 'Release', '--CDTHRESHER_TESTS=OFF']
if (process.env.THRESHER_CUDA) options.push(`--CDTHRESHER_CUDA=${process.env.THRESHER_CUDA}`)

for (const step of [['configure'], ['build', '--parallel', '2']]) {
  const result = spawnSync(process.execPath, [cmakeJs, ...step, ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`)
    console.error('The native addon did not build; the compiler output is above.')
    process.exit(1)
  }
}
