// Checks (or with --write, applies) the C++ format; says so plainly where clang-format is missing.
import { execFileSync } from 'node:child_process'
import { root, run, succeeds } from './run.mjs'

if (!succeeds('clang-format', ['--version'])) {
  const required = process.env.CI
  console.error(
    'clang-format not found: the C++ format was not checked. Install it: apt-get install clang-format',
  )
  process.exit(required ? 1 : 0)
}
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'native'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(cpp|hpp|cu|cuh)$/.test(file) && !file.includes('third_party'))
run('clang-format', process.argv.includes('--write') ? ['-i', ...files] : ['--dry-run', '--Werror', ...files])
