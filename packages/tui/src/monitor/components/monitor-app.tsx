import type { Size } from '@thresher/native'
import { Box, useInput } from 'ink'
import { useCallback, useSyncExternalStore } from 'react'
import { type Line, paint } from '../../output/style.js'
import { keyNames } from '../keys.js'
import { screenHeight } from '../screen-frame.js'
import type { MonitorStore } from '../store.js'
import { ScreenLine } from './screen-line.js'

export interface MonitorAppProps<State extends { readonly size: Size }> {
  readonly store: Pick<MonitorStore<State, never>, 'subscribe' | 'getSnapshot'>
  /** The whole screen, a line a row. */
  readonly draw: (state: State) => readonly Line[]
  readonly colour: boolean
  /** Called for each key by its name. Must be the same function every time. */
  readonly onKey: (name: string) => void
}

/** The whole screen. Its size is the terminal's, never the content's. */
export function MonitorApp<State extends { readonly size: Size }>(props: MonitorAppProps<State>) {
  const { store, draw, colour, onKey } = props
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  useInput(
    useCallback(
      (input, key) => {
        for (const name of keyNames(input, key)) onKey(name)
      },
      [onKey],
    ),
  )
  const { size } = state
  return (
    <Box flexDirection="column" width={size.width} height={screenHeight(size)} overflow="hidden">
      {draw(state).map((line, row) => (
        <ScreenLine key={row} text={paint(line, colour)} />
      ))}
    </Box>
  )
}
