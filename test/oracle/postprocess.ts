import type { ProbabilityMap } from '@thresher/native'
import type { PostprocessCase } from '../cases/case.js'
import { isOffsetPortable, loadOffset, type Offset } from './clipper.js'
import { clip, roundHalfEven, scaleFloat32 } from './numpy.js'
import { type LeastRect, loadOpenCv, type OpenCv, polygonMean } from './opencv.js'
import { type Ring, ringArea, ringLength } from './ring.js'

/** Boxes as flat x, y lists, in the reference's order, and their scores. */
export interface ReferenceBoxes {
  boxes: Ring[]
  scores: number[]
}

/** `portable` is false where Clipper's answer depends on the C++ library that it was built with. */
export type ReferencePostprocess = (input: PostprocessCase) => ReferenceBoxes & { portable: boolean }

/**
 * The DBNet postprocess of the public Python implementations on OpenCV 4.6.0 and Clipper 6.4.2: one literal pass a
 * call, nothing shared with the product.
 */
export async function loadReferencePostprocess(): Promise<ReferencePostprocess> {
  const cv = await loadOpenCv()
  const offset = await loadOffset()
  return (input) => postprocess(cv, offset, input)
}

function postprocess(
  cv: OpenCv,
  offset: Offset,
  { map, options }: PostprocessCase,
): ReturnType<ReferencePostprocess> {
  const { variant, boxType, scoreMode, minSize } = options
  const byContour = boxType === 'poly' || variant === 'mmocr'
  const limit = variant === 'mmocr' ? options.maxCandidates + 1 : options.maxCandidates
  const result: ReturnType<ReferencePostprocess> = { boxes: [], scores: [], portable: true }
  for (const contour of cv.findContours(binarise(cv, map, options), map.width, map.height).slice(0, limit)) {
    let polygon: Ring
    let region: Ring
    if (byContour) {
      polygon = cv.approxPolygon(contour, variant === 'mmocr' ? 0.01 : 0.002)
      if (polygon.length < 8) continue
      region = polygon
    } else {
      const rect = cv.minAreaRect(contour)
      if (rect.side < minSize) continue
      polygon = orderedCorners(rect)
      region = scoreMode === 'slow' ? contour : polygon
    }
    const score = polygonMean(cv, map, region)
    if (options.boxThresh > score) continue
    result.portable &&= isOffsetPortable(polygon)
    const expanded = expand(offset, polygon, options.unclipRatio, variant === 'receipt')
    if (expanded === undefined) continue
    const rect = cv.minAreaRect(expanded)
    const sized = !(variant === 'mmocr' && boxType === 'poly')
    if (sized && rect.side < minSize + 2) continue
    result.boxes.push(rescale(boxType === 'quad' ? orderedCorners(rect) : expanded, map, options))
    result.scores.push(score)
  }
  return result
}

function binarise(cv: OpenCv, map: ProbabilityMap, options: PostprocessCase['options']): Uint8Array {
  const thresh = Math.fround(options.thresh)
  const pixels = new Uint8Array(map.data.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = map.data[i]! > thresh ? 1 : 0
  return options.dilate ? cv.dilate(pixels, map.width, map.height) : pixels
}

/** TL, TR, BR, BL: corners sorted by x alone, stably; then each half by y, strictly. */
function orderedCorners(rect: LeastRect): Ring {
  const [a, b, c, d] = rect.corners.toSorted((p, q) => p.x - q.x)
  const [topLeft, bottomLeft] = b!.y > a!.y ? [a!, b!] : [b!, a!]
  const [topRight, bottomRight] = d!.y > c!.y ? [c!, d!] : [d!, c!]
  return [topLeft, topRight, bottomRight, bottomLeft].flatMap((point) => [point.x, point.y])
}

function expand(offset: Offset, polygon: Ring, ratio: number, takeFirst: boolean): Ring | undefined {
  const length = ringLength(polygon)
  if (length === 0) return undefined
  const paths = offset(polygon, (ringArea(polygon) * ratio) / length)
  return paths.length > 1 && !takeFirst ? undefined : paths[0]
}

/** Map pixels to image pixels, in the precision and with the rounding that each variant uses. */
function rescale(polygon: Ring, map: ProbabilityMap, options: PostprocessCase['options']): Ring {
  const size = options.size ?? map
  return polygon.map((value, i) => {
    const from = i % 2 === 0 ? map.width : map.height
    const to = i % 2 === 0 ? size.width : size.height
    switch (options.variant) {
      case 'mmocr':
        return value * (to / from)
      case 'receipt':
        return roundHalfEven(value * (to / from)) + 0
      default: {
        const scaled = options.boxType === 'quad' ? scaleFloat32(value, from, to) : (value / from) * to
        return clip(roundHalfEven(scaled), 0, to) + 0
      }
    }
  })
}
