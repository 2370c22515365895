import { InputError } from '@thresher/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openMaps } from '../../src/maps/map-set.js'
import { npyBytes } from '../support/npy-bytes.js'
import { spoilt } from '../support/spoilt.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { zipBytes } from '../support/zip-bytes.js'

const folder = temporaryFolder()
const npy = npyBytes({
  type: 'float16',
  shape: [2, 3, 4],
  values: Array.from({ length: 24 }, (_, i) => i / 32),
})
const npz = await zipBytes({ 'prob.npy': npy, 'other.npy': npy })
const stored = await zipBytes({ 'prob.npy': npy }, false)

it.each([
  ['npy', npy],
  ['npz', npz],
  ['npz', stored],
])(
  'damaged .%s files give values or one line, never anything else',
  { timeout: 60_000 },
  async (extension, bytes) => {
    await fc.assert(
      fc.asyncProperty(spoilt(bytes), async (damaged) => {
        const path = folder.write(`damaged.${extension}`, damaged)
        try {
          for await (const { entry, map } of (await openMaps([path])).read()) {
            expect(map.data.length).toBe(entry.width * entry.height)
            expect(map.data.every(Number.isFinite)).toBe(true)
          }
        } catch (error) {
          if (!(error instanceof InputError)) throw error
          expect(error.message).toContain('damaged.')
          expect(error.message).not.toMatch(/[\r\n]/)
        }
      }),
      { numRuns: 500 },
    )
  },
)
