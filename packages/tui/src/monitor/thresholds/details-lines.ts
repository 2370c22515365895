import { formatPoints, formatScore, formatValue, PARAMETERS } from '@thresher/core'
import { differenceText } from '../../output/difference-text.js'
import { verdictText, verdictTone } from '../../output/ranking-table.js'
import { type Line, lineOf } from '../../output/style.js'
import { wrapWords } from '../../output/text.js'
import { detailsHeight } from './layout.js'
import type { Row } from './rows.js'
import type { ScreenView } from './screen-lines.js'
import type { MonitorState } from './state.js'

const INDENT = '      '
/** Lines that a command may take in a tall terminal; c copies all of it. */
const COMMAND_LINES = 2

/** The selected setting in full: parameters, scores, interval, and the command lines that use it. */
export function detailsLines(state: MonitorState, view: ScreenView): Line[] {
  const row = state.rows.at(state.cursor.index)
  if (!row) return []
  const { options, command } = view.hints(row.setting)
  if (detailsHeight(state.size) < 3) return [scoresLine(row, state, view), commandLine('Use:  ', options)]
  return [
    [],
    scoresLine(row, state, view),
    lineOf(`${INDENT}${PARAMETERS.map((name) => `${name} ${formatValue(row.setting[name])}`).join('  ')}`),
    ...commandLines('Use:  ', options, state.size.width),
    ...commandLines('or    ', command, state.size.width),
  ]
}

function scoresLine(row: Row, { baseline }: MonitorState, { symbols }: ScreenView): Line {
  const { hmean, precision, recall } = row.scores
  const scores = `#${row.rank}  H-Mean ${formatScore(hmean)} (P ${formatScore(precision)}, R ${formatScore(recall)})`
  const reference = baseline ? `, baseline ${formatScore(baseline.hmean)}` : ''
  if (!row.interval || !row.verdict) {
    return [{ text: `${scores}${reference}: ${formatPoints(row.delta)} so far` }]
  }
  return [
    { text: `${scores}${reference}: ${differenceText({ delta: row.delta, interval: row.interval })}  ` },
    { text: verdictText(row.verdict, symbols), tone: verdictTone(row.verdict) },
  ]
}

function commandLines(label: string, command: string, width: number): Line[] {
  const words = wrapWords(command, width - INDENT.length)
  const shown = words.slice(0, COMMAND_LINES - 1)
  if (words.length >= COMMAND_LINES) shown.push(words.slice(COMMAND_LINES - 1).join(' '))
  return shown.map((text, i) => commandLine(i === 0 ? label : INDENT, text))
}

function commandLine(label: string, text: string): Line {
  return [{ text: label, tone: 'faint' }, { text }]
}
