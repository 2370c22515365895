// Starting programs: argv only, output passed through, the first failure ends the script with its exit code.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a program in the repository root; ends this process if it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (result.error) {
    console.error(`${command}: ${result.error.message}`)
    process.exit(1)
  }
  if (result.signal) process.exit(130)
  if (result.status !== 0) process.exit(result.status ?? 1)
}

/** Whether a program can be started and succeeds. */
export function succeeds(command, args, input = '') {
  return spawnSync(command, args, { input, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0
}

/** The path of a workspace tool, as installed by `npm run build`. */
export const tool = (name) => join(root, 'node_modules', '.bin', name)

/** Runs the pnpm that package.json names: the installed one, or npm's way of getting exactly that version. */
export function pnpm(args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version = packageManager.split('@')[1]
  const installed = join(root, 'node_modules', 'pnpm', 'package.json')
  const current = existsSync(installed) && JSON.parse(readFileSync(installed, 'utf8')).version === version
  if (current) return run(tool('pnpm'), args)
  const npm = process.env.npm_execpath
  const exec = ['exec', '--yes', `--package=pnpm@${version}`, '--', 'pnpm', ...args]
  return npm?.endsWith('.js') ? run(process.execPath, [npm, ...exec]) : run('npm', exec)
}
