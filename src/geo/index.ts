/** Geo: coordinates and times as people write them, geodesy on WGS 84, volumes and the distance between them. */
export { boxDistance, type Box, growBox, inBox, joinBoxes } from "./box.ts";
export { formatCoordinate, NOTATIONS, type Notation, type ParsedCoordinate, parseCoordinate } from "./coordinate.ts";
export { distanceM, distanceWithin, type Nearness } from "./distance.ts";
export { hullOfFaulty } from "./hull.ts";
export { GEO_ERRORS } from "./errors.ts";
export { destination, inverse, pointDistanceM, toVector, type Vector } from "./geodesic.ts";
export { type Shape, shapeOf } from "./shape.ts";
export { formatDtg, formatRfc3339, formatTime, type ParsedTime, parseRfc3339, parseTime } from "./time.ts";
export * from "./types.ts";
export { boundingBox, type GeoBox } from "./bounds.ts";
export {
  checkCount,
  checkLine,
  checkWindow,
  finite,
  footprintFault,
  validFootprint,
  validHeight,
  validPosition,
  validRadius,
  validVolume,
  validWidth,
  validWindow,
} from "./volume.ts";
export { checkRings, type RingPath } from "./ring.ts";
