/** Sides of pictures are a multiple of this: the network halves them four times. */
export const SIDE_STEP = 16
