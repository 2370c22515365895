import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as core from '../../src/index.ts'

/** What is written about studies; the parts before it need the native addon and files. */
const text = readFileSync(new URL('../../../../docs/scripting.md', import.meta.url), 'utf8').split(
  '\n## Studies\n',
)[1]!
const folder = mkdtempSync(join(tmpdir(), 'thresher-docs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (core: unknown, console: { log(...parts: unknown[]): void }) => Promise<void>

interface Example {
  readonly heading: string
  readonly code: string
  /** What it prints, line by line: the comment behind a console.log, or on the lines after it. */
  readonly prints: readonly string[]
}

function examplesOf(markdown: string): Example[] {
  let heading = 'Studies'
  const examples: Example[] = []
  for (const part of markdown.split(/^(?=### |```ts\n)/m)) {
    const title = /^### (.*)/.exec(part)
    if (title) heading = title[1]!
    const code = /^```ts\n([\s\S]*?)^```$/m.exec(part)?.[1]
    if (code === undefined) continue
    const prints = [...code.matchAll(/console\.log\(.*\)\s*\/\/ (.*)/g)].map((match) => match[1]!)
    examples.push({ heading, code, prints })
  }
  return examples
}

function runnable(code: string): string {
  const body = code
    .replace(/^import \{(.*)\} from '@thresher\/core'$/m, 'const {$1} = core')
    .replaceAll('sqlite:///', `sqlite:///${folder}/`)
  expect(body, 'an example imports from @thresher/core alone').not.toMatch(/^import /m)
  return body
}

describe('docs/scripting.md', () => {
  const examples = examplesOf(text)

  it('has examples that say what they print', () => {
    expect(examples.length).toBeGreaterThan(6)
    for (const { heading, prints } of examples) expect(prints.length, heading).toBeGreaterThan(0)
  })

  it.each(examples.map((example) => [example.heading, example] as const))(
    '%s',
    async (_, { code, prints }) => {
      const printed: string[] = []
      const log = (...parts: unknown[]) => void printed.push(parts.map(String).join(' '))
      await new AsyncFunction('core', 'console', runnable(code))(core, { log })
      expect(printed).toEqual(prints)
    },
  )
})
