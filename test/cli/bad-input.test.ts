import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { npy, rectangleMap, writeNpy } from './npy.js'
import { temporaryFolder, thresher } from './thresher.js'

const good = rectangleMap(64, 48, 10, 10, 30, 12)
const withValue = (value: number) => {
  const data = good.slice()
  data[65] = value
  return data
}

describe('a map that cannot be read ends boxes with exit code 2 and one line that names it', () => {
  it.each<[string, string, Buffer, RegExp]>([
    ['a truncated .npy', 'map.npy', npy([48, 64], good).subarray(0, 5000), /map\.npy.*bytes/],
    ['text called .npy', 'map.npy', Buffer.from('not an array at all'), /map\.npy.*\.npy/],
    ['a .npy called .npz', 'map.npz', npy([48, 64], good), /map\.npz/],
    ['a truncated .npz', 'map.npz', Buffer.from('PK\u0003\u0004 and no more', 'latin1'), /map\.npz/],
    ['rank 1', 'map.npy', npy([48 * 64], good), /map\.npy.*H x W/],
    ['rank 5', 'map.npy', npy([1, 1, 1, 48, 64], good), /map\.npy.*H x W/],
    ['a colour image', 'map.npy', npy([2, 3, 8, 64], good.subarray(0, 3072)), /map\.npy/],
    ['float64', 'map.npy', npy([48, 32], good, '<f8'), /map\.npy.*float64/],
    ['objects', 'map.npy', npy([48, 64], good, '|O'), /map\.npy.*object/i],
    [
      'NaN',
      'map.npy',
      npy([48, 64], withValue(Number.NaN)),
      /map\.npy.*(row|y).*1.*NaN|map\.npy.*NaN.*(row|y).*1/i,
    ],
    ['infinity', 'map.npy', npy([48, 64], withValue(Number.POSITIVE_INFINITY)), /map\.npy.*infin/i],
    ['zero size', 'map.npy', npy([0, 64], new Float32Array(0)), /map\.npy.*0 x 64/],
    ['a huge shape', 'map.npy', npy([1_000_000, 1_000_000], good), /map\.npy/],
  ])('%s', async (_, name, bytes, message) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, name), bytes)
    const run = await thresher(['boxes', name], { cwd: folder })
    expect(run.stderr).toMatch(message)
    expect(
      run.stderr
        .trimEnd()
        .split('\n')
        .filter((line) => /error|map\./i.test(line)),
    ).toHaveLength(1)
    expect(run).toMatchObject({ code: 2, stdout: '' })
  })

  it('an empty folder, and a path that is not there', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'maps'))
    expect(await thresher(['boxes', 'maps'], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/maps.*\.npy/),
    })
    expect(await thresher(['boxes', 'nowhere.npy'], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.npy'),
    })
  })
})

describe('ground truth that does not fit ends thresholds with exit code 2', () => {
  async function dataset(gt: Record<string, string>) {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'maps'))
    await mkdir(join(folder, 'gt'))
    await writeNpy(join(folder, 'maps', 'a.npy'), [48, 64], good)
    for (const [name, text] of Object.entries(gt)) await writeFile(join(folder, 'gt', name), text)
    return (extra: string[] = []) =>
      thresher(['thresholds', '--maps', 'maps', '--gt', 'gt', '--param', 'thresh=0.3', ...extra], {
        cwd: folder,
      })
  }
  const quad = '8,8,42,8,42,24,8,24,word\n'

  it.each<[string, Record<string, string>, RegExp]>([
    ['a map without ground truth', { 'gt_b.txt': quad }, /a\.npy.*no ground truth for a/],
    ['an empty folder', {}, /gt/],
    ['a line of words', { 'gt_a.txt': `${quad}what is this\n` }, /gt_a\.txt:2/],
    ['seven numbers', { 'gt_a.txt': '1,2,3,4,5,6,7\n' }, /gt_a\.txt:1/],
    ['a coordinate that is no number', { 'gt_a.txt': '1,2,3,4,5,6,7,x8,word\n' }, /gt_a\.txt:1/],
    [
      'a counterclockwise quad under icdar2015',
      { 'gt_a.txt': '8,24,42,24,42,8,8,8,word\n' },
      /gt_a\.txt:1.*clockwise/,
    ],
  ])('%s', async (_, gt, message) => {
    const run = await (await dataset(gt))()
    expect(run.stderr).toMatch(message)
    expect(run).toMatchObject({ code: 2, stdout: '' })
  })

  it('is used where it fits: an empty file is an image without text, and files without maps are left out aloud', async () => {
    const run = await (await dataset({ 'gt_a.txt': '', 'gt_b.txt': quad }))(['--json'])
    expect(run.code).toBe(0)
    expect(run.stderr).toMatch(/no map for b/)
    expect(JSON.parse(run.stdout)).toMatchObject({
      images: 1,
      baseline: { precision: 0, recall: 0, hmean: 0 },
    })
  })

  it('drops invalid polygons under iou', async () => {
    const run = await (await dataset({ 'gt_a.txt': `${quad}0,0,9,9,9,0,0,9,bow tie\n` }))([
      '--json',
      '--protocol',
      'iou',
    ])
    expect(JSON.parse(run.stdout).baseline).toEqual(
      expect.objectContaining({ precision: 1, recall: 1, hmean: 1 }),
    )
  })
})

describe('bad usage ends with exit code 2 and says what is right', () => {
  it.each<[string[], RegExp]>([
    [['thresholds', '--maps', 'x.npy'], /--gt/],
    [['thresholds', '--sample', '--param', 'thresh=0.4:0.2:0.01'], /thresh/],
    [['thresholds', '--sample', '--param', 'tresh=0.3'], /thresh/],
    [['thresholds', '--sample', '--baseline', 'thresh=2'], /thresh/],
    [['boxes', 'x.npy', '--box-type', 'round'], /quad.*poly/],
    [['boxes', 'x.npy', '--thresh', '1e'], /--thresh/],
    [['boxes', 'x.npy', '--backend', 'cuda'], /CUDA/i],
    [['bxes'], /boxes/],
  ])('thresher %s', async (args, message) => {
    const run = await thresher(args)
    expect(run.stderr).toMatch(message)
    expect(run).toMatchObject({ code: 2, stdout: '' })
  })
})
