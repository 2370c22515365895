// Writes schema/sweep.schema.json anew from the schema of sweep files. Run it after a change, and a build.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sweepFileJsonSchema } from '../dist/training/sweep-file/json-schema.js'

const file = fileURLToPath(new URL('../schema/sweep.schema.json', import.meta.url))
writeFileSync(file, `${JSON.stringify(sweepFileJsonSchema(), null, 2)}\n`)
