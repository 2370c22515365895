import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, thresher } from '../cli/thresher.js'
import { Page } from './page.js'

const page = await Page.read('analysis.md')

/** A folder with the page's table, imported. */
async function imported(): Promise<string> {
  const folder = await temporaryFolder()
  await page.writeFiles(folder)
  expect(await thresher(['import', 'sweep.csv'], { cwd: folder })).toMatchObject({ code: 0 })
  return folder
}

async function json(folder: string, ...args: string[]) {
  const run = await thresher([...args, '--json'], { cwd: folder })
  expect(run, args.join(' ')).toMatchObject({ code: 0 })
  return JSON.parse(run.stdout)
}

describe('docs/analysis.md', () => {
  it('runs as it is written', async () => {
    const folder = await temporaryFolder()
    await page.writeFiles(folder)
    expect(page.commands().length).toBeGreaterThan(10)
    for (const args of page.commands()) {
      expect(await thresher(args, { cwd: folder }), args.join(' ')).toMatchObject({ code: 0 })
    }
    expect(JSON.parse(await readFile(join(folder, 'best_config.json'), 'utf8'))).toMatchObject({ run: 'b' })
  })

  it('names every option of its commands that is none of all commands', async () => {
    for (const command of ['import', 'rank', 'report']) {
      const { stdout } = await thresher([command, '--help'])
      const common =
        /^--(json|jsonl|color|ascii|backend|threads|version|help|top|fail|scale|study|words|format)/
      const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option!)
      for (const option of options.filter((each) => !common.test(each) && !each.endsWith('-column'))) {
        expect(page.text, `${command} ${option}`).toContain(option)
      }
    }
  })
})

describe('what docs/analysis.md says', () => {
  it('of the columns of its table', async () => {
    const folder = await imported()
    const { trials } = JSON.parse(
      (await thresher(['export', 'sweep', '--format', 'json'], { cwd: folder })).stdout,
    )
    expect(trials[3]).toMatchObject({
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
  })

  it('of verdicts: none of one run each, z-tests by --noise, the same within --equivalence', async () => {
    const folder = await imported()
    const verdicts = async (...options: string[]) =>
      (await json(folder, 'rank', 'sweep', ...options)).ranked.map(
        ({ verdict }: { verdict: string }) => verdict,
      )
    expect(new Set(await verdicts())).toEqual(new Set(['undecided']))
    expect(await verdicts('--noise', '0.1')).toEqual(['undecided', 'undecided', 'worse', 'worse'])
    expect(await verdicts('--noise', '0.1', '--equivalence', '1')).toEqual(['same', 'same', 'same', 'worse'])
  })

  it('of a second import of one name', async () => {
    const folder = await imported()
    const again = await thresher(['import', 'sweep.csv'], { cwd: folder })
    expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/--force/) })
    expect(await thresher(['import', 'sweep.csv', '--force'], { cwd: folder })).toMatchObject({ code: 0 })
  })

  it('of the table of results, that it imports again as it was', async () => {
    const folder = await imported()
    await thresher(['export', 'sweep', '-o', 'results.csv'], { cwd: folder })
    await thresher(['import', 'results.csv', '--metric', 'val_hmean'], { cwd: folder })
    const ranked = async (study: string) => {
      const { ranked: rows, baseline } = await json(folder, 'rank', study)
      return [baseline, ...rows].map(({ number: _, ...row }: Record<string, unknown>) => row)
    }
    expect(await ranked('results')).toEqual(await ranked('sweep'))
  })

  it('of the three settings to run next', async () => {
    const folder = await imported()
    const { recommendations } = await json(folder, 'report', 'sweep', '--program', 'train.py')
    expect(recommendations.map(({ role, run }: { role: string; run: string }) => [role, run])).toEqual([
      ['best', 'b'],
      ['stable', 'a'],
      ['hybrid', null],
    ])
    expect(recommendations[2].words.slice(0, 2)).toEqual(['python', 'train.py'])
  })

  it('of the sweep files, that they are given to run over the seeds', async () => {
    const folder = await imported()
    const { stdout } = await thresher(['report', 'sweep', '--program', 'train.py'], { cwd: folder })
    expect(stdout).toContain('| program: "train.py"')
    expect(stdout).toContain('seed: { values: [ 42, 777, 2024 ] }')
  })
})
