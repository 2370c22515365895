import { Box, useInput } from 'ink'
import { useCallback, useSyncExternalStore } from 'react'
import { paint } from '../../output/style.js'
import { keyNames } from '../keys.js'
import { screenHeight } from '../screen-layout.js'
import { type ScreenView, screenLines } from '../screen-lines.js'
import type { MonitorStore } from '../store.js'
import { ScreenLine } from './screen-line.js'

export interface MonitorAppProps {
  readonly store: MonitorStore
  readonly view: ScreenView
  readonly colour: boolean
  /** Called for each key by its name. Must be the same function every time. */
  readonly onKey: (name: string) => void
}

/** The whole screen. Its size is the terminal's, never the content's. */
export function MonitorApp({ store, view, colour, onKey }: MonitorAppProps) {
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
      {screenLines(state, view).map((line, row) => (
        <ScreenLine key={row} text={paint(line, colour)} />
      ))}
    </Box>
  )
}
