import type { AttributeValue } from '../../trial/trial-record.js'

const PARENTS = /^NSGAI{2,3}Sampler:parent:\d+$/
const NOTE = /^dashboard:(\d+):(note_.*)$/

/**
 * A study's system attribute with trials' keys in it, those of another storage in their place: NSGA's parents, and the
 * dashboard's notes on trials. Others as they are.
 */
export function withTrialKeys(
  key: string,
  value: AttributeValue,
  keys: ReadonlyMap<number, number>,
): [key: string, value: AttributeValue] {
  if (PARENTS.test(key) && Array.isArray(value)) {
    return [key, value.map((trial) => (typeof trial === 'number' ? (keys.get(trial) ?? trial) : trial))]
  }
  const note = NOTE.exec(key)
  if (note !== null) {
    const trial = Number(note[1])
    return [`dashboard:${keys.get(trial) ?? trial}:${note[2]}`, value]
  }
  return [key, value]
}
