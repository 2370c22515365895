/** A macro of a command line. */
export function macro(name: string): string {
  return `\${${name}}`
}
