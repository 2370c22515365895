// `npm test`: builds, then runs the native tests and every TypeScript test. Arguments go to vitest.
import { build } from './build.mjs'
import { run, tool } from './run.mjs'

build()
run('cmake', [
  '-S',
  'native',
  '-B',
  'native/build/tests',
  '-DCMAKE_BUILD_TYPE=Release',
  '-DTHRESHER_CUDA=OFF',
  '--log-level=WARNING',
])
run('cmake', ['--build', 'native/build/tests', '--parallel', '2'])
run('ctest', ['--test-dir', 'native/build/tests', '--parallel', '2', '--output-on-failure'])
run(tool('vitest'), ['run', ...process.argv.slice(2)])
