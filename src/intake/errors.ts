import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults of a whole file: nothing of it was read. What is wrong with one row is a finding (codes.ts), not an error. */
export const INTAKE_ERRORS = {
  "import-too-large": {
    exit: 2,
    http: 413,
    next: "Split the file into smaller ones; for a dry run, save it as CSV or GeoJSON, which are read piece by piece.",
  },
  "file-not-text": { exit: 2, http: 400, next: "Save the file as UTF-8 and try again." },
  "file-empty": { exit: 2, http: 400, next: "Check that this is the file that you meant." },
  "file-format-unknown": {
    exit: 2,
    http: 400,
    next: "Bring a file in one of the formats of spec/import.md, and name its format if it is not recognised.",
  },
  "csv-malformed": {
    exit: 2,
    http: 400,
    next: "Open the file in a spreadsheet, correct the line that is named, and save it again.",
  },
  "xlsx-malformed": {
    exit: 2,
    http: 400,
    next: "Open the file in a spreadsheet and save it again as XLSX, or as CSV.",
  },
  "archive-malformed": { exit: 2, http: 400, next: "Save the file again, without a password." },
  "xml-malformed": { exit: 2, http: 400, next: "Export the file again, as plain XML without a document type." },
  "yaml-malformed": {
    exit: 2,
    http: 400,
    next: "Correct the line that is named: the file is read as YAML 1.2 without aliases.",
  },
  "volume4d-malformed": {
    exit: 2,
    http: 400,
    next: "Compare it with spec/check.md: the file holds neither volumes nor lists of them.",
  },
  "geojson-malformed": { exit: 2, http: 400, next: "Export the file again as GeoJSON (RFC 7946)." },
  "geojson-crs": { exit: 2, http: 400, next: "Export the file again in WGS 84 (EPSG:4326, longitude first)." },
  "gazetteer-format-unknown": {
    exit: 2,
    http: 400,
    next: "Bring one of the three that `parley help gazetteer` names.",
  },
  "gazetteer-malformed": { exit: 2, http: 400, next: "Correct the line or feature that is named; nothing was added." },
  "gazetteer-empty": { exit: 2, http: 400, next: "Check that this is the file that you meant." },
  "gazetteer-too-large": {
    exit: 2,
    http: 413,
    next: "Take the dump of one country, or boundaries that are simplified.",
  },
  "mapping-incomplete": { exit: 2, http: 422, next: "Say which column holds the field that is missing." },
  "mapping-ambiguous": { exit: 2, http: 422, next: "Say which of the columns that are named is meant." },
  "mapping-unknown": {
    exit: 2,
    http: 422,
    next: "Choose among the columns that the file has and the fields that the kind has.",
  },
  "category-not-of-kind": { exit: 2, http: 422, next: "Choose one of the categories that the kind has." },
  "kind-not-importable": {
    exit: 2,
    http: 422,
    next: "Choose a kind that can be brought in from a file of this format.",
  },
} as const satisfies ErrorTable;

export const intakeError = errorsOf(INTAKE_ERRORS);
