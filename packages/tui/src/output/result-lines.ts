import { formatDuration, type Grid, type RankedSetting, type Ranking, type Setting } from '@thresher/core'
import type { PostprocessMode, Protocol } from '@thresher/native'
import { differenceText } from './difference-text.js'
import { type Findings, findingLines } from './findings.js'
import { barScale } from './interval-bar.js'
import { chooseColumns, headerLine, parameterColumns, rowLine } from './ranking-table.js'
import { type Line, lineOf, type Span } from './style.js'
import type { Symbols } from './symbols.js'
import { clipLine, countOf, formatCount, spread, wrapWords } from './text.js'
import type { UsageHints } from './usage-hints.js'

/** What a finished (or interrupted) sweep is shown from. */
export interface ResultView extends Findings {
  readonly images: number
  readonly configurations: number
  readonly elapsedSeconds: number
  readonly interrupted: boolean
}

/** What is known before the first image: it heads every view of the sweep. */
export interface SweepTitle {
  readonly images: number
  readonly protocol: Protocol
  readonly mode: PostprocessMode
  /** For example "cpu, 2 threads". */
  readonly backend: string
}

export function titleLine(title: SweepTitle, width: number, symbols: Symbols): Line {
  const left: Line = [
    { text: 'thresher', tone: 'accent' },
    { text: '  thresholds', tone: 'strong' },
  ]
  const { variant, boxType, scoreMode, dilate } = title.mode
  const mode = [
    `${variant}/${boxType}`,
    ...(scoreMode === 'slow' ? ['slow'] : []),
    ...(dilate ? ['dilated'] : []),
  ]
  const parts = [countOf(title.images, 'image'), title.protocol, mode.join(' '), title.backend]
  return spread(left, lineOf(parts.join(` ${symbols.separator} `)), width)
}

/** The ranked table in plain lines: counts, baseline, the `top` best, and what may be said about them. */
export function resultLines(
  result: ResultView,
  grid: Grid,
  hints: (setting: Setting) => UsageHints,
  { width, top, symbols }: { width: number; top: number; symbols: Symbols },
): Line[] {
  const { ranking } = result
  const { baseline, ranked } = ranking
  const shown = ranked.slice(0, top)
  const rankWidth = Math.max(5, String(shown.length).length)
  const columns = chooseColumns(parameterColumns(grid.axes, baseline.setting), width, { rankWidth })
  const scale = barScale(shown)
  const rows = shown.map((row) => rowLine(columns, { ...row, scores: row }, scale, symbols))
  const rest = ranked.length - shown.length
  const lines = [
    countsLine(result, symbols),
    [],
    headerLine(columns, scale),
    rowLine(columns, { rank: 'base', setting: baseline.setting, scores: baseline }, scale, symbols),
    ...rows,
    ...(rest > 0
      ? [lineOf(`      ${formatCount(rest)} more: --top N shows them, -o FILE keeps them all`, 'faint')]
      : []),
    [],
  ]
  return [
    ...lines.map((line) => clipLine(line, width, symbols.ellipsis)),
    ...[...conclusion(result), ...findingLines(result)].flatMap((text) =>
      wrapWords(text, width).map((part) => lineOf(part)),
    ),
    ...useLines(ranking, hints),
  ]
}

/** "2,352 settings on 404 images, 1.1 s   ▲ 31 better   = 1,870 same   ▼ 451 worse" */
export function countsLine(
  result: Omit<ResultView, keyof Findings> & Pick<ResultView, 'ranking'>,
  symbols: Symbols,
): Line {
  const { ranking } = result
  const work = `${countOf(result.configurations, 'setting')} on ${countOf(result.images, 'image')}, ${formatDuration(result.elapsedSeconds)}`
  return [
    { text: work },
    ...(result.interrupted ? [{ text: '   interrupted', tone: 'warning' } as const] : []),
    ...verdictCounts(ranking, symbols),
  ]
}

function verdictCounts(ranking: Pick<Ranking, 'better' | 'same' | 'worse'>, symbols: Symbols): Span[] {
  return (['better', 'same', 'worse'] as const).map((verdict) => ({
    text: `   ${symbols[verdict]} ${formatCount(ranking[verdict])} ${verdict}`,
    tone: verdict !== 'same' && ranking[verdict] > 0 ? verdict : undefined,
  }))
}

/** The setting to use: the highest in rank that is better than the baseline, else none. */
export function chosenSetting(ranking: Ranking): RankedSetting | undefined {
  return ranking.better > 0 ? ranking.ranked.find((row) => row.verdict === 'better') : undefined
}

/** What the data carry, in a few sentences. */
export function conclusion({
  ranking,
  images,
  interrupted,
}: Pick<ResultView, 'ranking' | 'images' | 'interrupted'>): string[] {
  const chosen = chosenSetting(ranking)
  const first = ranking.ranked[0]
  const lines = interrupted ? ['Interrupted: what was finished counts.'] : []
  if (!first) return lines
  if (chosen) {
    const count = `${countOf(ranking.better, 'setting')} ${ranking.better === 1 ? 'is' : 'are'} better`
    lines.push(
      `${count} than the baseline beyond noise (5 % over all ${formatCount(ranking.ranked.length)}). #${chosen.rank}: ${differenceText(chosen)}.`,
    )
    if (chosen.rank > 1)
      lines.push(`What ranks above #${chosen.rank} scores higher here, but not beyond noise.`)
    return lines
  }
  lines.push('No setting is better than the baseline beyond noise: the baseline stands.')
  if (images < 2) lines.push('One image says nothing about noise: more images would tell.')
  lines.push(
    first.delta > 0
      ? `The best-looking, #1, is at ${differenceText(first)}.`
      : 'None scores higher than the baseline.',
  )
  return lines
}

/** The command lines that use the chosen setting; the baseline's where nothing is better. */
function useLines(ranking: Ranking, hints: (setting: Setting) => UsageHints): Line[] {
  const chosen = chosenSetting(ranking)
  const { options, command, notes } = hints((chosen ?? ranking.baseline).setting)
  return [
    [
      { text: 'Use:  ', tone: 'strong' },
      { text: options },
      ...(chosen ? [] : [{ text: '   (the baseline)' }]),
    ],
    [{ text: 'or    ', tone: 'faint' }, { text: command }],
    ...notes.map((note) => lineOf(`      ${note}`, 'faint')),
  ]
}
