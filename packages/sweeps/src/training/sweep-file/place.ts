/** What a plan takes from around its file. */
export interface FilePlace {
  /** As it was named. */
  readonly file: string
  /** Its name without folder and ending. */
  readonly stem: string
  /** The folder that it lies in, absolute. */
  readonly folder: string
  /** Where a command of W&B's runs: the working folder, as its agent does, or the file's where the program is only there. */
  directoryOf(program: string | undefined): string
}
