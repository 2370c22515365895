import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createStudy } from '@thresher/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, thresher } from '../cli/thresher.js'
import { openTerminal } from './terminal.js'

/** A program that trains three epochs once there is a file `go` beside it. */
const TRAINER = `
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
const lr = Number(process.argv.find((word) => word.startsWith('lr=')).slice(3))
while (!existsSync('go')) await sleep(20)
for (let epoch = 1; epoch <= 3; epoch++) console.log(JSON.stringify({ epoch, 'val/hmean': 0.9 + lr * epoch }))
`

const SWEEP = `
name: lr
metric: {name: val/hmean, direction: maximize}
trainer:
  command: [${JSON.stringify(process.execPath)}, train.mjs, "\${args_no_hyphens}"]
  grace: 1s
parameters:
  lr: [0.01, 0.02]
baseline: {lr: 0.01}
trials: 1
sampler: {grid: {}}
`

async function sweepFolder(): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'train.mjs'), TRAINER)
  await writeFile(join(folder, 'sweep.yaml'), SWEEP)
  return folder
}

describe('a training sweep in a real terminal', () => {
  it('runs under the monitor while another terminal watches it', async () => {
    const folder = await sweepFolder()
    const storage = `sqlite:///${join(folder, 'studies.db')}`
    const inFolder = { columns: 120, rows: 30, cwd: folder }
    const sweep = openTerminal(['sweep', 'sweep.yaml', '--storage', storage], inFolder)
    await sweep.until(/1 running/)
    const watch = openTerminal(['watch', '--storage', storage], inFolder)
    await watch.until(/1 running/)

    await writeFile(join(folder, 'go'), '')
    await sweep.until(/ended: every phase is done/)
    for (const terminal of [sweep, watch]) {
      const screen = await terminal.until(/2 done[\s\S]*❯ +1 +1 +0\.9600 +\+3\.00 pt +\? +0\.02 ↑/)
      expect(screen).toMatch(/base +0 +0\.9300/)
    }
    watch.press('\r')
    await watch.until(/trial +seed +state/)
    watch.press('q')
    expect((await watch.exited).exitCode).toBe(0)
    expect(watch.inAlternateScreen()).toBe(false)
    sweep.press('q')
    expect((await sweep.exited).exitCode).toBe(0)
    // What the runs support comes after it, and may move it out of sight.
    await expect.poll(() => sweep.raw()).toContain('Ended: every phase is done')
    for (const terminal of [sweep, watch]) {
      for (const clear of ['\u001b[2J', '\u001b[3J']) expect(terminal.raw()).not.toContain(clear)
      expect(terminal.raw()).toContain('\u001b[?25h')
    }
  })

  it('stops at Ctrl-C, keeps what is finished, and goes on with --resume', async () => {
    const folder = await sweepFolder()
    const inFolder = { columns: 100, rows: 24, cwd: folder }
    const sweep = openTerminal(['sweep', 'sweep.yaml'], inFolder)
    await sweep.until(/1 running/)
    sweep.press('\u0003')
    await sweep.until(/ended: interrupted/)
    sweep.press('q')
    expect((await sweep.exited).exitCode).toBe(130)
    await writeFile(join(folder, 'go'), '')
    const again = openTerminal(['sweep', 'sweep.yaml', '--resume'], inFolder)
    await again.until(/ended: every phase is done/)
    again.press('q')
    expect((await again.exited).exitCode).toBe(0)
  })

  it('never keeps a writer waiting, and prints once where there is no terminal', async () => {
    const folder = await temporaryFolder()
    const storage = `sqlite:///${join(folder, 'studies.db')}`
    const study = await createStudy({ name: 'many', storage, direction: 'minimize', pruner: null })
    onTestFinished(() => study.close())
    const watch = openTerminal(['watch', 'many', '--storage', storage], { columns: 80, rows: 24 })
    await watch.until(/no run yet/)
    await study.optimize((trial) => trial.suggestFloat('x', 0, 1) ** 2, { trials: 200 })
    await watch.until(/200 runs/)
    watch.press('G')
    await watch.until(/❯ +200 /)
    expect(watch.scrollback()).toBe(0)
    watch.press('q')
    await watch.exited
    const { code, stdout, stderr } = await thresher(['watch', 'many', '--storage', storage])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n').filter((line) => /^ +\d+ +\d+ /.test(line))).toHaveLength(200)
  })
})
