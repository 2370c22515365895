import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSweepFile } from '../../../src/index.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const folder = temporaryFolder()

/** The YAML of a page of the documentation. */
function blocks(page: string): string[] {
  const text = readFileSync(new URL(`../../../../../docs/${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml!)
}

/** What the tables of a page write as `name: ...` in their first column. */
function parameters(page: string): string[] {
  const text = readFileSync(new URL(`../../../../../docs/${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^\| `(\w+: [^`]+)`/gm)].map(([, written]) => written!)
}

const read = (text: string) => {
  folder.write('sweep.yaml', text)
  return readSweepFile('sweep.yaml', { cwd: folder.path })
}

describe('the documentation', () => {
  it.each([...blocks('training-sweeps.md'), ...blocks('from-wandb.md')])(
    '%#: has sweep files that are read',
    async (text) => {
      const plan = await read(text)
      expect(plan.format).toBe(text.includes('method:') ? 'wandb' : 'thresher')
      if (plan.format === 'thresher') expect(plan.notices).toEqual([])
    },
  )

  it.each(parameters('training-sweeps.md'))('has the parameter %s', async (written) => {
    const head =
      'metric: {name: m, direction: maximize}\ntrainer: {command: [a]}\nparameters:\n  optimizer: [sgd, adamw]\n'
    const name = written.slice(0, written.indexOf(':'))
    const plan = await read(
      `${head.replace(name === 'optimizer' ? '  optimizer: [sgd, adamw]\n' : '\0', '')}  ${written.split('`, `')[0]}\n`,
    )
    expect(plan.order).toContain(name)
  })

  it('has the two files that mean the same', async () => {
    const [theirs, ours] = await Promise.all(
      [blocks('from-wandb.md')[0]!, blocks('from-wandb.md')[1]!].map(read),
    )
    expect(ours!.order.toSorted()).toEqual(theirs!.order.toSorted())
    expect(ours!.pruner!.options).toEqual(theirs!.pruner!.options)
  })
})
