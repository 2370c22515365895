/** Ways out to the shell and back: Ctrl-Z and SIGTSTP, then fg. */
export interface Suspension {
  /** Stops the process as Ctrl-Z would. */
  suspend(): void
  dispose(): void
}

const RESUME_CHECK_MS = 200

/**
 * `release` gives the terminal back before the process stops, `regain` takes it again when it goes on. The whole
 * process group is stopped, as the terminal itself would do it.
 */
export function suspension(release: () => void, regain: () => void): Suspension {
  let released = false
  const resume = () => {
    if (!released) return
    released = false
    process.on('SIGTSTP', suspend)
    regain()
  }
  const suspend = () => {
    if (released) return
    released = true
    release()
    process.removeListener('SIGTSTP', suspend)
    process.kill(0, 'SIGTSTP')
    // Without a shell to return to, the system ignores the stop; then nothing would ever wake the screen.
    setTimeout(resume, RESUME_CHECK_MS)
  }
  process.on('SIGTSTP', suspend)
  process.on('SIGCONT', resume)
  return {
    suspend,
    dispose() {
      process.removeListener('SIGTSTP', suspend)
      process.removeListener('SIGCONT', resume)
    },
  }
}
