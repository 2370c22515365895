import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sample } from '@thresher/sweeps'
import type { CliContext } from '../context.js'
import { version } from '../version.js'

const NOT_WRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ENOSPC']

/** The embedded sample in the user's cache, written there at the first use; in a temporary folder failing that. */
export async function cachedSample(context: CliContext): Promise<Sample> {
  const { ensureSample } = await context.services.sweeps()
  const run = { signal: context.interrupt }
  const name = join('thresher', `sample-${version()}`)
  const cache = context.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  try {
    return await ensureSample(join(cache, name), {}, run)
  } catch (error) {
    if (!NOT_WRITABLE.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    return ensureSample(join(tmpdir(), name), {}, run)
  }
}
