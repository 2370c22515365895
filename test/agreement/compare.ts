import { type BoxSet, postprocess, unpackPolygons } from '@thresher/native'
import type { PostprocessCase } from '../cases/case.js'
import type { ReferenceBoxes } from '../oracle/postprocess.js'

const SCORE_TOLERANCE = 1e-12

/** The product's boxes in the shape of the references'. */
export async function productBoxes({ map, options }: PostprocessCase): Promise<ReferenceBoxes> {
  return plain(await postprocess(map, options))
}

/** What differs first, or undefined: boxes and their order must be equal, scores within 1e-12. */
export function difference(expected: ReferenceBoxes, actual: ReferenceBoxes): string | undefined {
  const count = Math.max(expected.boxes.length, actual.boxes.length)
  for (let i = 0; i < count; i++) {
    const [want, have] = [expected.boxes[i]?.join(' '), actual.boxes[i]?.join(' ')]
    if (want !== have) return `box ${i}: reference ${want ?? 'has none'}, here ${have ?? 'none'}`
    const [score, scoreHere] = [expected.scores[i]!, actual.scores[i]!]
    if (!(Math.abs(score - scoreHere) <= SCORE_TOLERANCE)) {
      return `score ${i}: reference ${score}, here ${scoreHere}`
    }
  }
  return undefined
}

/** A case as text that draws it again: settings, then the map's rows. */
export function describeCase({ name, map, options }: PostprocessCase): string {
  const rows = Array.from({ length: Math.min(map.height, 80) }, (_, y) =>
    Array.from(map.data.subarray(y * map.width, (y + 1) * map.width), (value) =>
      value > Math.fround(options.thresh) ? '#' : '.',
    ).join(''),
  )
  const values = map.data.length <= 64 ? `\nvalues ${Array.from(map.data).join(' ')}` : ''
  return `${name}: ${map.width} x ${map.height}, ${JSON.stringify(options)}\n${rows.join('\n')}${values}`
}

function plain(set: BoxSet): ReferenceBoxes {
  return { boxes: unpackPolygons(set).map((box) => box.flat()), scores: Array.from(set.scores) }
}
