import type { BoxSet } from '@thresher/native'

/**
 * One line of boxes JSON Lines, without the line break: `{"image", "boxes": [[[x, y], ...], ...], "scores"}`.
 *
 * Numbers are the shortest decimals that read back as the same doubles.
 */
export function boxesLine(image: string, { points, offsets, scores }: BoxSet): string {
  const boxes: number[][][] = []
  for (let box = 0; box + 1 < offsets.length; box++) {
    const corners: number[][] = []
    for (let i = offsets[box]!; i < offsets[box + 1]!; i++) corners.push([points[2 * i]!, points[2 * i + 1]!])
    boxes.push(corners)
  }
  return JSON.stringify({ image, boxes, scores: Array.from(scores) })
}
