import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Goes up with every change of the sample's bytes, so that older samples are made anew. */
export const SAMPLE_VERSION = 1
export const MANIFEST_NAME = 'sample.json'

const GENERATOR = 'thresher sample'

// Only paths that a sample has: a manifest says which files may be replaced.
const path = z.string().regex(/^(maps\/receipt_\d+\.npy|gt\/gt_receipt_\d+\.txt|index\.json|README\.md)$/)

const manifestSchema = z.object({
  generator: z.literal(GENERATOR),
  version: z.int(),
  seed: z.int(),
  images: z.int(),
  files: z.array(z.object({ path, bytes: z.int() })),
})

/** What a sample folder says of itself. */
export type Manifest = z.infer<typeof manifestSchema>

export interface SampleFile {
  /** Inside the sample folder, with `/`. */
  path: string
  bytes: Uint8Array
}

export function manifestOf(seed: number, images: number, files: Manifest['files']): Manifest {
  return { generator: GENERATOR, version: SAMPLE_VERSION, seed, images, files }
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 1)}\n`
}

/** The manifest of a sample folder; undefined where there is none that we wrote. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(await readFile(join(folder, MANIFEST_NAME), 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** Whether every file of a manifest is there in its size. */
export async function isComplete(folder: string, { files }: Manifest): Promise<boolean> {
  for (const { path, bytes } of files) {
    const found = await stat(join(folder, path)).catch(() => undefined)
    if (found === undefined || !found.isFile() || found.size !== bytes) return false
  }
  return true
}
