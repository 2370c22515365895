import type { Size } from '@thresher/native'
import { type Annotation, DONT_CARE } from '../types.js'
import { pairs } from './annotation-json.js'
import type { Losses } from './losses.js'
import type { PolygonWriter } from './polygon-writer.js'

/** Our own JSON Lines; `texts`, `ignore` and `scores` stand where they say something. */
export const jsonlWriter: PolygonWriter = {
  single: 'polygons.jsonl',
  *files({ images, sizes }, losses) {
    yield { name: this.single!, chunks: lines() }

    function* lines() {
      for (const [image, annotations] of images)
        yield `${line(image, annotations, sizes?.get(image), losses)}\n`
    }
  },
}

function line(
  image: string,
  annotations: readonly Annotation[],
  size: Size | undefined,
  losses: Losses,
): string {
  const scored = annotations.filter(({ confidence }) => confidence !== undefined)
  const texts = annotations.map(({ text }) => text ?? null)
  const flagged = annotations.some(({ text, ignore }) => ignore !== (text === DONT_CARE))
  const all = scored.length === annotations.length
  if (!all) {
    const kind = 'confidences of images where not every region has one were left out'
    for (const { place } of scored) losses.add(kind, place)
  }
  return JSON.stringify({
    image,
    ...size,
    boxes: annotations.map(({ points }) => pairs(points)),
    ...(all && scored.length > 0 ? { scores: scored.map(({ confidence }) => confidence) } : {}),
    ...(texts.some((text) => text !== null) ? { texts } : {}),
    ...(flagged ? { ignore: annotations.map(({ ignore }) => ignore) } : {}),
  })
}
