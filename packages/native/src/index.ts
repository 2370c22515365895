export { capabilities, postprocess, resampleSums, scoreImage, sweepImage } from './operations.js'
export { packGroundTruth, packPolygons, unpackPolygons } from './polygons.js'
export type { TaskOptions } from './run-task.js'
export * from './types.js'
