import { expect, it } from 'vitest'
import { thresher } from './thresher.js'

it('bench times the parts of a sweep and says of which machine', async () => {
  const run = await thresher([
    'bench',
    '--runs',
    '1',
    '--images',
    '1',
    '--protocol',
    'cleval-receipt',
    '--json',
  ])
  expect(run.code).toBe(0)
  const { machine, images, rows } = JSON.parse(run.stdout)
  expect(machine).toMatch(/\d+ CPUs$/)
  expect(images).toBe(1)
  const names = rows.map(({ name }: { name: string }) => name)
  expect(names).toContain('grid')
  expect(names).toContain('grid, icdar2015')
  expect(names).not.toContain('grid, cleval-receipt')
  for (const { millisecondsPerMap } of rows) expect(millisecondsPerMap.median).toBeGreaterThan(0)
})
