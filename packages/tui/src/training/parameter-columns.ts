import type { ParamValue } from '@thresher/core'
import type { Symbols } from '../output/symbols.js'
import { clip, displayWidth, padStart, printable } from '../output/text.js'
import { greatest } from './greatest.js'
import type { TrainingRow } from './training-row.js'

/** A column of the table for a parameter whose values differ among the runs. */
export interface ParameterColumn {
  readonly name: string
  readonly title: string
  readonly width: number
  /** The value as the column writes it; where the baseline has another number, with an arrow. */
  cell(params: ReadonlyMap<string, ParamValue>): string
}

interface Parameterised {
  readonly rows: readonly Pick<TrainingRow, 'params'>[]
  readonly baseline: Pick<TrainingRow, 'params'> | undefined
}

const LONGEST_TEXT = 16
/** Numbers beyond these are written with an exponent. */
const [SMALLEST, LARGEST] = [1e-3, 1e5]
const MOST_DECIMALS = 4

/** Columns of the parameters that take more than one value, in the runs' own order; of all where none varies. */
export function parameterColumns({ rows, baseline }: Parameterised, symbols: Symbols): ParameterColumn[] {
  const all = baseline ? [baseline, ...rows] : rows
  const values = new Map<string, Set<ParamValue>>()
  for (const { params } of all) {
    for (const [name, value] of params) values.set(name, (values.get(name) ?? new Set()).add(value))
  }
  const varying = [...values].filter(([, distinct]) => distinct.size > 1)
  const shown = varying.length > 0 ? varying : [...values]
  const titles = shortTitles(shown.map(([name]) => name))
  return shown.map(([name, distinct], i) => {
    const write = writerOf([...distinct], symbols)
    const reference = baseline?.params.get(name)
    const numbers = [...distinct].filter((value) => typeof value === 'number')
    const widest = greatest(numbers.map((value) => write(value).length))
    const cell = (params: TrainingRow['params']) => {
      const value = params.get(name)
      if (value === undefined) return ''
      const text = write(value)
      return typeof value === 'number' ? padStart(text, widest) + arrowOf(value, reference, symbols) : text
    }
    const title = clip(titles[i]!, LONGEST_TEXT, symbols.ellipsis)
    const width = greatest(
      all.map(({ params }) => displayWidth(cell(params))),
      displayWidth(title),
    )
    return { name, title, width, cell }
  })
}

/** How a value stands to the baseline's: ` ↑`, ` ↓`; nothing where they are no numbers, room for it where they agree. */
export function arrowOf(value: ParamValue, reference: ParamValue | undefined, symbols: Symbols): string {
  if (typeof value !== 'number' || typeof reference !== 'number') return ''
  return value === reference ? '' : ` ${value > reference ? symbols.up : symbols.down}`
}

/** A number in as many digits as people read at a glance: `5.13e-4`, `24`, `0.15`; texts as they are. */
export function shortValue(value: ParamValue, symbols: Symbols): string {
  return writerOf([value], symbols)(value)
}

function writerOf(values: readonly ParamValue[], symbols: Symbols): (value: ParamValue) => string {
  const numbers = values.filter((value) => typeof value === 'number')
  const sizes = numbers.filter((value) => value !== 0 && Number.isFinite(value)).map(Math.abs)
  const [smallest, largest] = [1 / greatest(sizes.map((size) => 1 / size)), greatest(sizes)]
  const whole = numbers.every(Number.isInteger)
  const exponent = sizes.length > 0 && (smallest < SMALLEST || largest >= LARGEST)
  const decimals = whole ? 0 : Math.min(MOST_DECIMALS, greatest(numbers.map(decimalsOf)))
  return (value) => {
    if (typeof value !== 'number') return clip(printable(String(value)), LONGEST_TEXT, symbols.ellipsis)
    if (exponent && !(whole && Math.abs(value) < 1e7)) return value === 0 ? '0' : value.toExponential(2)
    return Number.isFinite(value) ? value.toFixed(decimals) : String(value)
  }
}

/** The last part of a name with dots, as long as these differ. */
function shortTitles(names: readonly string[]): string[] {
  const short = names.map((name) => printable(name.split('.').at(-1) || name))
  return names.map((name, i) =>
    short.indexOf(short[i]!) === short.lastIndexOf(short[i]!) ? short[i]! : printable(name),
  )
}

function decimalsOf(value: number): number {
  const [, fraction = ''] = /^-?\d+(?:\.(\d+))?$/.exec(String(value)) ?? []
  return fraction.length
}
