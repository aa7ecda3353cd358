import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults in the files of `./parley check`, and in separation rules; faults of shapes come from geo (spec/check.md). */
export const DECONFLICT_ERRORS = {
  "json-malformed": { exit: 2, http: 400, next: "Repair the file at the place named: it is not JSON (RFC 8259)." },
  "json-repeats-key": {
    exit: 2,
    http: 400,
    next: "Give each entry a name of its own: the first of two alike would be lost.",
  },
  "json-too-deep": { exit: 2, http: 400, next: "Leave out what nests so deeply: no volume needs it." },
  "check-file-too-large": { exit: 2, http: 413, next: "Split the file: at most 256 MiB are taken." },
  "check-file-unknown": {
    exit: 2,
    http: 400,
    next: "Give GeoJSON, or ASTM F3548-21 Volume4D as an array or by id (spec/check.md).",
  },
  "field-malformed": { exit: 2, http: 400, next: "Compare the place named with spec/check.md." },
  "field-missing": { exit: 2, http: 400, next: "Add the field that is named." },
  "field-unknown": {
    exit: 2,
    http: 400,
    next: "Remove or rename the field: what is not understood would be left out of the check.",
  },
  "field-misplaced": {
    exit: 2,
    http: 400,
    next: "Only a Point has radius_m, only a LineString width_m, times and tolerance_s; what has times has no start, and flight levels no metres.",
  },
  "field-without-unit": {
    exit: 2,
    http: 400,
    next: "Write radius_m for a Point and width_m for a LineString, in metres.",
  },
  "geometry-unknown": { exit: 2, http: 400, next: "Give a Point, LineString, Polygon or MultiPolygon." },
  "crs-unknown": {
    exit: 2,
    http: 400,
    next: 'Convert the file to WGS 84 longitude and latitude (RFC 7946) and leave "crs" out.',
  },
  "ring-open": { exit: 2, http: 400, next: "Repeat the first position at the end: GeoJSON rings are closed." },
  "outline-not-one": { exit: 2, http: 400, next: "Give each volume an outline_polygon or an outline_circle." },
  "altitude-mixed": { exit: 2, http: 400, next: "Give both altitudes of a volume above the same reference." },
  "id-repeated": { exit: 2, http: 400, next: "Give each plan and each site an id of its own." },
  "volumes-missing": { exit: 2, http: 400, next: "Give at least one volume: nothing would be checked." },
  "certificate-malformed": {
    exit: 2,
    http: 400,
    next: "Ask for the certificate's file again; it was damaged, or made by something else.",
  },
  "certificate-newer": {
    exit: 2,
    http: 400,
    next: "Verify it with the version of Parley that wrote it, or a later one.",
  },
  "certificate-signature": {
    exit: 1,
    http: 422,
    next: "Do not rely on it: ask the party for the file again, and compare its fingerprint by voice.",
  },
  "certificate-fingerprint": {
    exit: 1,
    http: 422,
    next: "Compare the party's fingerprint by voice; the file names another identity key.",
  },
  "certificate-opening": {
    exit: 1,
    http: 422,
    next: "The plan shown is not the plan that was checked: ask the party for the one that was.",
  },
  "rules-malformed": { exit: 2, http: 400, next: "Compare the rules with spec/check.md." },
} as const satisfies ErrorTable;

export const deconflictError = errorsOf(DECONFLICT_ERRORS);
