import { InputError } from '@thresher/core'
import { expect } from 'vitest'

/** The message of the InputError that an action ends with; it must be one line. */
export async function failure(action: () => unknown): Promise<string> {
  let thrown: unknown
  try {
    await action()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(InputError)
  const { message } = thrown as InputError
  expect(message).not.toMatch(/[\r\n]/)
  return message
}
