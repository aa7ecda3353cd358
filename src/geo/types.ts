/** Volumes: a footprint on WGS 84, a height band and a time window. Plain data; see spec/volume.md. */

/** Degrees on WGS 84: latitude -90 to 90, longitude -180 to 180. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
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

/** The whole footprint, in all its rings. */
export const MAX_VERTICES = 10_000;
export const MAX_RADIUS_M = 5_000_000;
export const MIN_HEIGHT_M = -20_000;
export const MAX_HEIGHT_M = 1_000_000;
/** 0001-01-01T00:00:00Z and the last millisecond of 9999. */
export const MIN_TIME_MS = -62_135_596_800_000;
export const MAX_TIME_MS = 253_402_300_799_999;
