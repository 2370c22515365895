import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sweepFileJsonSchema } from '../../../src/training/sweep-file/json-schema.ts'
import { parseYaml } from '../../../src/training/sweep-file/yaml/parse-yaml.ts'
import { plainOf } from '../../../src/training/sweep-file/yaml/yaml-node.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const shipped = JSON.parse(read('../../../schema/sweep.schema.json'))

describe('the JSON Schema of sweep files', () => {
  it('is up to date; pnpm --filter @thresher/sweeps write-schema writes it', () => {
    expect(shipped).toEqual(JSON.parse(JSON.stringify(sweepFileJsonSchema())))
  })

  it('is among what the package ships', () => {
    expect(JSON.parse(read('../../../package.json')).files).toContain('schema')
  })

  const schema = z.fromJSONSchema(shipped)
  const accepts = (text: string) =>
    schema.safeParse(JSON.parse(JSON.stringify(plainOf(parseYaml(text, 'f.yaml', '1.2'))))).success
  const head = 'metric: {name: m, direction: maximize}\ntrainer: {command: [a]}\n'

  it('accepts every file of the documentation', () => {
    const blocks = [...read('../../../../../docs/training-sweeps.md').matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, yaml]) => yaml!,
    )
    const whole = blocks.filter((block) => block.includes('trainer:') && block.includes('parameters:'))
    expect(whole.length).toBeGreaterThan(1)
    for (const block of whole) expect(accepts(block), block).toBe(true)
  })

  it('tells a good file from a bad one', () => {
    const good = [
      'parameters: {lr: {log: [1e-5, 1e-2]}, a: [1, 2], b: "range(1,5)", c: 3, d: null}',
      'parameters: {x: {float: [0, 1], step: 0.1, when: {a: [1, 2]}}}\nsampler: {tpe: {startup_trials: 5}}\npruner: none',
      'parameters: {x: [1]}\nphases: [{trials: 3}, {verify: 2}]\ntimeout: 1h 30m\nseeds: [1, 2]',
    ]
    for (const rest of good) expect(accepts(head + rest), rest).toBe(true)
    const bad = [
      'parameters: {lr: {lgo: [1e-5, 1e-2]}}',
      'parameters: {lr: {log: [1e-5]}}',
      'parameters: {x: [1]}\nsampler: {tpe: {startup: 5}}',
      'parameters: {x: [1]}\nsampler: {tpe: {}, gp: {}}',
      'parameters: {x: [1]}\ntimeout: 3 weeks',
      'parameters: {x: [1]}\nseeds: 3',
      'parameters: {x: [1]}\nfoo: 3',
      'name: x',
    ]
    for (const rest of bad) expect(accepts(head + rest), rest).toBe(false)
  })
})
