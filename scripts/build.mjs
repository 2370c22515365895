// `npm run build`: dependencies, native addon, TypeScript. Each step does nothing when nothing changed.
import { delimiter, dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pnpm, run, tool } from './run.mjs'
import { missingTools } from './toolchain.mjs'

export function build() {
  const missing = missingTools()
  if (missing.length > 0) {
    for (const line of missing) console.error(line)
    process.exit(1)
  }
  pnpm(['install', '--frozen-lockfile', '--reporter=append-only', '--silent'])
  run(
    tool('turbo'),
    ['run', 'build', '--output-logs=new-only', '--log-order=grouped', '--no-update-notifier'],
    {
      env: {
        ...process.env,
        // turbo starts pnpm by name.
        PATH: `${dirname(tool('pnpm'))}${delimiter}${process.env.PATH}`,
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
      },
    },
  )
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) build()
