import { formatScore, type Scores } from '@thresher/core'
import type { Fate } from '@thresher/native'
import type { Counts, DatasetScore, PolygonOutcome, ScaleScores, ScoredImage } from '@thresher/sweeps'
import type { ScoreParts } from './score-json.js'
import { type Line, lineOf } from './style.js'
import { countOf, formatCount, padStart, printable } from './text.js'

/** What counts are called where people read them; others by the name that their evaluator has for them. */
const COUNT_NAMES: Readonly<Record<string, string>> = {
  gtCare: 'objects that count',
  detCare: 'detections that count',
  num_char_gt: 'characters',
  num_char_det: 'characters detected',
  tp: 'right',
  gran_r: 'granularity (recall)',
  gran_p: 'granularity (precision)',
  fp: 'false alarms',
}

/** What a person reads first of an image: what went wrong with its objects, then with its detections. */
const TOLD: readonly (readonly ['objects' | 'detections', Fate, string])[] = [
  ['objects', 'missed', 'missed'],
  ['objects', 'split', 'split'],
  ['objects', 'merged', 'merged'],
  ['detections', 'false-alarm', 'false'],
  ['detections', 'overlapped', 'overlapped'],
  ['detections', 'dont-care', "on don't care"],
  ['objects', 'invalid', 'invalid objects'],
  ['detections', 'invalid', 'left out'],
]

/** The score of a data set for people. */
export function scoreLines(score: DatasetScore, { perImage, scales }: ScoreParts): Line[] {
  const { protocol, images, endToEnd, thresholds, scoreThreshold, float32 } = score
  const lines: Line[] = [lineOf(`${protocol}  ${countOf(images.length, 'image')}`), headline('H-Mean', score)]
  if (float32) lines.push(lineOf(`in 32-bit floats, as the competition's code: ${figures(float32)}`, 'faint'))
  if (thresholds?.some(({ hmean }) => hmean !== score.hmean)) {
    const tried = thresholds.map((at) => `${at.scoreThreshold}: ${formatScore(at.hmean)}`)
    lines.push(lineOf(`at score threshold ${scoreThreshold}, the best of ${tried.join('  ')}`))
  }
  lines.push(lineOf(countsText(score.counts)))
  if (endToEnd) lines.push(headline('End to end, H-Mean', endToEnd), lineOf(countsText(endToEnd.counts)))
  if (scales) lines.push([], ...scaleLines(scales))
  if (perImage) lines.push([], ...imageLines(images))
  return lines
}

function headline(name: string, scores: Scores): Line {
  return [
    { text: `${name} ` },
    { text: formatScore(scores.hmean), tone: 'strong' },
    { text: `  precision ${formatScore(scores.precision)}  recall ${formatScore(scores.recall)}` },
  ]
}

function figures({ hmean, precision, recall }: Scores): string {
  const [h, p, r] = [hmean, precision, recall].map((value) => value.toFixed(8))
  return `H-Mean ${h}  precision ${p}  recall ${r}`
}

function countsText(counts: Counts): string {
  return Object.entries(counts)
    .map(([name, count]) => `${amount(count)} ${COUNT_NAMES[name] ?? name.replaceAll('_', ' ')}`)
    .join(', ')
}

/** Whole counts with separators; sums of partial credit as decimals. */
function amount(count: number): string {
  return Number.isInteger(count) ? formatCount(count) : String(Number(count.toFixed(4)))
}

function scaleLines(scales: readonly ScaleScores[]): Line[] {
  const rows = scales.map(({ low, high, counts, ...scores }) =>
    lineOf(
      `${padStart(`${low} to ${high}`, 14)}  H-Mean ${formatScore(scores.hmean)}  precision ${formatScore(scores.precision)}  recall ${formatScore(scores.recall)}  ${formatCount(counts.num_char_gt ?? 0)} characters`,
    ),
  )
  return [lineOf('By height of text, as a share of the longer side of its image:', 'faint'), ...rows]
}

function imageLines(images: readonly ScoredImage[]): Line[] {
  const cells = (texts: readonly (string | number)[]) =>
    texts.map((text) => padStart(String(text), 7)).join(' ')
  const head = lineOf(`${cells(['H-Mean', 'P', 'R', 'objects', 'found'])}  image`, 'faint')
  const rows = images.map(({ image, hmean, precision, recall, objects, detections }): Line => {
    const scores = [hmean, precision, recall].map(formatScore)
    const told = toldOf(objects, detections)
    return [
      { text: `${cells([...scores, objects.length, detections.length])}  ${printable(image)}` },
      ...(told === '' ? [] : [{ text: `  ${told}`, tone: 'faint' as const }]),
    ]
  })
  return [head, ...rows]
}

function toldOf(objects: readonly PolygonOutcome[], detections: readonly PolygonOutcome[]): string {
  const sides = { objects, detections }
  return TOLD.flatMap(([side, fate, name]) => {
    const count = sides[side].filter((outcome) => outcome.fate === fate).length
    return count === 0 ? [] : [`${count} ${name}`]
  }).join(', ')
}
