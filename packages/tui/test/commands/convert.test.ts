import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runProgram } from '../../src/program.js'
import { fakeContext } from '../support/context.js'

let folder: string
let label: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thresher-'))
  label = join(folder, 'label.txt')
  const region = (text: string) => ({
    transcription: text,
    points: [
      [1, 2],
      [30, 2],
      [30, 9],
      [1, 9],
    ],
    score: 0.5,
  })
  await writeFile(label, `val/a.jpg\t${JSON.stringify([region('영수증'), region('###')])}\nb.jpg\t[]\n`)
})
afterEach(() => rm(folder, { recursive: true }))

/** Runs the program with the real readers and writers. */
async function run(...argv: string[]) {
  const { services } = fakeContext()
  const context = fakeContext({ services: { ...services, sweeps: () => import('@thresher/sweeps') } })
  const code = await runProgram(['convert', ...argv], context)
  return { code, out: context.out.text, err: context.err.lines }
}

test('writes the format and says what it did; notices go to stderr', async () => {
  const path = join(folder, 'out.json')
  expect(await run(label, '--to', 'mmocr', '-o', path)).toEqual({
    code: 0,
    out: `${path}: 2 images, 2 regions, paddleocr to mmocr\n`,
    err: [
      'thresher: height and width of images are not known: left out (2 times, first image "val/a.jpg").',
      `thresher: MMOCR annotations have no confidences: left out (2 times, first ${label}:1: [0]).`,
    ],
  })
  const { data_list } = JSON.parse(await readFile(path, 'utf8'))
  expect(
    data_list[0].instances.map(({ text, ignore }: { text: string; ignore: boolean }) => [text, ignore]),
  ).toEqual([
    ['영수증', false],
    ['###', true],
  ])
})

test('--json is one document with the notices', async () => {
  const path = join(folder, 'gt')
  const { code, out } = await run(label, '--to', 'icdar', '-o', path, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({
    source: label,
    from: 'paddleocr',
    to: 'icdar',
    path,
    files: 2,
    images: 2,
    regions: 2,
    notices: [
      expect.stringMatching(/^folders and picture extensions of image names were left out \(2 times, first /),
    ],
  })
  expect(await readFile(join(path, 'res_a.txt'), 'utf8')).toBe(
    '1,2,30,2,30,9,1,9,0.5,영수증\n1,2,30,2,30,9,1,9,0.5,###\n',
  )
})

test('never overwrites without --force', async () => {
  const path = join(folder, 'there.json')
  await writeFile(path, 'mine')
  expect(await run(label, '--to', 'ufo', '-o', path)).toEqual({
    code: 2,
    out: '',
    err: [`thresher: ${path}: is there already. Name another, or give --force to replace it.`],
  })
  expect(await readFile(path, 'utf8')).toBe('mine')
  expect((await run(label, '--to', 'ufo', '-o', path, '--force')).code).toBe(0)
  expect(JSON.parse(await readFile(path, 'utf8')).images['b.jpg']).toEqual({ words: {} })
})

test.each([
  [['gt', '-o', 'out'], /required option '--to <format>' not specified\. See thresher convert --help\.$/],
  [['gt', '--to', 'ufo'], /required option '-o, --output <path>' not specified\./],
  [['--to', 'ufo', '-o', 'out'], /missing required argument 'source'\./],
  [['gt', '--to', 'paddleOCR', '-o', 'out'], /Did you mean paddleocr\? It is one of icdar, /],
  [['gt', '--to', 'icdar', '-o', 'out', '--prefix', 'det'], /It is one of gt, res\.$/],
  [['no/such/gt', '--to', 'ufo', '-o', 'out'], /no\/such\/gt: no such file or folder\. Check the path\.$/],
])('%j is a usage error', async (argv, message) => {
  const { code, err } = await run(...argv)
  expect(code).toBe(2)
  expect(err).toHaveLength(1)
  expect(err[0]).toMatch(message)
  expect(existsSync('out')).toBe(false)
})
