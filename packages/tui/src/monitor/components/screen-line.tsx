import { Text } from 'ink'
import { memo } from 'react'

/** One row of the screen, already coloured and cut to width. A blank row still takes its place. */
export const ScreenLine = memo(function ScreenLine({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>
})
