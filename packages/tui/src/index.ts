export type { CliContext, OutputStream, Services } from './context.js'
export { EXIT, type ExitCode } from './exit-codes.js'
export { runProgram } from './program.js'
