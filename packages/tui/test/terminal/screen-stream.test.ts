import { expect, test } from 'vitest'
import { ScreenStream } from '../../src/terminal/screen-stream.js'

function recorded() {
  const written: string[] = []
  const size = { width: 80, height: 24 }
  const stream = new ScreenStream({ write: (chunk: string) => written.push(chunk) > 0 }, () => size)
  return { written, size, stream }
}

test('passes frames on as they are', () => {
  const { written, stream } = recorded()
  for (const chunk of ['\u001b[?2026h', 'frame', '\u001b[?2026l', '']) stream.write(chunk)
  expect(written).toEqual(['\u001b[?2026h', 'frame', '\u001b[?2026l'])
})

test('after a resize the next frame, and only it, starts at the top left', () => {
  const { written, size, stream } = recorded()
  size.width = 60
  stream.startFromTop()
  for (const chunk of ['\u001b[?2026h', 'one', '\u001b[?2026l', 'two']) stream.write(chunk)
  expect(stream.columns).toBe(60)
  expect(written).toEqual(['\u001b[?2026h', '\u001b[H\u001b[Jone', '\u001b[?2026l', 'two'])
})

test('repaint draws the last frame again with the cursor hidden', () => {
  const { written, stream } = recorded()
  for (const chunk of ['one', '\u001b[?2026h', 'two', '\u001b[?2026l']) stream.write(chunk)
  stream.repaint()
  expect(written.at(-1)).toBe('\u001b[?25l\u001b[H\u001b[Jtwo')
})
