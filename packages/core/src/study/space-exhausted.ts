import { InputError } from '../errors.js'

/** There is nothing left to draw: every cell of the grid, or every setting of a study without duplicates, is taken. */
export class SpaceExhausted extends InputError {
  override name = 'SpaceExhausted'
}
