/**
 * What is left out at each end of an unbounded law where a model searches its range: the 0.1 % and 99.9 % quantiles
 * are the bounds. Random search has all of it.
 */
export const SEARCHED_TAIL = 1e-3
