import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HydraError, textOfElement } from '../../../../src/training/sweep-file/hydra/hydra-value.ts'
import { parseHydraOverride } from '../../../../src/training/sweep-file/hydra/override.ts'
import { parseHydra } from '../../../../src/training/sweep-file/hydra/parse-hydra.ts'
import { failure } from '../../../support/failure.ts'
import { hydraValue, printed } from './printer.ts'

const scalar = (text: string) => {
  const value = parseHydra(text)
  return value.kind === 'scalar' ? [value.form, value.value] : value
}
const searched = (text: string) => {
  const { parameter } = parseHydraOverride(`x=${text}`)
  return parameter.kind === 'searched' ? parameter.param.distribution : parameter.value
}

describe("Hydra's override grammar", () => {
  it('reads back whatever is written in it', () => {
    fc.assert(
      fc.property(hydraValue, (value) => {
        expect(parseHydra(printed(value))).toEqual(value)
        expect(parseHydra(`  ${printed(value)} `)).toEqual(value)
      }),
      { numRuns: 500 },
    )
  })

  it('writes lists and maps as it reads them', () => {
    const shape = (text: string) => JSON.stringify(parseHydra(text))
    fc.assert(
      fc.property(hydraValue, (value) => {
        if (value.kind === 'choice' || value.kind === 'range' || value.kind === 'interval') return
        expect(shape(textOfElement(value))).toBe(shape(printed(value)))
      }),
    )
  })

  it('never fails otherwise than with a mend', () => {
    const noise = fc.string({
      unit: fc.constantFrom(...'ab1.,()[]{}:=\'"\\ $-e+_', 'choice(', 'range(', 'tag(log,'),
    })
    fc.assert(
      fc.property(fc.oneof(noise, fc.string({ unit: 'binary' })), (text) => {
        try {
          parseHydra(text)
        } catch (error) {
          // Matchers would cost more than all the parsing.
          if (!(error instanceof HydraError) || !/\. [A-Z].*\.$/s.test(error.message)) throw error
        }
      }),
      { numRuns: 300 },
    )
    expect(() => parseHydra('['.repeat(100_000))).toThrow('is nested too deeply')
  })

  // https://hydra.cc/docs/advanced/override_grammar/basic/
  it.each([
    ['10', 'int', 10],
    ['-20', 'int', -20],
    ['1_000_000', 'int', 1_000_000],
    ['3.14', 'float', 3.14],
    ['-10e3', 'float', -10e3],
    ['1e-5', 'float', 1e-5],
    ['INF', 'float', Number.POSITIVE_INFINITY],
    ['TrUe', 'bool', true],
    ['NULL', 'null', null],
    ['007', 'text', '007'],
    ['oompa10', 'text', 'oompa10'],
    ['foo.bar', 'text', 'foo.bar'],
    ['hello world', 'text', 'hello world'],
    [`\${oc.env:USER,me}`, 'text', `\${oc.env:USER,me}`],
    ['job\\{a\\=1\\,b\\=2\\,c\\=3\\}', 'text', 'job{a=1,b=2,c=3}'],
    ['"1,2,3"', 'quoted', '1,2,3'],
    [`'escaped \\'single quote\\''`, 'quoted', "escaped 'single quote'"],
    [`"the path is C:\\\\\\"some folder\\"\\\\"`, 'quoted', 'the path is C:\\"some folder"\\'],
    ['int(3.14)', 'int', 3],
    ['int(value="10")', 'int', 10],
    ['float(10)', 'float', 10],
    ['str(10)', 'quoted', '10'],
    ['str(1e6)', 'quoted', '1000000.0'],
    ['str(1e-5)', 'quoted', '1e-05'],
    ['str(true)', 'quoted', 'true'],
    ['bool(1)', 'bool', true],
    ['bool("false")', 'bool', false],
  ])('%s is %s %s', (text, form, value) => {
    expect(scalar(text)).toEqual([form, value])
  })

  // Ranges exclude their stop, as in https://hydra.cc/docs/advanced/override_grammar/extended/
  it.each([
    ['choice(sgd, adamw)', { kind: 'categorical', choices: ['sgd', 'adamw'] }],
    ['a,b,c', { kind: 'categorical', choices: ['a', 'b', 'c'] }],
    [
      'choice(1, 0.5, true, null, "a b", x)',
      { kind: 'categorical', choices: [1, 0.5, true, null, 'a b', 'x'] },
    ],
    ['[64,64],[128, 128]', { kind: 'categorical', choices: ['[64,64]', '[128,128]'] }],
    ['range(5)', { kind: 'int', low: 0, high: 4, step: 1, log: false }],
    ['range(0,5,2)', { kind: 'int', low: 0, high: 4, step: 2, log: false }],
    ['range(1,5,2)', { kind: 'int', low: 1, high: 3, step: 2, log: false }],
    ['range(-5,step=-1)', { kind: 'int', low: -4, high: 0, step: 1, log: false }],
    ['range(0,10,3.3)', { kind: 'float', low: 0, high: 9.9, step: 3.3, log: false }],
    ['range(0.1,0.4,0.1)', { kind: 'float', low: 0.1, high: 0.3, step: 0.1, log: false }],
    ['float(range(1,4))', { kind: 'float', low: 1, high: 3, step: 1, log: false }],
    ['int(range(1.0,4.5))', { kind: 'int', low: 1, high: 3, step: 1, log: false }],
    ['tag(log, range(1,129))', { kind: 'int', low: 1, high: 128, step: 1, log: true }],
    ['interval(0,1)', { kind: 'float', low: 0, high: 1, step: null, log: false }],
    ['int(interval(1,5))', { kind: 'int', low: 1, high: 5, step: 1, log: false }],
    ['tag(log, interval(1e-5, 1e-2))', { kind: 'float', low: 1e-5, high: 1e-2, step: null, log: true }],
    [
      'tag(log, sweep=interval(start=1e-5, end=1e-2))',
      { kind: 'float', low: 1e-5, high: 1e-2, step: null, log: true },
    ],
    ['tag(log, int(interval(1, 64)))', { kind: 'int', low: 1, high: 64, step: 1, log: true }],
    ['sort(3,1,2)', { kind: 'categorical', choices: [1, 2, 3] }],
    ['sort(choice(b,c,a), reverse=true)', { kind: 'categorical', choices: ['c', 'b', 'a'] }],
    ['sort(range(1,4),reverse=true)', { kind: 'int', low: 1, high: 3, step: 1, log: false }],
    ['str(choice(1, 0.5))', { kind: 'categorical', choices: ['1', '0.5'] }],
    ['16', 16],
    ['[1, {a: "b c"}]', "[1,{a:'b c'}]"],
    ['', ''],
  ])('%s is what it searches', (text, distribution) => {
    expect(searched(text)).toEqual(distribution)
  })

  it('gives a grid the values of a range', () => {
    const { parameter } = parseHydraOverride('x=range(10,0,-3)')
    expect(parameter).toMatchObject({ cells: [1, 4, 7, 10] })
  })

  it.each([
    ['model.lr=1e-3', '', 'model.lr'],
    ['+db=mysql,postgresql', '+', 'db'],
    ['++a.b = 3', '++', 'a.b'],
    ['db@src.pkg=mysql', '', 'db@src.pkg'],
    ['hydra/launcher=basic', '', 'hydra/launcher'],
  ])('%s has its name', (word, prefix, name) => {
    expect(parseHydraOverride(word)).toMatchObject({ prefix, name })
  })

  it.each([
    ['x', 'is no override. Write name=value.'],
    ['~x', 'takes a key away, which is nothing to search. Put it into the command.'],
    ['x=glob(*)', 'calls glob(): config groups are not looked up. List the options: choice(a, b).'],
    ['x=shuffle(1,2)', 'calls shuffle(): the order means nothing to a sampler.'],
    ['x=json_str(1)', 'calls json_str():'],
    ['x=extend_list(1)', 'calls extend_list():'],
    ['x=intervall(1,2)', 'calls intervall(), which there is not. Did you mean interval()?'],
    ['x=interval(1,2', 'ends without a ). Add it.'],
    ['x=interval(1)', 'gives interval() no end. Add it.'],
    ['x=interval(1,2,3)', 'gives interval() too much. It takes start, end.'],
    ['x=interval(start=1,2)', 'gives interval() a value without a name after one with a name.'],
    ['x=interval(2,1)', 'has an interval from 2 to 1. Put the smaller one first.'],
    ['x=interval(a,1)', 'gives interval() a. Give a number.'],
    ['x=interval(0,inf)', 'gives interval() inf. Give a number.'],
    ['x=tag(log, interval(0, 1))', 'a logarithmic scale needs low > 0'],
    ['x=tag(log, range(0,10,2))', 'has the tag log on a range with steps. Take tag(log, interval(a, b)).'],
    ['x=tag(big, interval(0, 1))', 'has the tag big, which means nothing here. Leave it out.'],
    ['x=tag(log, choice(1, 2))', 'has the tag log on a choice. Leave it out.'],
    ['x=tag(log, 3)', 'calls tag() without a sweep.'],
    ['x=range(5,1)', 'has a range without values, from 5 to 1. Mend it.'],
    ['x=range(1,5,0)', 'has a range with step 0. Give another step.'],
    ['x=range(1,5,1,1)', 'gives range() too much.'],
    ['x=choice()', 'calls choice() without values. Give at least one.'],
    ['x=choice(a,a)', 'a comes twice; give every choice once.'],
    ['x=choice(choice(a))', 'has choice() within choice(). Write it alone.'],
    ['x=1,range(1,3)', 'has range() within a list with commas. Write it alone.'],
    ['x=sort(1,a)', 'sorts texts and numbers together. Keep to one of them.'],
    ['x=sort(interval(0,1))', 'sorts an interval, which has no order.'],
    ['x=str(interval(0,1))', 'casts interval() to str. Cast it to int or float.'],
    ['x=int(foo)', 'casts foo to int, which it is not. Mend the value.'],
    ['x=bool("10")', "casts '10' to bool, which it is not."],
    ['x="a', 'has a " that is not closed. Close it.'],
    [`x=\${a`, `has \${ without }. Close it.`],
    ['x=a!b', 'has ! at character 2. Quote a text that holds it, or mend it.'],
    ['x=한글', 'has 한 at character 1. Quote a text that holds it, or mend it.'],
    ['x=[1', 'ends without a ]. Add it.'],
    ['x=a,', 'ends where a value should be. Add it.'],
  ])('%s: %s', async (word, message) => {
    expect(await failure(() => parseHydraOverride(word))).toContain(message)
  })
})
