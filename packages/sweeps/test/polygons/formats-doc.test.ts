import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { POLYGON_FORMATS } from '../../src/polygons/polygon-formats.js'
import { readPolygons } from '../../src/polygons/read-polygons.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const document = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8')

/** The first example under each heading that names a format. */
const examples = [...document.matchAll(/^## .*\(`([\w-]+)`\)\n+```\w+\n([^`]*)```/gm)].map(
  ([, format, text]) => [format!, text!] as const,
)

it('shows every format', () => {
  expect(examples.map(([format]) => format).sort()).toEqual(POLYGON_FORMATS.map(({ name }) => name).sort())
})

it.each(examples)('the example of %s is read as such', async (format, text) => {
  const read = await readPolygons(
    folder.write(`${format}/example${format === 'icdar' ? '.txt' : '.json'}`, text),
  )
  expect(read.format).toBe(format)
  expect([...read.images.values()].flat()).toHaveLength(2)
})
