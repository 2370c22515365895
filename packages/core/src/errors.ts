/**
 * Bad usage or bad input that the person can mend. The message is one line: the file or argument, the place in
 * it, and the mend. Anything else that is thrown is a failure of the work or a fault of the program.
 */
export class InputError extends Error {
  override name = 'InputError'
}
