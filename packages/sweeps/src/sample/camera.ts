import type { Random } from '@thresher/core'
import { between } from './draws.js'
import type { Point, Quad } from './point.js'

/** Maps the paper into the picture: turned a little, seen a little from the side. */
export type Camera = (x: number, y: number) => Point

/**
 * A random view of a paper of the given size.
 *
 * The angle comes from its half-angle tangent t, cosine (1 - t²) / (1 + t²) and sine 2t / (1 + t²): exact operations
 * only, so that the picture is the same in every engine.
 */
export function randomCamera(
  random: Random,
  paper: { width: number; height: number },
  picture: Size,
): Camera {
  const t = between(random, -0.035, 0.035)
  const [cos, sin] = [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)]
  const [tiltX, tiltY] = [between(random, -2e-4, 2e-4), between(random, -1.5e-4, 1.5e-4)]
  const centre = {
    x: picture.width / 2 + between(random, -8, 8),
    y: picture.height / 2 + between(random, -6, 6),
  }
  return (x, y) => {
    const [u, v] = [x - paper.width / 2, y - paper.height / 2]
    const distance = 1 + tiltX * u + tiltY * v
    return { x: centre.x + (cos * u - sin * v) / distance, y: centre.y + (sin * u + cos * v) / distance }
  }
}

/** What the camera makes of an upright rectangle on the paper. */
export function seen(camera: Camera, left: number, top: number, width: number, height: number): Quad {
  return [
    camera(left, top),
    camera(left + width, top),
    camera(left + width, top + height),
    camera(left, top + height),
  ]
}

interface Size {
  width: number
  height: number
}
