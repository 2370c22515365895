// Draws docs/scoring.svg: the image written out in docs/scoring.md, as the protocols judge it.
// `node scripts/scoring-picture.mjs FILE` writes to another file.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './run.mjs'

const { resolve: installed } = createRequire(join(root, 'packages/tui/package.json'))
const load = (name) => import(pathToFileURL(installed(name)).href)
const { readPolygons, scoreDataset } = await load('@thresher/sweeps')
const { PROTOCOLS } = await load('@thresher/native')

const PANELS = [
  ['icdar2015', 'one to one, the first with an IoU above 0.5'],
  ['ctw1500', "IoU from 0.5 on; nothing is don't care"],
  ['deteval', 'pieces and groups, by shares of the area'],
  ['tedeval', 'pieces and groups, credit by the character'],
  ['cleval', 'characters; further pieces cost one each'],
  ['cleval-receipt', "characters guessed from boxes; no don't care"],
]

const COLOURS = {
  background: '#1b1e24',
  panel: '#22262e',
  object: '#343a45',
  text: '#d6d9df',
  dim: '#9aa1ad',
}
const GREEN = '#8fbf6f'
const BLUE = '#6ca6e0'
const RED = '#e8848c'
/** How a fate is drawn: its name, and a line that is told from the others without its colour. */
const FATES = {
  matched: { name: 'matched', colour: GREEN, line: 'stroke-width="2"' },
  split: { name: 'split', colour: BLUE, line: 'stroke-width="2" stroke-dasharray="9 3"' },
  merged: { name: 'merged', colour: '#c99be0', line: 'stroke-width="2" stroke-dasharray="12 3 2 3"' },
  missed: { name: 'missed', colour: RED, line: 'stroke-width="1.5" stroke-dasharray="4 3"' },
  'false-alarm': { name: 'false alarm', colour: RED, line: 'stroke-width="2" stroke-dasharray="2 2.5"' },
  overlapped: { name: 'overlapped', colour: '#d9b36c', line: 'stroke-width="2" stroke-dasharray="5 3"' },
  'dont-care': { name: "don't care", colour: COLOURS.dim, line: 'stroke-width="1"' },
}

const WIDTH = 1000
const GAP = 20
const PANEL = { width: (WIDTH - 3 * GAP) / 2, height: 296, inset: 16, scene: 58 }
const COLUMNS = [GAP, 2 * GAP + PANEL.width]
const FOOT = PANEL.height - 14

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c])
const text = (x, y, words, { fill = COLOURS.text, size = 14, anchor = 'start', weight = 'normal' } = {}) =>
  `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" font-weight="${weight}" fill="${fill}">${escaped(words)}</text>`

/** Left, top, right and bottom of a box. */
function edges({ points }) {
  const along = (axis) => points.filter((_, i) => i % 2 === axis)
  return [0, 1].map((axis) => Math.min(...along(axis))).concat([0, 1].map((axis) => Math.max(...along(axis))))
}

function box(annotation, attributes) {
  const [left, top, right, bottom] = edges(annotation)
  return `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="1" ${attributes}/>`
}

const center = (annotation) => {
  const [left, , right] = edges(annotation)
  return (left + right) / 2
}
const word = (annotation, y, words, fill) =>
  text(center(annotation), y, words, { fill, size: 13, anchor: 'middle' })
const above = (annotation, ...rest) => word(annotation, edges(annotation)[1] - 5, ...rest)
const below = (annotation, ...rest) => word(annotation, edges(annotation)[3] + 14, ...rest)

function outline(annotation, hatched) {
  const fill = hatched ? 'url(#hatch)' : COLOURS.object
  return box(annotation, `fill="${fill}" stroke="${COLOURS.dim}" stroke-width="1"`)
}

function reading(annotation, hatched) {
  const [, top, , bottom] = edges(annotation)
  return hatched ? '' : word(annotation, (top + bottom) / 2 + 5, annotation.text, COLOURS.text)
}

const holds = (outer, inner) => {
  const [left, top, right, bottom] = edges(outer)
  const [l, t, r, b] = edges(inner)
  return outer !== inner && l >= left && t >= top && r <= right && b <= bottom
}

/** A detection is named above; one that holds another below, so that both can be read. */
function label(detection, all, words, fill) {
  if (all.some((other) => holds(detection, other))) return below(detection, words, fill)
  const [top] = all.filter((other) => holds(other, detection)).map((other) => edges(other)[1])
  return top === undefined ? above(detection, words, fill) : word(detection, top - 5, words, fill)
}

/** Ground truth and detections of the image, with what became of them. */
function judged({ objects, detections }, score) {
  const hatched = (i) => score.objects[i].fate === 'dont-care'
  return [
    ...objects.map((annotation, i) => outline(annotation, hatched(i))),
    ...detections.flatMap((annotation, i) => {
      const { name, colour, line } = FATES[score.detections[i].fate]
      return [
        box(annotation, `fill="${colour}" fill-opacity="0.12" stroke="${colour}" ${line}`),
        label(annotation, detections, name, colour),
      ]
    }),
    ...objects.flatMap((annotation, i) => {
      if (score.objects[i].fate !== 'missed') return []
      const { name, colour, line } = FATES.missed
      return [box(annotation, `fill="none" stroke="${colour}" ${line}`), below(annotation, name, colour)]
    }),
    ...objects.map((annotation, i) => reading(annotation, hatched(i))),
  ]
}

/** The image as it is. */
function plain({ objects, detections }) {
  return [
    ...objects.map((annotation) => outline(annotation, annotation.ignore)),
    ...detections.map((annotation) =>
      box(annotation, `fill="none" stroke="${COLOURS.text}" stroke-width="2"`),
    ),
    ...objects.map((annotation) => reading(annotation, annotation.ignore)),
  ]
}

function panel(x, y, title, subtitle, scene, foot) {
  return [
    `<g transform="translate(${x} ${y})">`,
    `<rect width="${PANEL.width}" height="${PANEL.height}" rx="6" fill="${COLOURS.panel}"/>`,
    text(PANEL.inset, 25, title, { size: 16, weight: 'bold' }),
    text(PANEL.inset, 44, subtitle, { fill: COLOURS.dim }),
    `<g transform="translate(${PANEL.inset - 8} ${PANEL.scene})">`,
    ...scene,
    '</g>',
    ...foot,
    '</g>',
  ]
}

const decimals = (value) => value.toFixed(4)
const brief = (value) => String(Number(value.toFixed(3)))

function scores({ precision, recall, hmean }, { recallHits, recallTotal, precisionHits, precisionTotal }) {
  const part = (name, value, hits, total) => `${name} ${decimals(value)} = ${brief(hits)}/${brief(total)}`
  const parts = [
    part('P', precision, precisionHits, precisionTotal),
    part('R', recall, recallHits, recallTotal),
  ]
  return [
    text(PANEL.inset, FOOT, `H ${decimals(hmean)}`, { size: 15, weight: 'bold' }),
    text(PANEL.inset + 98, FOOT, parts.join('   '), { fill: COLOURS.dim }),
  ]
}

/** H-Mean under each protocol, the highest first. */
function ladder(x, y, results) {
  const sorted = [...results].sort((a, b) => b.hmean - a.hmean)
  const bar = { left: 140, width: 240, top: 64, pitch: 16.5 }
  const rows = sorted.flatMap(({ protocol, hmean }, i) => {
    const at = bar.top + i * bar.pitch
    const end = bar.left + bar.width * hmean
    return [
      text(bar.left - 10, at + 11, protocol, { size: 13, anchor: 'end' }),
      `<rect x="${bar.left}" y="${at + 1}" width="${(bar.width * hmean).toFixed(1)}" height="11" rx="1" fill="${BLUE}"/>`,
      text(end + 8, at + 11, decimals(hmean), { size: 13 }),
    ]
  })
  return panel(x, y, 'H-Mean of this one image', 'nothing differs but the protocol', [], rows)
}

function svg(image, results) {
  const height = GAP + 4 * (PANEL.height + GAP)
  const row = (i) => GAP + i * (PANEL.height + GAP)
  const key = text(PANEL.inset, FOOT, "grey: ground truth  hatched: don't care  white: found", {
    fill: COLOURS.dim,
    size: 13,
  })
  const of = (name) => results.find(({ protocol }) => protocol === name)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`,
    ` font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" xml:space="preserve">`,
    `<title>One made-up image, judged by six scoring protocols</title>`,
    `<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`,
    `<rect width="7" height="7" fill="${COLOURS.panel}"/><rect width="2" height="7" fill="${COLOURS.object}"/></pattern></defs>`,
    `<rect width="100%" height="100%" rx="8" fill="${COLOURS.background}"/>`,
    ...panel(COLUMNS[0], row(0), 'One image', 'what is there, and what was found', plain(image), [key]),
    ...ladder(COLUMNS[1], row(0), results),
    ...PANELS.flatMap(([name, rule], i) => {
      const [score] = of(name).images
      const scene = judged(image, score)
      return panel(
        COLUMNS[i % 2],
        row(1 + Math.floor(i / 2)),
        name,
        rule,
        scene,
        scores(of(name), score.tally),
      )
    }),
    '</svg>\n',
  ].join('\n')
}

/** The files that docs/scoring.md writes out, each under its name. */
function writtenOut(folder) {
  const page = readFileSync(join(root, 'docs/scoring.md'), 'utf8')
  for (const [, path, content] of page.matchAll(/`([\w/.]+)`:\n\n```text\n(.*?)```/gs)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'thresher-picture-'))
try {
  writtenOut(folder)
  const [groundTruth, found] = await Promise.all(
    ['gt', 'pred'].map((name) => readPolygons(join(folder, name))),
  )
  const results = await Promise.all(
    PROTOCOLS.map((protocol) => scoreDataset({ protocol }, groundTruth, found)),
  )
  const [objects] = groundTruth.images.values()
  const [detections] = found.images.values()
  const target = resolve(process.argv[2] ?? join(root, 'docs/scoring.svg'))
  writeFileSync(target, svg({ objects, detections }, results))
  console.log(target)
} finally {
  rmSync(folder, { recursive: true })
}
