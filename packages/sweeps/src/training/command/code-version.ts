import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The commit of a checkout, and whether its files are as they are in it. */
export interface CodeVersion {
  readonly commit: string
  readonly dirty: boolean
}

const MOST_TIME = 20_000
const run = promisify(execFile)

/** Which code lies in a folder; undefined where it is no git checkout, or there is no git. */
export async function codeVersion(folder: string): Promise<CodeVersion | undefined> {
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', ['-C', folder, ...args], {
      timeout: MOST_TIME,
      maxBuffer: 1 << 26,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    })
    return stdout.trim()
  }
  try {
    const commit = await git('rev-parse', 'HEAD')
    return { commit, dirty: (await git('status', '--porcelain', '--untracked-files=no')) !== '' }
  } catch {
    return undefined
  }
}
