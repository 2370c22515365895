import { spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { THRESHER, temporaryFolder, thresher } from './thresher.js'

const GRID = ['thresh=0.2:0.4:0.05', 'box_thresh=0.4:0.6:0.1', 'unclip_ratio=1.4:1.8:0.2']
const ARGS = [
  ...[
    'thresholds',
    '--sample',
    '--plain',
    '--threads',
    '1',
    '--refine',
    '1',
    '--folds',
    '4',
    '--resamples',
    '200',
  ],
  ...GRID.flatMap((param) => ['--param', param]),
]

interface Document {
  elapsedSeconds: number
}

describe('thresholds --resume', () => {
  it('killed again and again it ends with the file of an undisturbed run', async () => {
    const folder = await temporaryFolder()
    const tallies = join(folder, 'sweep.tallies')
    const undisturbed = join(folder, 'undisturbed.json')
    expect((await thresher([...ARGS, '-o', undisturbed])).code).toBe(0)
    const out = join(folder, 'resumed.json')
    let killed = 0
    for (let grown = 0; killed < 4; killed++) {
      const child = spawn(THRESHER, [...ARGS, '--resume', tallies, '-o', out], { stdio: 'ignore' })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      // As soon as anything more is kept than when the last one was killed.
      for (; child.exitCode === null; await setTimeout(5)) {
        const size = await stat(tallies).then(
          (found) => found.size,
          () => 0,
        )
        if (size > grown) {
          grown = size
          child.kill('SIGKILL')
          break
        }
      }
      await ended
      if (child.signalCode !== 'SIGKILL') break
    }
    expect(killed).toBeGreaterThan(2)
    const last = await thresher([...ARGS, '--resume', tallies, '-o', out])
    expect(last.code).toBe(0)
    const read = async (path: string) => {
      const { elapsedSeconds: _, ...rest } = JSON.parse(await readFile(path, 'utf8')) as Document
      return rest
    }
    expect(await read(out)).toEqual(await read(undisturbed))
    expect(await read(out)).toMatchObject({ crossValidated: { folds: 4 }, flatZones: expect.any(Array) })
  })

  it('refuses tallies of another sweep in one line', async () => {
    const folder = await temporaryFolder()
    const resume = ['--resume', join(folder, 'sweep.tallies'), '--resamples', '20']
    const sweep = (...args: string[]) => thresher(['thresholds', '--sample', '--plain', ...resume, ...args])
    expect((await sweep('--param', 'thresh=0.3')).code).toBe(0)
    const other = await sweep('--param', 'thresh=0.31')
    expect(other).toMatchObject({ code: 2, stdout: '' })
    expect(other.stderr).toMatch(/sweep\.tallies: is of a sweep that differs in the grid/)
    expect((await sweep('--param', 'thresh=0.3')).stdout).toContain('1 setting on 24 images')
  })

  it('refuses more folds than images', async () => {
    const run = await thresher(['thresholds', '--sample', '--param', 'thresh=0.3', '--folds', '25'])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('25 folds of 24 images; give no more folds than images.')
  })
})
