import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FLOAT16_VALUES } from '../../src/maps/float16.js'
import { openMaps } from '../../src/maps/map-set.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A Python that has NumPy, if this machine has one. */
const python = ['/usr/bin/python3', 'python3'].find((command) => {
  try {
    execFileSync(command, ['-c', 'import numpy'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

const WRITER = `
import itertools, json, sys
from pathlib import Path
import numpy as np
from numpy.lib import format
out = Path(sys.argv[1])
rng = np.random.default_rng(5)
base = rng.random((3, 17, 23))
for dtype, order, rank, version in itertools.product(['<f4', '>f4', '<f2', '>f2', 'u1'], 'CF', [2, 3, 4], [1, 2, 3]):
    array = (base * (255 if dtype == 'u1' else 1)).astype(dtype)
    array = {2: array[0], 3: array, 4: array[:, None]}[rank]
    array = np.array(array, order=order)
    name = f"{dtype.strip('<>')}{'b' if '>' in dtype else 'l'}-{order}-{rank}-{version}"
    with open(out / f'{name}.npy', 'wb') as file:
        format.write_array(file, array, version=(version, 0))
    (np.savez if version == 2 else np.savez_compressed)(out / f'{name}z.npz', prob=array, other=array[..., :4])
    wide = np.asarray(array, np.float32) / (np.float32(255) if dtype == 'u1' else np.float32(1))
    (out / f'{name}.bin').write_bytes(wide.astype('<f4').tobytes())
np.arange(65536, dtype='<u2').view('<f2').astype('<f4').tofile(out / 'halves.bin')
`

describe.skipIf(python === undefined)(
  'files written by NumPy (skipped where there is no Python with NumPy)',
  () => {
    const folder = temporaryFolder()
    let written = false

    function write(): string {
      if (!written) execFileSync(python!, ['-c', WRITER, folder.path])
      written = true
      return folder.path
    }

    function floats(name: string): Float32Array {
      const bytes = readFileSync(join(folder.path, name))
      return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    }

    it('are read as NumPy reads them, for every type, order, rank and version', {
      timeout: 60_000,
    }, async () => {
      const set = await openMaps([write()])
      expect(set.entries.length).toBe(5 * 2 * 3 * (1 + 3 + 3) * 3)
      const pixels = new Map<string, number[]>()
      for await (const { entry, map } of set.read()) {
        const array = entry.image.replace(/#\d+$/, '')
        pixels.set(array, [...(pixels.get(array) ?? []), ...map.data])
      }
      for (const [array, values] of pixels) {
        const expected = floats(`${array.replace(/z\/.*$/, '')}.bin`)
        const narrow = array.endsWith('/other')
        expect(values, array).toEqual(narrow ? [...expected].filter((_, i) => i % 23 < 4) : [...expected])
      }
    })

    it('have the same 65,536 half-precision numbers', () => {
      write()
      expect(FLOAT16_VALUES).toEqual(floats('halves.bin'))
    })
  },
)
