/** Volumes: a footprint on WGS 84, a height band and a time window. Plain data; see spec/volume.md. */

/** Degrees on WGS 84: latitude -90 to 90, longitude -180 to 180. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}

/** Rounded to the nanodegree, a tenth of a millimetre, and never -0. */
export function nanodegrees({ lat, lon }: Position): Position {
  return { lat: Math.round(lat * 1e9) / 1e9 + 0, lon: Math.round(lon * 1e9) / 1e9 + 0 };
}

export interface PointFootprint {
  readonly type: "point";
  readonly at: Position;
}

/** All that lies within `radius_m` of `centre`, measured along the ellipsoid. */
export interface CircleFootprint {
  readonly type: "circle";
  readonly centre: Position;
  readonly radius_m: number;
}

/**
 * An outline and its holes. Edges are geodesics; rings are open (the first vertex is not repeated) and may turn either
 * way: inside is the smaller of the two areas.
 */
export interface PolygonFootprint {
  readonly type: "polygon";
  readonly rings: readonly (readonly Position[])[];
}

/** All that lies within half of `width_m` of a line whose edges are geodesics. Its ends are round. */
export interface CorridorFootprint {
  readonly type: "corridor";
  readonly line: readonly Position[];
  readonly width_m: number;
}

export type Footprint = PointFootprint | CircleFootprint | PolygonFootprint | CorridorFootprint;

/** Several polygons, each an outline and its holes; all of them together. They may overlap. */
export interface MultiPolygonFootprint {
  readonly type: "multipolygon";
  readonly polygons: readonly (readonly (readonly Position[])[])[];
}

/** What messages carry, and what files and plans can hold beyond it. */
export type AnyFootprint = Footprint | MultiPolygonFootprint;

export const DATUMS = ["AGL", "AMSL", "WGS84"] as const;
/** Above ground level, above mean sea level, above the WGS 84 ellipsoid. */
export type Datum = (typeof DATUMS)[number];

/** Closed at both ends; null is unbounded. */
export interface HeightBand {
  readonly datum: Datum;
  readonly lower_m: number | null;
  readonly upper_m: number | null;
}

/** Milliseconds since the epoch, closed at both ends; null is unbounded. */
export interface TimeWindow {
  readonly start: number | null;
  readonly end: number | null;
}

export interface Volume {
  readonly footprint: Footprint;
  /** null: all heights. */
  readonly height: HeightBand | null;
  readonly window: TimeWindow;
}

export const ANY_DATUMS = [...DATUMS, "FL"] as const;
/** Beside the datums of messages: pressure altitude, above the surface of 1013.25 hPa. */
export type AnyDatum = (typeof ANY_DATUMS)[number];

/** Of the datum FL the metres are of pressure altitude: flight level 100 is 10,000 ft, 3048 m. */
export interface AnyHeightBand {
  readonly datum: AnyDatum;
  readonly lower_m: number | null;
  readonly upper_m: number | null;
}

/**
 * "Daily 0600Z to 1000Z": it holds from `from_ms` after midnight UTC for `for_ms`, closed at both ends, on every
 * `every_days`th day counted from 1970-01-01, as far as the volume's window lets it.
 */
export interface Recurrence {
  readonly every_days: number;
  readonly from_ms: number;
  readonly for_ms: number;
}

/**
 * The times of a corridor's positions, in milliseconds; null is not said. Between two positions that follow each other
 * and have times it moves along the geodesic at one speed, and at each moment it may be up to `tolerance_s` ahead or
 * behind. Where times are not said it may be anywhere between the positions that have them.
 */
export interface Motion {
  readonly times: readonly (number | null)[];
  readonly tolerance_s: number;
}

/** A volume that moves along its corridor. Its footprint and window hold it whole: all that it may touch, at any time. */
export interface MovingVolume extends Volume {
  readonly footprint: CorridorFootprint;
  readonly motion: Motion;
}

/** A volume in any of the forms that are compared. Every `Volume` is one. */
export interface AnyVolume {
  readonly footprint: AnyFootprint;
  /** null: all heights. */
  readonly height: AnyHeightBand | null;
  /** Of one that recurs, the first and last moment at which it may hold; of one that moves, of the whole route. */
  readonly window: TimeWindow;
  readonly recurs?: Recurrence | null;
  readonly motion?: Motion | null;
}

/** The polygons of a footprint that is one or several; null of others. */
export function polygonsOf(footprint: AnyFootprint): MultiPolygonFootprint["polygons"] | null {
  if (footprint.type === "multipolygon") return footprint.polygons;
  return footprint.type === "polygon" ? [footprint.rings] : null;
}

/** Some place of a footprint, however it is drawn: the same for the same footprint. */
export function firstPosition(footprint: AnyFootprint): Position {
  switch (footprint.type) {
    case "point":
      return footprint.at;
    case "circle":
      return footprint.centre;
    case "corridor":
      return footprint.line[0] ?? NOWHERE;
    case "polygon":
      return footprint.rings[0]?.[0] ?? NOWHERE;
    case "multipolygon":
      return footprint.polygons[0]?.[0]?.[0] ?? NOWHERE;
  }
}

/** Of a footprint without a single position, which only a peer can send. */
const NOWHERE: Position = { lat: 0, lon: 0 };

/** The whole footprint, in all its rings. */
export const MAX_VERTICES = 10_000;
export const MAX_RADIUS_M = 5_000_000;
/** Metres in a flight level: a hundred international feet. */
export const FLIGHT_LEVEL_M = 30.48;
export const MAX_EVERY_DAYS = 366;
export const DAY_MS = 86_400_000;
export const MAX_TOLERANCE_S = 7 * 86_400;
export const MIN_HEIGHT_M = -20_000;
export const MAX_HEIGHT_M = 1_000_000;
/** 0001-01-01T00:00:00Z and the last millisecond of 9999. */
export const MIN_TIME_MS = -62_135_596_800_000;
export const MAX_TIME_MS = 253_402_300_799_999;
