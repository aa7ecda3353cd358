/** GeoJSON (RFC 7946) into rows: one feature, one row, its properties as columns. */
import { finding } from "./codes.ts";
import { mapColumns, type Mapping, type MappingWish } from "./columns.ts";
import { intakeError } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import type { Source, SourceRow } from "./source.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** @throws geojson-malformed, geojson-crs, file-empty, import-too-large, mapping-ambiguous, mapping-unknown */
export function readGeoJson(text: string, wish: MappingWish): Source {
  const features = featuresOf(parseJson(text));
  const headers = headersOf(features);
  const mapping: Mapping = {
    delimiter: null,
    header_row: null,
    hxl_row: null,
    ...mapColumns(headers, null, wish),
    assumed: [],
  };
  return { mapping, rows: features.map((feature, i) => rowOf(feature, i + 1, mapping)) };
}

function parseJson(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw intakeError("geojson-malformed", "The file is not well-formed JSON.", { cause });
  }
  if (!isObject(value))
    throw intakeError("geojson-malformed", "The file is JSON and not GeoJSON: it is not an object.");
  return value;
}

function featuresOf(root: JsonObject): readonly unknown[] {
  refuseOtherDatum(root["crs"]);
  if (root["type"] === "Feature") return [root];
  if (root["type"] !== "FeatureCollection" || !Array.isArray(root["features"])) {
    throw intakeError(
      "geojson-malformed",
      "The file is JSON and not GeoJSON: it is neither a feature nor a collection.",
    );
  }
  const features = root["features"] as readonly unknown[];
  if (features.length === 0) throw intakeError("file-empty", "The collection has no features.");
  if (features.length > LIMITS.rows) {
    throw intakeError("import-too-large", `The file has ${features.length} features; at most ${LIMITS.rows} are read.`);
  }
  return features;
}

const WGS84 = /^(?:urn:ogc:def:crs:OGC:(?:1\.3|2|):?CRS84|urn:ogc:def:crs:EPSG:[\d.]*:4326|EPSG:4326)$/;

/** RFC 7946 dropped `crs`, and files have it all the same: positions in another system look right and are not. */
function refuseOtherDatum(crs: unknown): void {
  if (crs === undefined || crs === null) return;
  const name = isObject(crs) && isObject(crs["properties"]) ? crs["properties"]["name"] : null;
  if (typeof name === "string" && WGS84.test(name)) return;
  const said = typeof name === "string" ? `"${name.slice(0, 80)}"` : "something that is not named";
  throw intakeError("geojson-crs", `The file's positions are in ${said}, not in WGS 84.`);
}

function headersOf(features: readonly unknown[]): string[] {
  const headers = new Set<string>();
  for (const feature of features) {
    const properties = isObject(feature) && isObject(feature["properties"]) ? feature["properties"] : {};
    for (const key of Object.keys(properties)) headers.add(key);
    if (headers.size > LIMITS.columns) {
      throw intakeError("geojson-malformed", `The features have more than ${LIMITS.columns} properties.`);
    }
  }
  return [...headers];
}

function rowOf(feature: unknown, row: number, mapping: Mapping): SourceRow {
  const properties = isObject(feature) && isObject(feature["properties"]) ? feature["properties"] : {};
  const values = new Map(mapping.columns.map(({ field, header }) => [field, textOf(properties[header])]));
  const times = properties["coordTimes"] ?? properties["times"];
  const geometry = isObject(feature) ? (feature["geometry"] ?? null) : null;
  const long = [...values].find(([, text]) => text.length > LIMITS.field);
  const findings = [
    ...(isObject(feature) && feature["type"] === "Feature"
      ? []
      : [finding("geometry-malformed", null, "This is not a feature of GeoJSON.")]),
    ...(long === undefined
      ? []
      : [
          finding(
            "field-too-long",
            long[0],
            `It holds ${long[1].length} characters; at most ${LIMITS.field} are read.`,
          ),
        ]),
  ];
  return { row, values, geometry, times, findings };
}

/** Text, numbers and truth values as text; what is nested has no field to go to. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
