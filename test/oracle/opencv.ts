import { createRequire } from 'node:module'
import type { ProbabilityMap } from '@thresher/native'
import { clip } from './numpy.js'
import type { Ring } from './ring.js'

/** The part of OpenCV.js that is used here; matrices and vectors live in its heap until deleted. */
interface OpenCvModule {
  onRuntimeInitialized?: () => void
  Mat: new (rows?: number, cols?: number, type?: number) => Mat
  MatVector: new () => MatVector
  RotatedRect: { points(rect: RotatedRect): { x: number; y: number }[] }
  CV_8UC1: number
  CV_32FC1: number
  CV_32SC2: number
  RETR_LIST: number
  CHAIN_APPROX_SIMPLE: number
  findContours(image: Mat, contours: MatVector, hierarchy: Mat, mode: number, method: number): void
  dilate(source: Mat, target: Mat, kernel: Mat): void
  arcLength(curve: Mat, closed: boolean): number
  approxPolyDP(curve: Mat, approximation: Mat, epsilon: number, closed: boolean): void
  minAreaRect(points: Mat): RotatedRect
  fillPoly(image: Mat, polygons: MatVector, colour: number[]): void
  mean(source: Mat, mask: Mat): number[]
}
interface Deletable {
  delete(): void
}
interface Mat extends Deletable {
  data: Uint8Array
  data32S: Int32Array
  data32F: Float32Array
  roi(rect: { x: number; y: number; width: number; height: number }): Mat
}
interface MatVector extends Deletable {
  size(): number
  get(index: number): Mat
  push_back(mat: Mat): void
}
interface RotatedRect {
  center: { x: number; y: number }
  size: { width: number; height: number }
  angle: number
}

/** A rectangle of least area: its corners in cv2.boxPoints' order and its shorter side. */
export interface LeastRect {
  corners: { x: number; y: number }[]
  side: number
}

/** The functions of OpenCV 4.6 that a DBNet postprocess is made of, on plain arrays. */
export interface OpenCv {
  /** Borders of a 0/1 image, RETR_LIST and CHAIN_APPROX_SIMPLE. */
  findContours(pixels: Uint8Array, width: number, height: number): Ring[]
  /** Dilation by a 2 x 2 kernel of ones with the default anchor. */
  dilate(pixels: Uint8Array, width: number, height: number): Uint8Array
  /** approxPolyDP with epsilon as a multiple of the contour's arcLength. */
  approxPolygon(contour: Ring, relativeEpsilon: number): Ring
  minAreaRect(points: Ring): LeastRect
  /** cv2.mean of the map over cv2.fillPoly of integer points, within the box from (x0, y0) to (x1, y1) inclusive. */
  meanInside(map: ProbabilityMap, points: Ring, x0: number, y0: number, x1: number, y1: number): number
}

/** OpenCV 4.6.0 compiled to WebAssembly by its own project, without SIMD or threads. */
export async function loadOpenCv(): Promise<OpenCv> {
  const require = createRequire(import.meta.url)
  // Not to be returned from an async function: it has a `then` of its own, and awaiting it would not end.
  const cv = require('@techstark/opencv-js') as OpenCvModule
  if (cv.Mat === undefined) {
    await new Promise<void>((resolve) => {
      cv.onRuntimeInitialized = resolve
    })
  }
  return {
    findContours: (pixels, width, height) =>
      scoped((own) => {
        const image = own(new cv.Mat(height, width, cv.CV_8UC1))
        image.data.set(pixels)
        const contours = own(new cv.MatVector())
        cv.findContours(image, contours, own(new cv.Mat()), cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE)
        const rings: Ring[] = []
        for (let i = 0; i < contours.size(); i++) {
          const contour = contours.get(i)
          rings.push(Array.from(contour.data32S))
          contour.delete()
        }
        return rings
      }),
    dilate: (pixels, width, height) =>
      scoped((own) => {
        const source = own(new cv.Mat(height, width, cv.CV_8UC1))
        source.data.set(pixels)
        const kernel = own(new cv.Mat(2, 2, cv.CV_8UC1))
        kernel.data.fill(1)
        const target = own(new cv.Mat())
        cv.dilate(source, target, kernel)
        return target.data.slice()
      }),
    approxPolygon: (contour, relativeEpsilon) =>
      scoped((own) => {
        const curve = own(pointMat(cv, contour))
        const approximation = own(new cv.Mat())
        cv.approxPolyDP(curve, approximation, relativeEpsilon * cv.arcLength(curve, true), true)
        return Array.from(approximation.data32S)
      }),
    minAreaRect: (points) =>
      scoped((own) => {
        const rect = cv.minAreaRect(own(pointMat(cv, points)))
        return {
          corners: cv.RotatedRect.points(rect),
          side: Math.min(rect.size.width, rect.size.height),
        }
      }),
    meanInside: (map, points, x0, y0, x1, y1) =>
      scoped((own) => {
        const width = x1 - x0 + 1
        const height = y1 - y0 + 1
        const mask = own(new cv.Mat(height, width, cv.CV_8UC1))
        mask.data.fill(0)
        const polygons = own(new cv.MatVector())
        polygons.push_back(own(pointMat(cv, points)))
        cv.fillPoly(mask, polygons, [1, 0, 0, 0])
        const crop = own(new cv.Mat(height, width, cv.CV_32FC1))
        const pixels = crop.data32F
        for (let row = 0; row < height; row++) {
          const start = (y0 + row) * map.width + x0
          pixels.set(map.data.subarray(start, start + width), row * width)
        }
        return cv.mean(crop, mask)[0]!
      }),
  }
}

/** Mean of the map over a filled polygon, borders included: `box_score_fast` of the DB implementations. */
export function polygonMean(cv: OpenCv, map: ProbabilityMap, polygon: Ring): number {
  const xs = polygon.filter((_, i) => i % 2 === 0)
  const ys = polygon.filter((_, i) => i % 2 === 1)
  const x0 = clip(Math.floor(Math.min(...xs)), 0, map.width - 1)
  const x1 = clip(Math.ceil(Math.max(...xs)), 0, map.width - 1)
  const y0 = clip(Math.floor(Math.min(...ys)), 0, map.height - 1)
  const y1 = clip(Math.ceil(Math.max(...ys)), 0, map.height - 1)
  const local = polygon.map((value, i) => Math.trunc(Math.fround(value - (i % 2 === 0 ? x0 : y0))))
  return cv.meanInside(map, local, x0, y0, x1, y1)
}

function pointMat(cv: OpenCvModule, points: Ring): Mat {
  const mat = new cv.Mat(points.length / 2, 1, cv.CV_32SC2)
  mat.data32S.set(points)
  return mat
}

/** Runs `body` and deletes what it owned, in whatever way it ends. */
function scoped<T>(body: (own: <D extends Deletable>(value: D) => D) => T): T {
  const owned: Deletable[] = []
  try {
    return body((value) => {
      owned.push(value)
      return value
    })
  } finally {
    for (const value of owned) value.delete()
  }
}
