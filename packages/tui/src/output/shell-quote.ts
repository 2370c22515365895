const PLAIN = /^[\w@%+=:,./-]+$/

/** A word as a POSIX shell takes it back unchanged. */
export function shellQuote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
