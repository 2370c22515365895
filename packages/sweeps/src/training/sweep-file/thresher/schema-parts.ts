import { z } from 'zod'
import { unknownKey } from '../yaml/map-reader.js'

/*
 * Every part says its mend: what `schema-problem` prints after "is 3." or "is missing.".
 */

/** A map with these keys and no others. */
export function closed<S extends z.ZodRawShape>(shape: S, mend: string) {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKey(issue.keys[0]!, known) : mend),
  })
}

export function text(what = 'a text') {
  const error = `Give ${what}.`
  return z.string({ error }).min(1, { error })
}

export function number(what = 'a number') {
  return z.number({ error: `Give ${what}.` })
}

export function positive() {
  const error = 'Give a number above 0.'
  return z.number({ error }).positive({ error })
}

export function whole(least: number) {
  const error = `Give a whole number from ${least}.`
  return z.int({ error }).min(least, { error })
}

export function flag() {
  return z.boolean({ error: 'Give true or false.' })
}

export function word<const W extends readonly [string, ...string[]]>(words: W) {
  return z.enum(words, { error: `Give ${words.join(', ')}.` })
}

/** A value as a trainer gets it. */
export function value() {
  const error = 'Give a number, a text, true, false or null.'
  return z.union([z.string(), z.number(), z.boolean(), z.null()], { error })
}

/** Two numbers. */
export function pair(what: string) {
  const error = `Give ${what}.`
  const part = z.number({ error: 'Give a number.' })
  return z.tuple([part, part], { error })
}

const DURATION = /^\s*(?:\d+(?:\.\d+)?\s*[smhd]\s*)+$/

/** Seconds, or a text such as 90s, 30m, 1h 30m or 2d. */
export function duration() {
  const error = 'Give seconds, or a time such as 90s, 30m, 1h 30m or 2d.'
  return z.union([z.number({ error }).positive({ error }), z.string({ error }).regex(DURATION, { error })], {
    error,
  })
}

/** A name alone, or one name with its options; never two. */
export function named<S extends z.ZodRawShape>(options: S, what: string) {
  const names = Object.keys(options) as [string, ...string[]]
  const mend = `Give ${names.join(', ')}, or one of them with options, as in {${what}}.`
  const optional = Object.fromEntries(
    Object.entries(options).map(([name, schema]) => [name, z.optional(schema as z.ZodType)]),
  )
  const oneOf = closed(optional, mend)
    .refine((found) => Object.keys(found).length === 1, { error: `It has not one name. ${mend}` })
    .meta({ minProperties: 1, maxProperties: 1 })
  return z.union([z.enum(names), oneOf], { error: mend })
}
