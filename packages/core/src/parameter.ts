import { InputError } from './errors.js'

/** The postprocess parameters that a threshold sweep varies, slowest first in every grid index. */
export const PARAMETERS = ['thresh', 'box_thresh', 'unclip_ratio', 'max_candidates', 'min_size'] as const

export type ParameterName = (typeof PARAMETERS)[number]

/** One value of every parameter. */
export type Setting = Readonly<Record<ParameterName, number>>

/** The values that DB and PaddleOCR ship with. */
export const DEFAULT_SETTING: Setting = Object.freeze({
  thresh: 0.3,
  box_thresh: 0.6,
  unclip_ratio: 1.5,
  max_candidates: 1000,
  min_size: 3,
})

interface Domain {
  contains(value: number): boolean
  /** Ends the sentence "give ...". */
  words: string
}

const probability: Domain = {
  contains: (value) => value >= 0 && value <= 1,
  words: 'a number from 0 to 1',
}

const MAX_CANDIDATES = 2 ** 31 - 1

const DOMAINS: Readonly<Record<ParameterName, Domain>> = {
  thresh: probability,
  box_thresh: probability,
  unclip_ratio: {
    contains: (value) => value > 0 && value <= 100,
    words: 'a number above 0 and at most 100',
  },
  max_candidates: {
    contains: (value) => Number.isInteger(value) && value >= 1 && value <= MAX_CANDIDATES,
    words: `a whole number from 1 to ${MAX_CANDIDATES}`,
  },
  min_size: {
    contains: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
    words: 'a number of pixels, 0 or more',
  },
}

/** Whether `name` is one of {@link PARAMETERS}. */
export function isParameterName(name: string): name is ParameterName {
  return (PARAMETERS as readonly string[]).includes(name)
}

/**
 * The parameter of that name.
 * @throws InputError naming the parameters there are, or the one that was probably meant.
 */
export function parameterNamed(name: string): ParameterName {
  if (isParameterName(name)) return name
  const meant = name.trim().toLowerCase().replaceAll('-', '_')
  const mend = isParameterName(meant)
    ? `did you mean ${meant}?`
    : `the parameters are ${PARAMETERS.join(', ')}.`
  throw new InputError(`${name === '' ? 'an empty name' : name}: no such parameter; ${mend}`)
}

/**
 * Checks that `value` lies in the parameter's domain: thresh and box_thresh in [0, 1], unclip_ratio in (0, 100],
 * max_candidates a whole number in [1, 2^31 - 1], min_size finite and >= 0 (pixels of the map).
 * @throws InputError otherwise.
 */
export function checkValue(name: ParameterName, value: number): void {
  const domain = DOMAINS[name]
  if (!domain.contains(value)) throw new InputError(`${name} is ${value}; give ${domain.words}.`)
}

/**
 * Checks every value of a setting.
 * @throws InputError for the first that lies outside its domain.
 */
export function checkSetting(setting: Setting): void {
  for (const name of PARAMETERS) checkValue(name, setting[name])
}
