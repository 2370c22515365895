import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rectangleMap, writeNpy } from '../cli/npy.js'
import { temporaryFolder } from '../cli/thresher.js'
import { openTerminal } from './terminal.js'

const SAMPLE = ['thresholds', '--sample', '--resamples', '200']

describe('the monitor in a real terminal', () => {
  it('fills its screen, follows keys and a resize, and leaves the table behind', async () => {
    const terminal = openTerminal(SAMPLE, { columns: 120, rows: 32 })
    await terminal.until(/\d+ of 24 images/)
    expect(terminal.inAlternateScreen()).toBe(true)
    const ranked = await terminal.until(/▲ [\d,]+ better {3}= [\d,]+ same/)
    expect(ranked).toMatch(/base\s+0\.\d{4}/)
    expect(ranked).toMatch(/❯\s+1\s+0\.\d{4}/)
    expect(ranked).toMatch(/Use: {2}/)

    terminal.press('\u001b[B\u001b[B')
    await terminal.until(/❯\s+3\s+0\.\d{4}/)
    terminal.press('G')
    await terminal.until(/❯\s+2079\s+/)
    terminal.press('g')
    await terminal.until(/❯\s+1\s+0\.\d{4}/)
    terminal.press('?')
    await terminal.until(/One page down/)
    terminal.press('?')
    await terminal.until(/❯\s+1\s+0\.\d{4}/)

    terminal.resize(80, 24)
    const narrow = await terminal.until(/thresh {2}box_thresh {2}unclip_ratio\s*\n/)
    expect(narrow).toMatch(/❯\s+1\s+0\.\d{4}/)
    expect(narrow).toMatch(/q quit\s*$/)
    terminal.resize(40, 10)
    await terminal.until(/60/)
    terminal.resize(120, 32)
    await terminal.until(/❯\s+1\s+0\.\d{4}/)

    terminal.press('q')
    expect((await terminal.exited).exitCode).toBe(0)
    await terminal.until(/or\s+thresher boxes/)
    expect(terminal.inAlternateScreen()).toBe(false)
  })

  it('never clears the screen nor scrolls while it runs', async () => {
    const terminal = openTerminal(SAMPLE, { columns: 100, rows: 30 })
    await terminal.until(/better {3}=/)
    for (const clear of ['\u001b[2J', '\u001b[3J']) expect(terminal.raw()).not.toContain(clear)
    expect(terminal.scrollback()).toBe(0)
    terminal.press('q')
    await terminal.exited
  })

  it('means nothing by colour alone: NO_COLOR and --ascii show the same words', async () => {
    const terminal = openTerminal([...SAMPLE, '--ascii'], { columns: 120, rows: 30, env: { NO_COLOR: '1' } })
    const screen = await terminal.until(/\^ [\d,]+ better|\+ [\d,]+ better|[\d,]+ better/)
    expect(screen).toMatch(/\d better/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for characters beyond ASCII
    expect(screen).not.toMatch(/[^\x00-\x7f]/)
    for (const colour of ['31', '32', '33', '36']) expect(terminal.raw()).not.toContain(`\u001b[${colour}m`)
    terminal.press('q')
    await terminal.exited
  })

  it('keeps what is finished when it is interrupted, and gives the terminal back', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'maps'))
    await mkdir(join(folder, 'gt'))
    const noise = rectangleMap(1024, 1024, 100, 100, 300, 60)
    for (let i = 0; i < noise.length; i += 3) noise[i] = (Math.imul(i, 2654435761) >>> 8) / 2 ** 24
    for (let i = 0; i < 40; i++) {
      await writeNpy(
        join(folder, 'maps', `m${i}.npy`),
        [1024, 1024],
        i < 2 ? rectangleMap(1024, 1024, 100, 100, 300, 60) : noise,
      )
      await writeFile(join(folder, 'gt', `gt_m${i}.txt`), '90,90,410,90,410,170,90,170,word\n')
    }
    const terminal = openTerminal(
      [
        'thresholds',
        '--maps',
        join(folder, 'maps'),
        '--gt',
        join(folder, 'gt'),
        '--threads',
        '1',
        '--resamples',
        '50',
      ],
      { columns: 100, rows: 30 },
    )
    await terminal.until(/[1-9]\d* of 40 images/)
    terminal.press('\u0003')
    const ranked = await terminal.until(/settings on \d+ images?/)
    expect(Number(/settings on (\d+)/.exec(ranked)![1])).toBeLessThan(40)
    terminal.press('q')
    const { exitCode } = await terminal.exited
    expect(exitCode).toBe(130)
    await terminal.until(/Interrupted: what was finished counts/)
    expect(terminal.inAlternateScreen()).toBe(false)
    expect(terminal.raw()).toContain('\u001b[?25h')
  })

  it('gives the terminal back when it is terminated', async () => {
    const terminal = openTerminal(SAMPLE, { columns: 100, rows: 30 })
    await terminal.until(/of 24 images/)
    terminal.kill('SIGTERM')
    await terminal.exited
    await expect.poll(() => terminal.inAlternateScreen()).toBe(false)
    expect(terminal.raw()).toContain('\u001b[?25h')
  })
})
