import type { StudyReport } from '@thresher/sweeps'
import { type Line, lineOf } from '../style.js'
import type { Symbols } from '../symbols.js'
import { countOf, printable, spread, wrapWords } from '../text.js'
import { adviceLines, detailTexts, importanceTexts, rangeTexts, timeTexts } from './finding-lines.js'
import { groupLines, matchedLines } from './group-lines.js'
import { recommendationLines } from './recommendation-lines.js'
import { studyTable } from './study-table.js'
import { supportTexts } from './support-lines.js'

export interface ReportLineOptions {
  readonly width: number
  /** Rows of the ranking. */
  readonly top: number
  readonly symbols: Symbols
}

/** The ranking of a study, and what it supports. */
export function rankLines(report: StudyReport, command: string, options: ReportLineOptions): Line[] {
  const { width, symbols } = options
  return [
    titleLine(report, command, width, symbols),
    [],
    ...studyTable(report, options),
    [],
    ...wrapped(supportTexts(report), width),
  ]
}

/** Everything that is said of a study, for people. */
export function reportLines(report: StudyReport, command: string, options: ReportLineOptions): Line[] {
  return [...rankLines(report, command, options), ...analysisLines(report, options)]
}

/** Everything that is said of a study but its ranking. */
export function conclusionLines(report: StudyReport, options: ReportLineOptions): Line[] {
  return [...wrapped(supportTexts(report), options.width), ...analysisLines(report, options)]
}

/** What comes after the ranking: groups, what mattered, time, advice, and what to run next. */
function analysisLines(report: StudyReport, { width, symbols }: ReportLineOptions): Line[] {
  const sections: Line[][] = [
    groupLines(report),
    matchedLines(report, symbols),
    wrapped(importanceTexts(report), width),
    rangeSection(report, width, symbols),
    wrapped(detailTexts(report), width),
    wrapped(timeTexts(report), width),
    adviceLines(report, symbols).flatMap((line) => indented(line, width)),
    recommendationLines(report, { width, yaml: true }),
  ]
  return sections.filter((section) => section.length > 0).flatMap((section) => [[], ...section])
}

function titleLine(report: StudyReport, command: string, width: number, symbols: Symbols): Line {
  const { complete, pruned, failed, unfinished } = report.trials
  const counts = [
    countOf(complete, 'run'),
    ...(pruned > 0 ? [`${pruned} pruned`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unfinished > 0 ? [`${unfinished} unfinished`] : []),
    `${printable(report.metric.name)}, ${report.metric.direction === 'maximize' ? 'higher' : 'lower'} is better`,
  ]
  const left: Line = [
    { text: 'thresher', tone: 'accent' },
    { text: `  ${command}  `, tone: 'strong' },
    { text: printable(report.study) },
  ]
  return spread(left, lineOf(counts.join(` ${symbols.separator} `)), width)
}

function rangeSection(report: StudyReport, width: number, symbols: Symbols): Line[] {
  const texts = rangeTexts(report, symbols)
  return texts.length === 0
    ? []
    : [
        lineOf('In the range that was searched:'),
        ...texts.flatMap((text) => indented(lineOf(`  ${text}`), width)),
      ]
}

function wrapped(texts: readonly string[], width: number): Line[] {
  return texts.flatMap((text) => wrapWords(text, width).map((part) => lineOf(part)))
}

/** A line of one piece broken to the width, its later parts as far in as its first. */
function indented(line: Line, width: number): Line[] {
  const [{ text, tone } = { text: '' }] = line as readonly [Line[number]?]
  const indent = /^ */.exec(text)![0]
  return wrapWords(text.trimStart(), width - indent.length).map((part) => lineOf(indent + part, tone))
}
