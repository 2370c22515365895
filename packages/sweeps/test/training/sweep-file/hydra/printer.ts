import fc from 'fast-check'
import type {
  HydraElement,
  HydraScalar,
  HydraValue,
} from '../../../../src/training/sweep-file/hydra/hydra-value.ts'

/** A value in the words of Hydra's grammar, by its documentation and without our own parser or printer. */
export function printed(value: HydraValue): string {
  switch (value.kind) {
    case 'scalar':
      return printedScalar(value)
    case 'list':
      return `[${value.items.map(printed).join(', ')}]`
    case 'map':
      return `{${value.entries.map(([key, item]) => `${key}: ${printed(item)}`).join(',')}}`
    case 'choice':
      return tagged(value.tags, `choice(${value.items.map(printed).join(',')})`)
    case 'range': {
      const [start, stop, step] = [value.start, value.stop, value.step].map((x) => number(x, value.whole))
      return tagged(value.tags, `range( ${start}, ${stop}, step = ${step} )`)
    }
    case 'interval': {
      const call = `interval(${value.start},end=${value.end})`
      return tagged(value.tags, value.whole ? `int(${call})` : call)
    }
  }
}

function tagged(tags: readonly string[], call: string): string {
  return tags.length === 0 ? call : `tag(${[...tags, call].join(', ')})`
}

function number(value: number, whole: boolean): string {
  const text = String(value)
  return whole || /[.e]/.test(text) ? text : `${text}.0`
}

function printedScalar({ form, value }: HydraScalar): string {
  if (form === 'quoted') {
    // Backslashes are doubled where a quote follows, and a quote of the text is escaped.
    const inside = (value as string).replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')
    return `"${inside}"`
  }
  if (form === 'float') return number(value as number, false)
  return form === 'text' ? (value as string).replace(/[\\()[\]{}:=, \t]/g, '\\$&') : String(value)
}

const letters = (all: string, minLength = 0) =>
  fc.string({ unit: fc.constantFrom(...all), minLength, maxLength: 8 })
const finite = (limit: number) =>
  fc.double({ min: -limit, max: limit, noNaN: true }).map((value) => value + 0)
const whole = fc.integer({ min: -1e6, max: 1e6 })

const scalar: fc.Arbitrary<HydraScalar> = fc.oneof(
  whole.map((value) => ({ kind: 'scalar', form: 'int', value }) as const),
  finite(1e9).map((value) => ({ kind: 'scalar', form: 'float', value }) as const),
  fc.boolean().map((value) => ({ kind: 'scalar', form: 'bool', value }) as const),
  fc.constant({ kind: 'scalar', form: 'null', value: null } as const),
  fc
    .oneof(fc.string({ unit: 'grapheme' }), letters(`a"'\\`))
    .map((value) => ({ kind: 'scalar', form: 'quoted', value }) as const),
  letters('abZ_09/-+.$%*@?|()[]{}:=,\\ \t', 1)
    .filter((value) => !/^([+-]?[\d.]|null$|true$|false$|[+-]?(inf|nan)$)/i.test(value))
    .map((value) => ({ kind: 'scalar', form: 'text', value }) as const),
)

const { element } = fc.letrec<{ element: HydraElement }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('element'), { maxLength: 3 }).map((items) => ({ kind: 'list', items }) as const),
    fc
      .array(fc.tuple(letters('abc_', 1), tie('element')), { maxLength: 3 })
      .map((entries) => ({ kind: 'map', entries }) as const),
  ),
}))

const tags = fc.array(fc.constantFrom('log', 'lr', 'a-b'), { maxLength: 2 })

/** Any value that the grammar has, sweeps included. */
export const hydraValue: fc.Arbitrary<HydraValue> = fc.oneof(
  element,
  fc
    .record({ items: fc.array(element, { minLength: 1, maxLength: 4 }), tags })
    .map((choice) => ({ kind: 'choice', ...choice }) as const),
  fc
    .record({
      start: whole,
      count: fc.integer({ min: 1, max: 50 }),
      step: fc.constantFrom(-7, -1, 1, 3),
      tags,
    })
    .map(({ start, count, step, tags }) => {
      return { kind: 'range', start, stop: start + count * step, step, whole: true, tags } as const
    }),
  fc
    .record({ start: finite(100), length: fc.double({ min: 0.01, max: 9, noNaN: true }), tags })
    .map(({ start, length, tags }) => {
      return { kind: 'range', start, stop: start + length, step: 0.25, whole: false, tags } as const
    }),
  fc
    .record({ start: finite(100), length: fc.double({ min: 0, max: 9, noNaN: true }), tags })
    .map(({ start, length, tags }) => {
      return { kind: 'interval', start, end: start + length, whole: false, tags } as const
    }),
  fc.record({ start: whole, length: fc.nat(9), tags }).map(({ start, length, tags }) => {
    return { kind: 'interval', start, end: start + length, whole: true, tags } as const
  }),
)
