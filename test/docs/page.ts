import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const DOCS = fileURLToPath(new URL('../../docs', import.meta.url))

/** A page of the documentation, and what in it can be tried. */
export class Page {
  readonly text: string

  private constructor(text: string) {
    this.text = text
  }

  static async read(name: string): Promise<Page> {
    return new Page(await readFile(join(DOCS, name), 'utf8'))
  }

  /** Fenced blocks of one language, in order. */
  blocks(language: string): string[] {
    return [...this.text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
      ([, body]) => body!,
    )
  }

  /** The arguments of each `thresher` command, in order; a backslash at its end continues a line. */
  commands(): string[][] {
    return this.blocks('sh')
      .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
      .map((line) => line.split(/\s+/).filter((word) => word !== ''))
      .filter((words) => words.length > 0)
      .map(([program, ...args]) => {
        if (program !== 'thresher') throw new Error(`the page runs ${program}, which this test cannot`)
        return args
      })
  }

  /** Writes the files that the page spells out after their names to a folder. */
  async writeFiles(folder: string): Promise<void> {
    for (const [, path, body] of this.text.matchAll(/`([\w/.]+)`:\n\n```text\n(.*?)```/gs)) {
      await mkdir(dirname(join(folder, path!)), { recursive: true })
      await writeFile(join(folder, path!), body!)
    }
  }
}
