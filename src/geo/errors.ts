import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults in places, heights and times, whoever wrote them: an officer, a file or a peer. */
export const GEO_ERRORS = {
  "volume-malformed": {
    exit: 2,
    http: 400,
    next: "Compare it with spec/volume.md: a field is missing, unknown or of a wrong type.",
  },
  "number-not-finite": { exit: 2, http: 400, next: "Give a plain number." },
  "latitude-out-of-range": {
    exit: 2,
    http: 400,
    next: "Give a latitude from -90 to 90; perhaps it was swapped with the longitude.",
  },
  "longitude-out-of-range": { exit: 2, http: 400, next: "Give a longitude from -180 to 180." },
  "radius-out-of-range": { exit: 2, http: 400, next: "Give a radius from 0 to 5,000,000 m." },
  "width-out-of-range": { exit: 2, http: 400, next: "Give the whole width, from 0 to 10,000,000 m." },
  "height-out-of-range": { exit: 2, http: 400, next: "Give a height from -20,000 to 1,000,000 m." },
  "height-upside-down": { exit: 2, http: 400, next: "Swap the lower and the upper height." },
  "window-upside-down": { exit: 2, http: 400, next: "Swap the start and the end." },
  "recurrence-malformed": {
    exit: 2,
    http: 400,
    next: "Write it like daily 0600Z to 1000Z; a window that recurs holds at most as long as it takes to recur.",
  },
  "motion-malformed": {
    exit: 2,
    http: 400,
    next: "Give one time for each position of the line, none before the last, or null where it is not known.",
  },
  "line-too-short": { exit: 2, http: 400, next: "Give a line at least two positions." },
  "edge-too-long": {
    exit: 2,
    http: 400,
    next: "Put a position between: the shortest way between two nearly opposite places is not one line.",
  },
  "ring-too-short": { exit: 2, http: 400, next: "Give a ring at least three different vertices." },
  "ring-closed": {
    exit: 2,
    http: 400,
    next: "Leave out the last vertex: it repeats the first, and here rings close by themselves.",
  },
  "ring-crosses-itself": {
    exit: 2,
    http: 400,
    next: "Put the vertices in the order of the outline, so that no two edges cross or touch.",
  },
  "ring-flat": { exit: 2, http: 400, next: "Draw a line as a corridor: these vertices enclose nothing." },
  "rings-cross": { exit: 2, http: 400, next: "Draw the holes apart from each other and from the outline." },
  "hole-outside": { exit: 2, http: 400, next: "Draw each hole inside the outline and outside the other holes." },
  "polygon-too-large": { exit: 2, http: 400, next: "Split it: a polygon fits within one half of the Earth." },
  "too-many-vertices": { exit: 2, http: 413, next: "Split it: a footprint has at most 10,000 vertices." },
  "coordinate-malformed": {
    exit: 2,
    http: 400,
    next: "Write it like 36.3400, 43.1300 or 36°20.4'N 43°07.8'E or 38S LF 12345 67890.",
  },
  "coordinate-hemisphere": {
    exit: 2,
    http: 400,
    next: "Give one of N or S and one of E or W, and no minus sign with them.",
  },
  "coordinate-minutes": { exit: 2, http: 400, next: "Minutes and seconds run from 0 to below 60." },
  "coordinate-comma": { exit: 2, http: 400, next: "Write decimals with a point, not with a comma." },
  "coordinate-grid": {
    exit: 2,
    http: 400,
    next: "Check the zone and the letters of the grid square: there is no such square.",
  },
  "coordinate-utm": {
    exit: 2,
    http: 400,
    next: "Check zone, hemisphere, easting and northing: together they are no place.",
  },
  "coordinate-utm-letter": {
    exit: 2,
    http: 400,
    next: "Write north or south in words, as in 38 north 332179 4023284: the letter can be a band or a hemisphere.",
  },
  "coordinate-place-unknown": {
    exit: 2,
    http: 400,
    next: "Give a position, or a name that the gazetteer has.",
  },
  "coordinate-place-ambiguous": {
    exit: 2,
    http: 400,
    next: "Several places have that name: give a position, or say which is meant.",
  },
  "time-malformed": { exit: 2, http: 400, next: "Write it like 2026-11-23T15:30:00Z or 231530ZNOV26." },
  "time-zone-missing": {
    exit: 2,
    http: 400,
    next: "Add the time zone: Z, an offset like +03:00, or the zone's letter.",
  },
  "time-zone-unknown": {
    exit: 2,
    http: 400,
    next: "Name the zone like Asia/Baghdad or +03:00: letters such as AST stand for several zones.",
  },
  "time-order-open": {
    exit: 2,
    http: 400,
    next: "Write the day like 2014-07-02 or 2 July 2014, so that day and month cannot be exchanged.",
  },
  "height-malformed": { exit: 2, http: 400, next: "Write it like 1500 ft AMSL, 300 m AGL or FL115." },
  "time-out-of-range": { exit: 2, http: 400, next: "Check the day, the hour and the year: there is no such time." },
} as const satisfies ErrorTable;

export const geoError = errorsOf(GEO_ERRORS);
