import { InputError } from '@thresher/core'
import type { Size } from '@thresher/native'
import { quote } from '../files/quote.js'
import { LARGEST_SIDE } from '../maps/index-file.js'
import { LARGEST_COORDINATE } from './types.js'

// Hand-written checks: a schema library takes several times as long as the parser on files of 100 MB.

export type JsonObject = Readonly<Record<string, unknown>>

/** The value as an object; `place` names it in the InputError. */
export function objectAt(value: unknown, place: string, mend: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw new InputError(`${place} is ${kindOf(value)}, not an object. ${mend}`)
}

/** The value as a list. */
export function listAt(value: unknown, place: string, mend: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new InputError(`${place} is ${kindOf(value)}, not a list. ${mend}`)
}

/** The value as a text; undefined where it is absent or null. */
export function textAt(value: unknown, place: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  throw new InputError(`${place} is ${kindOf(value)}, not a text. Put it in quotes, or write null.`)
}

/** The value as true or false, which Python may have written as 1 or 0; undefined where it is absent or null. */
export function flagAt(value: unknown, place: string): boolean | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value
  if (value === 0 || value === 1) return value === 1
  throw new InputError(`${place} is ${kindOf(value)}, not true or false. Write one of them.`)
}

/** The value as a confidence; undefined where it is absent or null. */
export function confidenceAt(value: unknown, place: string): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new InputError(`${place} is ${kindOf(value)}, not a finite number. Write 0 to 1.`)
}

/** `[[x, y], ...]` as x0, y0, x1, y1, ... */
export function pointsAt(value: unknown, place: string): number[] {
  const mend = 'Write [[x, y], [x, y], [x, y], ...] in pixels.'
  const list = listAt(value, place, mend)
  const flat: number[] = new Array(list.length * 2)
  for (let i = 0; i < list.length; i++) {
    const point = list[i]
    if (!Array.isArray(point) || point.length !== 2) {
      throw new InputError(`${place}[${i}] is ${kindOf(point)}, not a point [x, y]. ${mend}`)
    }
    for (let axis = 0; axis < 2; axis++) {
      if (!isCoordinate(point[axis])) throw noCoordinate(point[axis], `${place}[${i}][${axis}]`)
      flat[2 * i + axis] = point[axis]
    }
  }
  if (list.length < 3) {
    throw new InputError(`${place} has ${countOf(list.length, 'point')}; a region has 3 or more. ${mend}`)
  }
  return flat
}

/** `[x1, y1, x2, y2, ...]`, three points or more. */
export function flatPointsAt(value: unknown, place: string): number[] {
  const list = listAt(value, place, FLAT)
  checkCoordinates(list, place)
  if (list.length < 6 || list.length % 2 === 1) {
    throw new InputError(
      `${place} has ${countOf(list.length, 'number')}; a polygon has two a point, and 3 points or more. ${FLAT}`,
    )
  }
  return list
}

/** `[left, top, right, bottom]` as the four corners from top left to bottom left. */
export function boxCornersAt(value: unknown, place: string): number[] {
  const mend = 'Write [x1, y1, x2, y2].'
  const list = listAt(value, place, mend)
  checkCoordinates(list, place)
  if (list.length !== 4)
    throw new InputError(`${place} has ${countOf(list.length, 'number')}, not 4. ${mend}`)
  const [left, top, right, bottom] = list as [number, number, number, number]
  return [left, top, right, top, right, bottom, left, bottom]
}

/** An image's size where both sides are given; undefined where neither is. `prefix` stands before the keys in messages. */
export function sizeAt(
  object: JsonObject,
  widthKey: string,
  heightKey: string,
  prefix: string,
): Size | undefined {
  const [width, height] = [object[widthKey] ?? undefined, object[heightKey] ?? undefined]
  if (width === undefined && height === undefined) return undefined
  for (const [key, side] of [[widthKey, width] as const, [heightKey, height] as const]) {
    if (!Number.isInteger(side) || (side as number) < 1 || (side as number) > LARGEST_SIDE) {
      throw new InputError(
        `${prefix}${key} is ${kindOf(side)}, not a size in pixels. Give ${widthKey} and ${heightKey}, whole and above 0, or neither.`,
      )
    }
  }
  return { width: width as number, height: height as number }
}

const FLAT = 'Write [x1, y1, x2, y2, x3, y3, ...] in pixels.'

function checkCoordinates(list: readonly unknown[], place: string): asserts list is number[] {
  const wrong = list.findIndex((value) => !isCoordinate(value))
  if (wrong >= 0) throw noCoordinate(list[wrong], `${place}[${wrong}]`)
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LARGEST_COORDINATE
}

function noCoordinate(value: unknown, place: string): InputError {
  if (typeof value === 'number') {
    return new InputError(`${place} is beyond ${LARGEST_COORDINATE}. Write image pixels.`)
  }
  return new InputError(`${place} is ${kindOf(value)}, not a number. Write a coordinate in pixels.`)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'absent'
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return `the text ${quote(value, 20)}`
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
}

function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
