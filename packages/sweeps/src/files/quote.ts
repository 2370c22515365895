/** What JSON leaves as it is although a terminal would not: C1 controls and the separators of lines and paragraphs. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g

/** Text of several parts as one line of a message: what a terminal would act on is escaped. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, escaped)
}

/** Text from a file as a message shows it: in double quotes, without control characters, cut after `most` characters. */
export function quote(text: string, most = 80): string {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text
  return JSON.stringify(shown).replace(UNESCAPED, escaped)
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}
