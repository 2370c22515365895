import { z } from 'zod'
import { sweepFileSchema } from './thresher/schema.js'

/**
 * The JSON Schema of our sweep files, for editors: what schema/sweep.schema.json holds. W&B files have W&B's own.
 */
export function sweepFileJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(sweepFileSchema, { target: 'draft-7', io: 'input' })
  return {
    $schema,
    title: 'Thresher sweep file',
    description: 'A training sweep: what is searched, how runs are made, and how the search goes.',
    ...schema,
  }
}
