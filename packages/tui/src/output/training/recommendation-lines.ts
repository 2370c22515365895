import type { Recommendation, StudyReport } from '@thresher/sweeps'
import { shellQuote } from '../shell-quote.js'
import { type Line, lineOf } from '../style.js'
import { padEnd, printable, wrapWords } from '../text.js'

const TITLES: Readonly<Record<Recommendation['role'], string>> = {
  best: 'Highest',
  stable: 'Stable',
  hybrid: 'Hybrid',
}

const LABEL_WIDTH = 10

/** What to run next, each with reason, risk and command line; with `yaml` the sweep files too. */
export function recommendationLines(
  { recommendations, metric }: StudyReport,
  { width, yaml }: { readonly width: number; readonly yaml: boolean },
): Line[] {
  if (recommendations.length === 0) return []
  return recommendations.flatMap((each): Line[] => [
    [
      { text: `${titleOf(each, metric.direction)}: `, tone: 'strong' },
      { text: `${each.run === null ? 'not run' : `run ${printable(each.run)}`}` },
    ],
    ...labelled('reason', each.reason, width),
    ...labelled('risk', each.risk, width),
    ...(each.filled.length === 0
      ? []
      : [
          lineOf(
            `  note    not written down, so as in the baseline: ${each.filled.map(printable).join(', ')}`,
          ),
        ]),
    [{ text: '  run     ', tone: 'faint' }, { text: each.words.map(shellQuote).join(' ') }],
    ...(yaml
      ? each.yaml
          .trimEnd()
          .split('\n')
          .map((line) => lineOf(`  | ${line}`, 'faint'))
      : []),
  ])
}

function labelled(label: string, text: string, width: number): Line[] {
  return wrapWords(text, width - LABEL_WIDTH).map((part, i) =>
    lineOf(padEnd(i === 0 ? `  ${label}` : '', LABEL_WIDTH) + part),
  )
}

function titleOf(
  { role, beyondNoise, isBaseline }: Recommendation,
  direction: 'minimize' | 'maximize',
): string {
  if (role !== 'best') return TITLES[role]
  if (isBaseline) return 'Baseline'
  if (beyondNoise) return 'Best'
  return direction === 'minimize' ? 'Lowest, perhaps by luck' : 'Highest, perhaps by luck'
}
