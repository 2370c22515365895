import type { CountedScores, DatasetScore, ScaleScores, ScoredImage } from '@thresher/sweeps'

/** What of a score is shown beside the figures of the data set. */
export interface ScoreParts {
  readonly perImage: boolean
  readonly scales?: readonly ScaleScores[] | undefined
}

/** The JSON document of `thresher score`. */
export function scoreJson(score: DatasetScore, { perImage, scales }: ScoreParts): object {
  const { scoring, images, counts, endToEnd, thresholds, scoreThreshold, float32 } = score
  const { protocol, ...options } = scoring
  return {
    protocol,
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...scores(score),
    ...(scoreThreshold === undefined ? {} : { scoreThreshold }),
    counts: { images: images.length, ...counts },
    ...(endToEnd && { e2e: { ...scores(endToEnd), counts: endToEnd.counts } }),
    ...(thresholds && { thresholds }),
    ...(float32 && { float32 }),
    ...(scales && { scales }),
    ...(perImage ? { images: images.map(imageJson) } : {}),
  }
}

function imageJson(image: ScoredImage): object {
  const { endToEnd, objects, detections } = image
  return {
    image: image.image,
    ...scores(image),
    ...image.counts,
    ...(endToEnd && { e2e: { ...scores(endToEnd), ...endToEnd.counts } }),
    objects,
    detections,
  }
}

function scores({ precision, recall, hmean }: CountedScores): object {
  return { precision, recall, hmean }
}
