import type { ProbabilityMap } from '@thresher/native'

/** A map and where it lies. */
export interface MapEntry {
  /** The image's name, unique in the set. */
  image: string
  /** The file as the caller named it. */
  file: string
  /** Place in the file: `prob`, `#3`, `prob#3`, or nothing where the file holds one map. */
  place: string
  width: number
  height: number
}

export interface ReadMapsOptions {
  signal?: AbortSignal | undefined
  /** Image names to read; all where absent. */
  only?: ReadonlySet<string> | undefined
}

/** Probability maps on disk: known by name and size, read one at a time. */
export interface MapSet {
  readonly entries: readonly MapEntry[]
  /**
   * The maps in the order of `entries`, each in a buffer of its own.
   *
   * @throws InputError where a file is damaged or a value is NaN or infinite.
   */
  read(options?: ReadMapsOptions): AsyncGenerator<{ entry: MapEntry; map: ProbabilityMap }>
}
