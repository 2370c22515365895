import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Run, temporaryFolder, thresher } from '../cli/thresher.js'
import { Page } from './page.js'

const page = await Page.read('analysis.md')

describe('docs/analysis.md', () => {
  it('runs as it is written, and its commands give what it says', async () => {
    const folder = await temporaryFolder()
    await page.writeFiles(folder)
    const runs = new Map<string, Run>()
    expect(page.commands().length).toBeGreaterThan(10)
    for (const args of page.commands()) {
      const run = await thresher(args, { cwd: folder })
      expect(run, args.join(' ')).toMatchObject({ code: 0 })
      runs.set(args.join(' '), run)
    }
    const of = (command: string) => runs.get(command)!.stdout
    const written = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'))

    // The columns of the page's table.
    expect((await written('sweep.json')).trials[3]).toMatchObject({
      values: [94.9],
      params: { lr: 0.0006, T_max: 24 },
      attributes: {
        run: 'c',
        epochs: 22,
        seconds: 3720,
        unknown: ['weight_decay'],
        metrics: { val_hmean: 94.9, val_precision: 95.8, val_recall: 94.02 },
      },
    })
    // Verdicts: none of one run each; the same within --equivalence.
    expect(of('rank sweep')).toMatch(/no verdict is possible/)
    const { ranked } = JSON.parse(of('rank sweep --noise 0.1 --equivalence 1 --json'))
    expect(ranked.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      'same',
      'same',
      'same',
      'worse',
    ])
    // What to run next.
    const report = of('report sweep --cut lr=0.00045 --program train.py --sweep-files next')
    expect(report).toMatch(/Highest, perhaps by luck: run b\n[\s\S]*Stable: run a\n[\s\S]*Hybrid: not run\n/)
    expect(report).toContain('seed: { values: [ 42, 777, 2024 ] }')
    expect(await readFile(join(folder, 'next', 'hybrid.yaml'), 'utf8')).toContain('program: "train.py"\n')
    expect(await written('best_config.json')).toMatchObject({ run: 'b', beyondNoise: false })
  })
})

describe('the options of docs/analysis.md', () => {
  const help = new Map<string, string>()
  beforeAll(async () => {
    for (const command of ['import', 'rank', 'report'])
      help.set(command, (await thresher([command, '--help'])).stdout)
  })

  it('are all of its commands but those that every command or table has', () => {
    const common = /^--(json|jsonl|color|ascii|backend|threads|version|help|top|fail-unless-better)$/
    for (const [command, text] of help) {
      const options = [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option!)
      expect(options.length).toBeGreaterThan(8)
      for (const option of options.filter(
        (each) => !common.test(each) && !/(name|seed|seconds)-column$/.test(each),
      )) {
        expect(page.text.includes(option), `${command} ${option}`).toBe(true)
      }
    }
  })
})
