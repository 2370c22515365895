import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSweepFile } from '../../../../src/index.ts'
import { parseYaml } from '../../../../src/training/sweep-file/yaml/parse-yaml.ts'
import { pythonTextNotice } from '../../../../src/training/sweep-file/yaml/python-numbers.ts'
import { nodeAt, plainOf } from '../../../../src/training/sweep-file/yaml/yaml-node.ts'
import { failure } from '../../../support/failure.ts'
import { spoilt } from '../../../support/spoilt.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const folder = temporaryFolder()
const parse = (text: string, version: '1.1' | '1.2' = '1.2') => parseYaml(text, 'f.yaml', version)
const plain = (text: string, version?: '1.1' | '1.2') =>
  JSON.parse(JSON.stringify(plainOf(parse(text, version))))

describe('YAML with places', () => {
  it('knows the line and the column of every part', () => {
    const root = parse('a: 1\nb:\n  c: [x, "y"]\n  한글: z\n')
    const place = (...path: (string | number)[]) => {
      const node = nodeAt(root, path)
      const { line, column } = node.source.place(node.offset)
      return [line, column]
    }
    expect(place('a')).toEqual([1, 4])
    expect(place('b', 'c')).toEqual([3, 6])
    expect(place('b', 'c', 1)).toEqual([3, 10])
    expect(place('b', '한글')).toEqual([4, 7])
    expect(nodeAt(root, ['b', 'none', 'x']).path).toEqual(['b'])
  })

  it('resolves anchors and merge keys, where the key that is there counts', () => {
    const text =
      'base: &base {min: 1, max: 2}\na: {<<: *base, max: 3}\nb: *base\nc:\n  <<: [{x: 1}, *base, {x: 2}]\n'
    expect(plain(text)).toEqual({
      base: { min: 1, max: 2 },
      a: { min: 1, max: 3 },
      b: { min: 1, max: 2 },
      c: { x: 1, min: 1, max: 2 },
    })
    expect(plain(text, '1.1')).toEqual(plain(text))
    expect(nodeAt(parse(text), ['a', 'min']).path).toEqual(['a', 'min'])
  })

  it('reads numbers and words as each version does', () => {
    const text = 'a: [1e-5, 1.5e3, on, no, 010, 0x1F, 1_000, ~, 2026-01-02, "1e-5", .5]'
    expect(plain(text).a).toEqual([1e-5, 1500, 'on', 'no', 10, 31, '1_000', null, '2026-01-02', '1e-5', 0.5])
    expect(plain(text, '1.1').a).toEqual([
      1e-5,
      1500,
      true,
      false,
      8,
      31,
      1000,
      null,
      '2026-01-02',
      '1e-5',
      0.5,
    ])
  })

  it('reads as a text what only PyYAML, of the readers of 1.1, reads so', () => {
    const text = 'a: [y, N, 08, 0391, 0:2, yes, 017, 1:30]'
    expect(plain(text, '1.1').a).toEqual(['y', 'N', '08', '0391', '0:2', true, 15, 90])
  })

  it('names the numbers that PyYAML takes for texts', () => {
    const text = 'a: [1e-5, 1.0e-5, 1.5e3, "1e-3", 3, 1_000, 0x1F, .5, -2., 1e5]\nb: {c: 2E-4}\n'
    expect(pythonTextNotice(parse(text, '1.1'))).toBe(
      "f.yaml:1:5: 1e-5, 1.5e3, 1e5, and 1 more: W&B's YAML reader takes such numbers for texts, for want of a point or a sign as in 1.0e-5; here they are numbers.",
    )
    expect(pythonTextNotice(parse('a: [1.0e-5, 3, -0.5, "1e-5", x, .inf]', '1.1'))).toBeUndefined()
  })

  it.each([
    ['', 'f.yaml: is empty. Write a sweep file; docs/training-sweeps.md has one.'],
    ['# nothing\n', 'f.yaml: is empty.'],
    ['a: 1\na: 2', 'f.yaml:2:1: a comes twice. Leave one out.'],
    ['a:\n\tb: 1', 'f.yaml:2:1: a tab begins the line. Indent with spaces.'],
    ['a: 1\n---\nb: 2', 'f.yaml:2:1: a second document begins. Put one sweep in a file.'],
    ['a: *x', 'f.yaml:1:4: a: there is no anchor &x. Mend the name.'],
    ['a: &x [*x]', 'f.yaml'],
    ['a: !foo 1', 'f.yaml:1:4: a tag that is not known here. Leave it out.'],
    ['a: [1', 'f.yaml:1:6: not YAML:'],
    [`a: 'x`, 'f.yaml:1:6: a quote, a bracket, a comma or a colon is missing. Close what was opened.'],
    ['? [1]\n: 2', 'f.yaml:1:3: a key is a list or a map. Write a name.'],
    ['<<: 3', 'f.yaml:1:1: << merges maps. Name an anchor of a map.'],
    ['a: 9007199254740993', 'f.yaml:1:4: a: 9007199254740993 is more than a number holds exactly.'],
  ])('%j: %s', async (text, message) => {
    expect(await failure(() => parse(text))).toContain(message)
  })

  it('reads many aliases and many keys', () => {
    expect(plain(`x: &x 1\na:\n${'  - *x\n'.repeat(1000)}`).a).toHaveLength(1000)
    const keys = Array.from({ length: 1000 }, (_, i) => `k${i}: ${i}\n`).join('')
    expect(plain(keys).k999).toBe(999)
  })

  it('ends with an error where aliases are billions or brackets thousands', async () => {
    const bomb = [
      'a: &a [1]',
      ...[...'bcdefgh'].map((name, i) => `${name}: &${name} [${`*${'abcdefg'[i]},`.repeat(9)}]`),
    ]
    expect(await failure(() => parse(bomb.join('\n')))).toMatch(
      /over 50000 values, with those that aliases repeat/,
    )
    expect(await failure(() => parse(`a: ${'['.repeat(5000)}`))).toMatch(
      /is nested too deeply\. Flatten it\.$/,
    )
    expect(await failure(() => parse(`a: ${'{b: '.repeat(5000)}`))).toMatch(
      /is nested too deeply\. Flatten it\.$/,
    )
  })
})

describe('a file that is no sweep file', () => {
  const read = (content: string | Uint8Array) => {
    folder.write('f.yaml', content)
    return readSweepFile('f.yaml', { cwd: folder.path })
  }

  it('is refused by its size, its bytes or its kind', async () => {
    expect(await failure(() => read('a'.repeat(2 ** 20 + 1)))).toBe(
      'f.yaml: is over 1 MiB, which no sweep file is. Name the sweep file.',
    )
    expect(await failure(() => read(Uint8Array.from([97, 58, 32, 255])))).toBe(
      'f.yaml: is not UTF-8. Save it as UTF-8.',
    )
    expect(await failure(() => read('[1, 2]'))).toBe(
      'f.yaml:1:1: is a list. Write keys and values, as in name: lr.',
    )
    expect(await failure(() => readSweepFile('none.yaml', { cwd: folder.path }))).toMatch(
      /none\.yaml: no such file/,
    )
    expect(await failure(() => readSweepFile('.', { cwd: folder.path }))).toMatch(/not a file/)
  })

  it('gives one line, whatever was done to a good one', async () => {
    const good = [
      `metric: {name: m, direction: maximize}\ntrainer: {command: [a, "\${args}"]}\nparameters:\n  lr: {log: [1e-5, 1e-2]}\n  b: "range(1,9,2)"\n  c: {choice: [x, y], weights: [1, 2]}\nbaseline: {lr: 1, b: 1, c: x}\nseeds: [1, 2]\nphases: [{trials: 3}, {verify: 1}]\npruner: {asha: {min: 1}}\n`,
      `program: t.py\nmethod: bayes\nmetric: {name: m, goal: maximize}\nearly_terminate: {type: hyperband, min_iter: 3}\nparameters:\n  lr: {distribution: q_log_uniform_values, min: 1e-5, max: 1e-2, q: 1e-4}\n  o: {parameters: {b: {values: [1, [2], {c: 3}]}, d: {min: 1, max: 9}}}\nrun_cap: 5\n`,
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...good).chain((text) => spoilt(new TextEncoder().encode(text))),
        async (bytes) => {
          let plan: unknown
          const message = await failure(async () => {
            plan = await read(bytes)
            // What is left good is good; the rest must fail as it should.
            const { InputError } = await import('@thresher/core')
            throw new InputError('good')
          })
          if (message === 'good') expect(plan).toMatchObject({ file: 'f.yaml' })
          else expect(message).toMatch(/f\.yaml(:\d+:\d+)?: /)
        },
      ),
      { numRuns: 100 },
    )
  })
})
