/** GeoJSON (RFC 7946) into records, feature by feature: one feature, one record, its properties as columns. */
import { type Finding, finding } from "../codes.ts";
import { mapColumns, type Mapping } from "../columns.ts";
import { intakeError } from "../errors.ts";
import { isObject, type JsonObject } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { recordOf } from "../read-row.ts";
import type { IntakeRecord } from "../record.ts";
import type { SourceRow } from "../source.ts";
import { FeatureScanner } from "./feature-scanner.ts";
import { isFeatureLines, LineScanner } from "./line-scanner.ts";
import { NO_COLUMNS, type Reader, type ReadTerms } from "./reader.ts";
import { repeatedName } from "./repeated-name.ts";

/** Properties that occur first after so many features are not read. */
const MAPPED_BY = LIMITS.rows;
/** Or after so many characters of them, and of a file that is not held whole after its first part. */
const MAPPED_WITHIN = 64 * 1024 * 1024;

/** @throws geojson-malformed, geojson-crs, file-empty, mapping-ambiguous, mapping-unknown */
export function geoJsonReader(terms: ReadTerms): Reader<string> {
  let scanner: FeatureScanner | LineScanner | null = null;
  let mapping: Mapping | null = null;
  let waiting: Parsed[] = [];
  let size = 0;
  let row = 0;
  const flush = (): IntakeRecord[] => {
    mapping ??= mappingOf(
      waiting.map(({ value }) => value),
      terms,
    );
    const known = mapping;
    const records = waiting.map((feature) => recordOf(rowOf(feature, ++row, known), terms));
    waiting = [];
    return records;
  };
  return {
    push: (piece) => {
      size += piece.length;
      scanner ??= isFeatureLines(piece) ? new LineScanner() : new FeatureScanner();
      for (const feature of scanner.push(piece)) waiting.push(parsed(feature));
      const isKnown =
        mapping !== null || waiting.length > MAPPED_BY || size > Math.min(MAPPED_WITHIN, terms.part_bytes);
      return isKnown ? flush() : [];
    },
    end: () => {
      if (scanner instanceof LineScanner) for (const feature of scanner.last()) waiting.push(parsed(feature));
      const { value: root, repeated } = parsed((scanner ?? new FeatureScanner()).end());
      if (!isObject(root)) throw malformed("it is not an object");
      refuseOtherDatum(root["crs"]);
      const bare = GEOMETRIES.test(String(root["type"]));
      if (root["type"] === "Feature") waiting.push({ value: root, repeated });
      else if (bare) waiting.push({ value: { type: "Feature", properties: {}, geometry: root }, repeated });
      else if (repeated !== null) throw malformed(`it has "${repeated.slice(0, 40)}" twice`);
      else if (root["type"] !== "FeatureCollection" || !Array.isArray(root["features"])) {
        throw malformed("it is neither a feature nor a collection");
      }
      if (waiting.length === 0 && row === 0) throw intakeError("file-empty", "The collection has no features.");
      return flush();
    },
    mapping: () => mapping ?? NO_COLUMNS,
  };
}

const GEOMETRIES = /^(?:Multi)?(?:Point|LineString|Polygon)$/;

function malformed(why: string) {
  return intakeError("geojson-malformed", `The file is JSON and not GeoJSON: ${why}.`);
}

interface Parsed {
  readonly value: unknown;
  /** A name that one of its objects has twice. */
  readonly repeated: string | null;
}

function parsed(text: string): Parsed {
  try {
    return { value: JSON.parse(text), repeated: repeatedName(text) };
  } catch (cause) {
    throw intakeError("geojson-malformed", "The file is not well-formed JSON.", { cause });
  }
}

function mappingOf(features: readonly unknown[], terms: ReadTerms): Mapping {
  return { ...NO_COLUMNS, ...mapColumns(headersOf(features), null, terms) };
}

const WGS84 = /^(?:urn:ogc:def:crs:OGC:(?:1\.3|2|):?CRS84|urn:ogc:def:crs:EPSG:[\d.]*:4326|EPSG:4326)$/;

/** RFC 7946 dropped `crs`, and files have it all the same: positions in another system look right and are not. */
function refuseOtherDatum(crs: unknown): void {
  const other = otherDatum(crs);
  if (other !== null) throw intakeError("geojson-crs", `The file's positions are in "${other}", not in WGS 84.`);
}

/** What a `crs` names that is not WGS 84; null where it is. */
function otherDatum(crs: unknown): string | null {
  if (crs === undefined || crs === null) return null;
  const name = isObject(crs) && isObject(crs["properties"]) ? crs["properties"]["name"] : null;
  if (typeof name === "string" && WGS84.test(name)) return null;
  return typeof name === "string" ? name.slice(0, 80) : "?";
}

function headersOf(features: readonly unknown[]): string[] {
  const headers = new Set<string>();
  for (const feature of features) {
    for (const key of Object.keys(propertiesOf(feature))) headers.add(key);
    if (headers.size > LIMITS.columns) {
      throw intakeError("geojson-malformed", `The features have more than ${LIMITS.columns} properties.`);
    }
  }
  return [...headers];
}

function propertiesOf(feature: unknown): JsonObject {
  if (!isObject(feature)) return {};
  const properties = isObject(feature["properties"]) ? feature["properties"] : {};
  // A feature's number may stand beside its properties (RFC 7946, 3.2).
  const { id } = feature;
  return id === undefined || Object.hasOwn(properties, "id") ? properties : { id, ...properties };
}

function rowOf({ value: feature, repeated }: Parsed, row: number, mapping: Mapping): SourceRow {
  const properties = propertiesOf(feature);
  const values = new Map(mapping.columns.map(({ field, header }) => [field, textOf(properties[header])]));
  const times = properties["coordTimes"] ?? properties["times"];
  const stops: readonly unknown[] = Array.isArray(properties["stops"]) ? properties["stops"] : [];
  const geometry = isObject(feature) ? (feature["geometry"] ?? null) : null;
  const long = [...values].find(([, text]) => text.length > LIMITS.field);
  const fault = faultOf(feature, geometry, repeated);
  const findings = [
    ...(fault === null ? [] : [fault]),
    ...(long === undefined ? [] : [finding("field-too-long", long[0], { length: long[1].length, most: LIMITS.field })]),
  ];
  return { row, values, geometry, times, stops: stops.map(textOf), findings };
}

/** Before RFC 7946 a feature or a geometry could have a `crs` of its own. */
function faultOf(feature: unknown, geometry: unknown, repeated: string | null): Finding | null {
  if (!isObject(feature) || feature["type"] !== "Feature") return finding("geometry-malformed/feature", null, {});
  if (repeated !== null) return finding("geometry-malformed/twice", null, { name: repeated.slice(0, 40) });
  const other = otherDatum(feature["crs"]) ?? otherDatum(isObject(geometry) ? geometry["crs"] : null);
  return other === null ? null : finding("geometry-malformed/datum", null, { datum: other });
}

/** Text, numbers and truth values as text; what is nested has no field to go to. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
