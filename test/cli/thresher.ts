import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The executable as a person starts it. */
export const THRESHER = fileURLToPath(new URL('../../node_modules/.bin/thresher', import.meta.url))

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  /** Signals the process when its stderr first matches. */
  interruptAt?: RegExp
}

/** Runs `thresher` to its end, without a terminal. */
export function thresher(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(THRESHER, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const run: Run = { code: null, stdout: '', stderr: '' }
    let interrupted = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      run.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      run.stderr += text
      if (options.interruptAt?.test(run.stderr) && !interrupted) {
        interrupted = true
        child.kill('SIGINT')
      }
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...run, code }))
  })
}

/** A folder that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thresher-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
