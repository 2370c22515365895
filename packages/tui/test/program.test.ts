import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Interrupted } from '../src/errors.js'
import { runProgram } from '../src/program.js'
import { type FakeContext, fakeContext } from './support/context.js'
import { GRID } from './support/fake-sweep.js'

const SWEEP = ['thresholds', '--maps', 'maps', '--gt', 'gt']

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thresher-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function run(argv: readonly string[], context: FakeContext = fakeContext()) {
  const code = await runProgram(argv, context)
  return { code, out: context.out, err: context.err }
}

describe('usage errors are one line on stderr, and exit code 2', () => {
  test.each([
    [['treshold'], /unknown command 'treshold' \(Did you mean thresholds\?\)$/],
    [['boxes', 'maps', '--tresh', '0.3'], /unknown option '--tresh' \(Did you mean --thresh\?\)$/],
    [['boxes'], /missing required argument 'maps'\. See thresher boxes --help\.$/],
    [
      ['boxes', 'maps', '--thresh', '1e'],
      /option '--thresh <p>': '1e' is invalid\. It is a decimal number such as 0\.3\.$/,
    ],
    [['boxes', 'maps', '--thresh', ''], /option '--thresh <p>': '' is invalid\./],
    [['boxes', 'maps', '--max-candidates', '0x10'], /option '--max-candidates <n>': '0x10' is invalid\./],
    [['boxes', 'maps', '--min-size', 'NaN'], /option '--min-size <px>': 'NaN' is invalid\./],
    [['boxes', 'maps', '--variant', 'paddleOCR'], /Did you mean paddleocr\? It is one of /],
    [
      ['boxes', 'maps', '--index', 'i.json', '--size', '1x1'],
      /--index and --size both .* Give one of them\.$/,
    ],
    [['score', '--gt', 'gt'], /required option '--pred <path>' not specified\. See thresher score --help\.$/],
    [['score', '--gt', 'gt', '--pred', 'p', '--protocol', 'icdar2051'], /Did you mean icdar2015\?/],
    [
      ['thresholds', '--maps', 'maps'],
      /--gt PATH is missing\. Give it, or --sample to try the built-in example\.$/,
    ],
    [['thresholds'], /--maps PATH and --gt PATH are missing\./],
    [['thresholds', '--sample', '--gt', 'gt'], /--sample brings its own data; --gt cannot go with it\./],
    [[...SWEEP, '--param', 'tresh=0.3'], /^thresher: --param .*thresh/],
    [[...SWEEP, '--param', 'thresh=1e'], /^thresher: --param thresh=1e/],
    [[...SWEEP, '--baseline', 'thresh='], /^thresher: --baseline thresh=/],
    [
      [...SWEEP, '--param', 'thresh=0.2', '--param', 'thresh=0.3'],
      /--param thresh: given twice\. .*thresh=0\.2,0\.3\.$/,
    ],
    [[...SWEEP, '--json', '--jsonl'], /cannot be used with option/],
    [[...SWEEP, '--backend', 'cuda'], /--backend cuda: built without CUDA\. Use --backend cpu or auto\.$/],
    [
      [...SWEEP, '--seed', '-1'],
      /option '--seed <n>': '-1' is invalid\. It is a whole number from 0 to 9007199254740991\.$/,
    ],
    [[...SWEEP, '-o', '/nowhere/at/all.json'], /its folder does not exist\. Make \/nowhere\/at first\.$/],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await run(argv)
    expect(code).toBe(2)
    expect(out.text).toBe('')
    // "cpu, 2 threads" may stand before it.
    expect(err.lines.at(-1)).toMatch(/^thresher: /)
    expect(err.lines.at(-1)).toMatch(message)
    expect(err.lines.filter((line) => line.startsWith('thresher: '))).toHaveLength(1)
  })
})

describe('help and version', () => {
  test.each([[[]], [['--help']], [['thresholds', '-h']], [['boxes', '--help']]])(
    '%j goes to stdout, exit code 0',
    async (argv) => {
      const { code, out, err } = await run(argv)
      expect([code, err.text]).toEqual([0, ''])
      expect(out.text).toContain('$ thresher thresholds --sample'.slice(0, 10))
    },
  )

  test.each([[['--version']], [['score', '--version']]])('%j', async (argv) => {
    const { code, out } = await run(argv)
    expect([code, out.text]).toEqual([0, '0.1.0\n'])
  })
})

describe('thresholds without a terminal', () => {
  test('prints plain lines, without any control sequence', async () => {
    const { code, out, err } = await run(SWEEP)
    expect(code).toBe(0)
    for (const control of ['\u001b', '\r']) expect(out.text).not.toContain(control)
    expect(out.lines[0]).toMatch(/^thresher {2}thresholds .* 12 images/)
    expect(out.text).toContain(
      'Use:  -o PostProcess.thresh=0.24 PostProcess.box_thresh=0.4 PostProcess.unclip_ratio=1.9\n',
    )
    expect(err.lines[0]).toMatch(/^cpu, \d+ threads?$/)
  })

  test('--threads is what the backend line says', async () => {
    const { err } = await run([...SWEEP, '--threads', '3'])
    expect(err.lines[0]).toBe('cpu, 3 threads')
  })

  test('--backend cpu needs no explanation', async () => {
    const { err } = await run([...SWEEP, '--backend', 'cpu'])
    expect(err.text).toBe('')
  })

  test('--json is one document and nothing else on stdout', async () => {
    const { out } = await run([...SWEEP, '--json'])
    expect(JSON.parse(out.text).ranked).toHaveLength(GRID.size)
    expect(out.lines).toHaveLength(1)
  })

  test('--jsonl is an event a line, the result last', async () => {
    const { out } = await run([...SWEEP, '--jsonl'])
    const events = out.lines.map((line) => JSON.parse(line))
    expect(events.map(({ event }) => event)).toEqual([...Array(events.length - 1).fill('progress'), 'result'])
    expect(events[0]).toMatchObject({ phase: 'evaluate', imagesDone: 1, images: 12 })
    expect(events.at(-1).ranked).toHaveLength(GRID.size)
  })

  test('--top sets the rows, not the document', async () => {
    const { out } = await run([...SWEEP, '--top', '3'])
    expect(out.lines.filter((line) => / (better|same|worse)$/.test(line))).toHaveLength(4)
    const { out: json } = await run([...SWEEP, '--top', '3', '--json'])
    expect(JSON.parse(json.text).ranked).toHaveLength(GRID.size)
  })

  test('--param gives the axes, --baseline the comparison', async () => {
    const argv = [
      ...SWEEP,
      '--param',
      'thresh=0.2,0.3',
      '--param',
      'unclip_ratio=1.5',
      '--baseline',
      'box_thresh=0.5',
      '--json',
    ]
    const { ranked, baseline } = JSON.parse((await run(argv)).out.text)
    expect(ranked).toHaveLength(2)
    expect(ranked.map((row: { params: { box_thresh: number } }) => row.params.box_thresh)).toEqual([0.5, 0.5])
    expect(baseline.params).toMatchObject({ thresh: 0.3 })
  })

  test('-o writes the document to the file', async () => {
    const path = join(folder, 'result.json')
    const { code, out } = await run([...SWEEP, '-o', path])
    expect(code).toBe(0)
    expect(out.text).toContain('Use:')
    expect(JSON.parse(await readFile(path, 'utf8')).ranked).toHaveLength(GRID.size)
    expect(await readdir(folder)).toEqual(['result.json'])
  })

  test('--fail-unless-better gives 3 only where nothing is better', async () => {
    expect((await run([...SWEEP, '--fail-unless-better'])).code).toBe(0)
    const poor = () => fakeContext({}, { bias: -0.0015 })
    expect((await run([...SWEEP, '--fail-unless-better'], poor())).code).toBe(3)
    const { code, out } = await run(SWEEP, poor())
    expect(code).toBe(0)
    expect(out.text).toContain('No setting is better than the baseline beyond noise: the baseline stands.')
  })

  test('--color always colours, NO_COLOR and pipes do not', async () => {
    expect((await run([...SWEEP, '--color', 'always'])).out.text).toContain('\u001b[32m')
    expect(
      (await run([...SWEEP, '--color', 'never'], fakeContext({ env: { FORCE_COLOR: '1' } }))).out.text,
    ).not.toContain('\u001b')
  })

  test('--ascii prints ASCII alone', async () => {
    expect((await run([...SWEEP, '--ascii'])).out.text).toMatch(/^[\x20-\x7e\n]*$/)
  })
})

describe('interrupts and failures', () => {
  test('an interrupt keeps the images that are finished, and gives 130', async () => {
    const context = fakeContext({}, { images: 50, pace: 10 })
    const path = join(folder, 'result.json')
    setTimeout(() => context.interrupts.abort(new Interrupted()), 100)
    const { code, out, err } = await run([...SWEEP, '-o', path], context)
    expect(code).toBe(130)
    expect(out.text).toMatch(/on \d+ images?.*interrupted/)
    expect(err.text).toContain('stopping; what is finished is kept.')
    const document = JSON.parse(await readFile(path, 'utf8'))
    expect(document.interrupted).toBe(true)
    expect(document.images).toBeLessThan(50)
  })

  test('an interrupt before the first image gives 130 and leaves no file', async () => {
    const context = fakeContext({}, { pace: 200 })
    setTimeout(() => context.interrupts.abort(new Interrupted()), 20)
    const { code, err } = await run([...SWEEP, '-o', join(folder, 'result.json')], context)
    expect(code).toBe(130)
    expect(err.lines.at(-1)).toBe('thresher: interrupted')
    expect(await readdir(folder)).toEqual([])
  })

  test('an interrupt while data are read ends it before the sweep', async () => {
    const context = fakeContext()
    context.interrupts.abort(new Interrupted())
    const { code, out } = await run(SWEEP, context)
    expect([code, out.text]).toEqual([130, ''])
  })

  test('a failure is one line and exit code 1; the stack only with THRESHER_DEBUG=1', async () => {
    const failure = new Error('the native addon could not be loaded\n  at somewhere')
    const { code, err } = await run(SWEEP, fakeContext({}, { failure }))
    expect(code).toBe(1)
    expect(err.lines.at(-1)).toBe('thresher: the native addon could not be loaded at somewhere')
    const debug = fakeContext({ env: { THRESHER_DEBUG: '1' } }, { failure })
    expect((await run(SWEEP, debug)).err.text).toMatch(/^ {4}at /m)
  })
})

describe('boxes', () => {
  const images = Array.from({ length: 12 }, (_, i) => `img_${i + 1}`)

  test.each(['1', '4', '16'])('writes a line an image in order with %s threads', async (threads) => {
    const { code, out } = await run(['boxes', 'maps', '--threads', threads])
    expect(code).toBe(0)
    expect(out.lines.map((line) => JSON.parse(line).image)).toEqual(images)
  })

  test('--json is one document', async () => {
    const { out } = await run(['boxes', 'maps', '--json'])
    expect(JSON.parse(out.text).map(({ image }: { image: string }) => image)).toEqual(images)
  })

  test('-o writes the file and says so on stderr', async () => {
    const path = join(folder, 'boxes.jsonl')
    const { out, err } = await run(['boxes', 'maps', '-o', path])
    expect(out.text).toBe('')
    expect(err.text).toMatch(/boxes\.jsonl: 12 boxes in 12 images/)
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(13)
  })

  test('an interrupt leaves no half-written file', async () => {
    const context = fakeContext()
    context.interrupts.abort(new Interrupted())
    const { code } = await run(['boxes', 'maps', '-o', join(folder, 'boxes.jsonl')], context)
    expect(code).toBe(130)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('doctor', () => {
  test('fails where the native addon gives a wrong answer or none', async () => {
    const services = fakeContext().services
    const broken = {
      ...services,
      native: () =>
        Promise.reject(new Error('the native addon could not be loaded. Build it: npm run build')),
    }
    const { code, out } = await run(['doctor'], fakeContext({ services: broken }))
    expect(code).toBe(1)
    expect(out.text).toMatch(/native +wrong +the native addon could not be loaded/)
    expect(
      JSON.parse((await run(['doctor', '--json'], fakeContext({ services: broken }))).out.text).native.ok,
    ).toBe(false)
  })

  test('says why CUDA is not used', async () => {
    const { code, out } = await run(['doctor'])
    expect(code).toBe(0)
    expect(out.text).toMatch(/cuda +not used: built without CUDA/)
  })

  test('says what training runs on, and why not on something faster', async () => {
    const services = {
      ...fakeContext().services,
      sweeps: async () =>
        ({
          chooseBackend: async () => ({
            backend: 'wasm',
            text: 'wasm (SIMD)',
            passedOver: [{ backend: 'node', reason: 'tfjs-node is not installed' }],
          }),
        }) as never,
    }
    const { code, out } = await run(['doctor'], fakeContext({ services }))
    expect(code).toBe(0)
    expect(out.text).toMatch(
      /training +TensorFlow\.js on wasm \(SIMD\); not node: tfjs-node is not installed/,
    )
    const broken = { ...services, sweeps: async () => ({}) as never }
    expect((await run(['doctor'], fakeContext({ services: broken }))).out.text).toMatch(
      /training +not possible: /,
    )
  })
})

describe('sample', () => {
  test('says what it wrote and the command that uses it', async () => {
    const { code, out } = await run(['sample', join(folder, 'new')])
    expect(code).toBe(0)
    expect(out.text).toContain(`thresher thresholds --maps ${join(folder, 'new', 'maps')}`)
    expect(JSON.parse((await run(['sample', folder, '--json'])).out.text).command).toContain(
      '--param thresh=0.2:0.4:0.02',
    )
  })
})
