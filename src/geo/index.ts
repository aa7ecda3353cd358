/** Geo: coordinates and times as people write them, geodesy on WGS 84, volumes and the distance between them. */
export { boundingBox, type GeoBox } from "./bounds.ts";
export { type Box, boxDistance } from "./box.ts";
export { formatCoordinate, NOTATIONS, parseCoordinate } from "./coordinate.ts";
export { distanceM, distanceWithin } from "./distance.ts";
export { GEO_ERRORS } from "./errors.ts";
export { destination, pointDistanceM } from "./geodesic.ts";
export { hullOfFaulty } from "./hull.ts";
export { checkRings } from "./ring.ts";
export { shapeOf } from "./shape.ts";
export { formatDtg, formatRfc3339, formatTime, parseRfc3339, parseTime } from "./time.ts";
export * from "./types.ts";
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
} from "./volume.ts";
