/** Geo: coordinates and times as people write them, geodesy on WGS 84, volumes and the distance between them. */
export {
  firstBackwards,
  validAnyFootprint,
  validAnyHeight,
  validAnyVolume,
  validMotion,
  validRecurrence,
} from "./any-volume.ts";
export { type Approach, closestApproach, firstMoment, type Moments, type Work } from "./approach.ts";
export { boundingBox, type GeoBox } from "./bounds.ts";
export { type Box, boxDistance } from "./box.ts";
export { circleRound, compactNearness, rowOf } from "./compact.ts";
export { APART, NEAR, UNSURE, type Verdict } from "./compact-row.ts";
export {
  formatCoordinate,
  type Notation,
  NOTATIONS,
  parseAngle,
  type ParsedAngle,
  parseCoordinate,
} from "./coordinate.ts";
export type { FindPlaces, NamedPlace } from "./relative.ts";
export { plainMarks } from "./script.ts";
export { distanceM, distanceWithin, outOfReach } from "./distance.ts";
export { GEO_ERRORS } from "./errors.ts";
export { footprintFault, trustFootprint } from "./fault.ts";
export { destination, pointDistanceM } from "./geodesic.ts";
export { bandOf, FOOT_M, parseHeight, type ParsedHeight } from "./height.ts";
export { type GeoidBounds, geoidWithin } from "./geoid.ts";
export { hullOfFaulty } from "./hull.ts";
export { type Fix, isMoving, legsOf, legVolumes, motionWindow, movingVolume, type RouteTerms } from "./motion.ts";
export { nearestPassage, passage, type Passage } from "./near-times.ts";
export { checkRings } from "./ring.ts";
export { formatRecurrence, type Occurrence, occurrenceFrom, occurrenceUntil, parseRecurrence } from "./recurrence.ts";
export { shapeOf } from "./shape.ts";
export { keptOf, simplified } from "./simplify.ts";
export { parseSpan, type ParsedSpan, serialText, type SpanTerms, zoneOf } from "./span.ts";
export { formatDtg, formatRfc3339, formatTime, parseRfc3339, parseTime } from "./time.ts";
export * from "./types.ts";
export { viewBoxes } from "./view-box.ts";
export {
  checkCount,
  checkLine,
  checkWindow,
  finite,
  validFootprint,
  validHeight,
  validPosition,
  validRadius,
  validVolume,
  validWidth,
} from "./volume.ts";
