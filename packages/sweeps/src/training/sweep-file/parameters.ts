import type { DeclaredParam, Law, ParamValue } from '@thresher/core'

/** What a sweep file says of one parameter. */
export type FileParameter =
  | { readonly kind: 'fixed'; readonly value: ParamValue }
  | {
      readonly kind: 'searched'
      readonly param: DeclaredParam<ParamValue, boolean>
      /** How random draws are made, where it is no law that the range says. */
      readonly law?: Law | undefined
      /** What a grid takes; undefined where there is no end to it. */
      readonly cells: readonly ParamValue[] | undefined
    }

/** By name, in the order of the file. */
export type FileParameters = ReadonlyMap<string, FileParameter>
