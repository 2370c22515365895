/** UTC as `YYYY-MM-DD HH:MM:SS.ffffff`, the one form that every version of SQLAlchemy reads. */
export function toTimestamp(date: Date): string {
  const text = date.toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, 23)}000`
}

/**
 * Reads a time without a zone as UTC: `T` or a space between, no or up to 6 digits of the second's fraction, cut to
 * milliseconds. Undefined where it is none.
 */
export function fromTimestamp(text: string): Date | undefined {
  if (text.length < 19) return undefined
  const fraction = text.length > 20 && text[19] === '.' ? `${text.slice(20, 23)}00`.slice(0, 3) : '0'
  const milliseconds = Date.UTC(
    digits(text, 0, 4),
    digits(text, 5, 7) - 1,
    digits(text, 8, 10),
    digits(text, 11, 13),
    digits(text, 14, 16),
    digits(text, 17, 19),
    digits(fraction, 0, fraction.length),
  )
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds)
}

/** By hand: a study of 50,000 trials has 100,000 times, and `Number(text.slice())` takes twice as long. */
function digits(text: string, start: number, end: number): number {
  let number = 0
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    number = 10 * number + digit
  }
  return number
}
