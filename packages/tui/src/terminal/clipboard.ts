/** The sequence that asks the terminal to put a text on the clipboard (OSC 52); it works over SSH too. */
export function clipboardSequence(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`
}
