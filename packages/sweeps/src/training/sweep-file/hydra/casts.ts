import {
  type HydraElement,
  HydraError,
  type HydraScalar,
  type HydraValue,
  pythonFloat,
  textOfElement,
} from './hydra-value.js'

export type Cast = 'int' | 'float' | 'str' | 'bool'

export function isCast(name: string): name is Cast {
  return name === 'int' || name === 'float' || name === 'str' || name === 'bool'
}

/** A value or a sweep as another type, by Hydra's table of casts. @throws HydraError where there is none */
export function castValue(cast: Cast, value: HydraValue): HydraValue {
  switch (value.kind) {
    case 'choice':
      return { ...value, items: value.items.map((item) => castElement(cast, item)) }
    case 'range':
    case 'interval': {
      if (cast === 'str' || cast === 'bool') {
        throw new HydraError(`casts ${value.kind}() to ${cast}. Cast it to int or float.`)
      }
      if (cast === 'float') return { ...value, whole: false }
      return value.kind === 'range'
        ? checkedRange({ ...value, ...truncated(value, ['start', 'stop', 'step']), whole: true })
        : { ...value, ...truncated(value, ['start', 'end']), whole: true }
    }
    default:
      return castElement(cast, value)
  }
}

function checkedRange<R extends { readonly start: number; readonly stop: number; readonly step: number }>(
  range: R,
): R {
  const { start, stop, step } = range
  if (step !== 0 && (step > 0 ? start < stop : start > stop)) return range
  throw new HydraError(`has a range without values once cast to int. Cast its bounds, or leave int() out.`)
}

function truncated<K extends string>(
  value: Readonly<Record<K, number>>,
  keys: readonly K[],
): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, Math.trunc(value[key])])) as Record<K, number>
}

function castElement(cast: Cast, element: HydraElement): HydraElement {
  if (element.kind === 'list')
    return { ...element, items: element.items.map((item) => castElement(cast, item)) }
  if (element.kind === 'map') {
    return { ...element, entries: element.entries.map(([key, item]) => [key, castElement(cast, item)]) }
  }
  const failed = (): never => {
    throw new HydraError(`casts ${textOfElement(element)} to ${cast}, which it is not. Mend the value.`)
  }
  if (element.form === 'null') return failed()
  return SCALARS[cast](element, failed)
}

type ScalarCast = (scalar: HydraScalar, failed: () => never) => HydraScalar

const SCALARS: Readonly<Record<Cast, ScalarCast>> = {
  int({ value }, failed) {
    const number =
      typeof value === 'string'
        ? /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value)
          ? numeric(value)
          : Number.NaN
        : Number(value)
    return Number.isFinite(number) ? { kind: 'scalar', form: 'int', value: Math.trunc(number) } : failed()
  },
  float({ value }, failed) {
    if (typeof value !== 'string') return { kind: 'scalar', form: 'float', value: Number(value) }
    const number = /^\s*[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value)
      ? numeric(value)
      : Number.NaN
    return Number.isNaN(number) ? failed() : { kind: 'scalar', form: 'float', value: number }
  },
  str({ form, value }) {
    const text = form === 'float' ? pythonFloat(value as number) : String(value)
    return { kind: 'scalar', form: 'quoted', value: text }
  },
  bool({ value }, failed) {
    if (typeof value !== 'string')
      return { kind: 'scalar', form: 'bool', value: value !== 0 && value !== false }
    const lower = value.toLowerCase()
    return lower === 'true' || lower === 'false'
      ? { kind: 'scalar', form: 'bool', value: lower === 'true' }
      : failed()
  },
}

function numeric(text: string): number {
  return Number(text.replaceAll('_', ''))
}
