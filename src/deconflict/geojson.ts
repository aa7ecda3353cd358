/** GeoJSON (RFC 7946) with the properties of spec/check.md, into subjects. */
import {
  checkCount,
  checkLine,
  checkRings,
  type Footprint,
  finite,
  type Position,
  validPosition,
  validRadius,
  validWidth,
} from "../geo/index.ts";
import type { Subject } from "./conflict.ts";
import { deconflictError } from "./errors.ts";
import { isMissing, volumesOfFeature } from "./feature.ts";
import { asList, asObject, asString, collect, type Fault, isObject, type JsonObject, required } from "./fault.ts";

/** Sizes under any other name than ours: left out silently they would shrink a footprint to a point or a line. */
const OTHER_SIZE = /^(?:[Rr]adius|RADIUS|[Ww]idth|WIDTH|[Bb]uffer|BUFFER|[Dd]iameter|DIAMETER)(?![a-z])/;
/** Names under which older GeoJSON means longitude and latitude on WGS 84. */
const WGS84_NAMES = ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326", "CRS84"];

export function isGeoJson(value: unknown): value is JsonObject {
  return isObject(value) && typeof value["type"] === "string";
}

/** Reads every feature; each that is faulty adds to `faults` and is left out. */
export function readGeoJson(value: JsonObject, file: string, faults: Fault[]): Subject[] {
  const features = collect(file, faults, "", () => featuresOf(value)) ?? [];
  const subjects = new Map<string, Subject>();
  for (const { feature, path, index } of features) {
    const subject = collect(file, faults, path, () => readFeature(feature, path, index));
    if (subject === null) continue;
    if (subjects.has(subject.id)) {
      const message = `The id "${subject.id.slice(0, 80)}" is given twice; without an id a feature has its place in the list.`;
      faults.push({ file, path: `${path}/id`, code: "id-repeated", message });
    }
    subjects.set(subject.id, subject);
  }
  return [...subjects.values()];
}

interface Placed {
  readonly feature: unknown;
  readonly path: string;
  readonly index: number;
}

function featuresOf(value: JsonObject): readonly Placed[] {
  refuseOtherCrs(value);
  if (value["type"] === "Feature") return [{ feature: value, path: "", index: 0 }];
  if (value["type"] !== "FeatureCollection") {
    const message = `This is a "${String(value["type"]).slice(0, 40)}", neither FeatureCollection nor Feature.`;
    throw deconflictError("check-file-unknown", message, { detail: { path: "/type" } });
  }
  const features = asList(required(value, "features", ""), "/features");
  return features.map((feature, index) => ({ feature, path: `/features/${index}`, index }));
}

function refuseOtherCrs(value: JsonObject): void {
  const crs = value["crs"];
  if (crs === undefined || crs === null) return;
  const name = isObject(crs) && isObject(crs["properties"]) ? crs["properties"]["name"] : undefined;
  if (WGS84_NAMES.some((known) => known === name)) return;
  throw deconflictError("crs-unknown", "The file names a reference system other than WGS 84.", {
    detail: { path: "/crs" },
  });
}

function readFeature(value: unknown, path: string, index: number): Subject {
  const feature = asObject(value, path);
  if (feature["type"] !== "Feature") {
    throw deconflictError("field-malformed", 'A feature\'s type is "Feature".', { detail: { path: `${path}/type` } });
  }
  const properties = feature["properties"] ?? {};
  const facts = asObject(properties, `${path}/properties`);
  const at = `${path}/properties`;
  refuseUnitless(facts, at);
  const geometry = asObject(required(feature, "geometry", path), `${path}/geometry`);
  const footprints = readGeometry(geometry, facts, `${path}/geometry`, at);
  return {
    id: readId(feature["id"], index, `${path}/id`),
    name: readWords(facts["name"], `${at}/name`),
    category: readWords(facts["category"], `${at}/category`),
    kind: readWords(facts["kind"], `${at}/kind`),
    volumes: volumesOfFeature(footprints, facts, at),
  };
}

function refuseUnitless(facts: JsonObject, path: string): void {
  const key = Object.keys(facts).find((name) => OTHER_SIZE.test(name) && name !== "radius_m" && name !== "width_m");
  if (key === undefined) return;
  const message = `The property "${key}" is not read, and without it the feature would be smaller.`;
  throw deconflictError("field-without-unit", message, { detail: { path: `${path}/${key}` } });
}

function readId(value: unknown, index: number, path: string): string {
  if (isMissing(value)) return String(index);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return asString(value, path);
}

function readWords(value: unknown, path: string): string | null {
  return isMissing(value) ? null : asString(value, path);
}

function readGeometry(geometry: JsonObject, facts: JsonObject, path: string, at: string): readonly Footprint[] {
  const type = required(geometry, "type", path);
  refuseMisplaced(facts, type, at);
  const places = `${path}/coordinates`;
  const coordinates = () => required(geometry, "coordinates", path);
  switch (type) {
    case "Point": {
      const centre = readPosition(coordinates(), places);
      if (isMissing(facts["radius_m"])) return [{ type: "point", at: centre }];
      return [{ type: "circle", centre, radius_m: validRadius(facts["radius_m"], `${at}/radius_m`) }];
    }
    case "LineString": {
      const line = readPositions(coordinates(), places);
      checkLine(line, (i) => (i === undefined ? places : `${places}/${i}`));
      const width_m = isMissing(facts["width_m"]) ? 0 : validWidth(facts["width_m"], `${at}/width_m`);
      return [{ type: "corridor", line, width_m }];
    }
    case "Polygon":
      return [readPolygon(coordinates(), places)];
    case "MultiPolygon": {
      const polygons = asList(coordinates(), places);
      if (polygons.length === 0) throw emptyGeometry(places);
      return polygons.map((polygon, i) => readPolygon(polygon, `${places}/${i}`));
    }
    default: {
      const message = `A geometry of type "${String(type).slice(0, 40)}" is not checked.`;
      throw deconflictError("geometry-unknown", message, { detail: { path: `${path}/type` } });
    }
  }
}

function refuseMisplaced(facts: JsonObject, type: unknown, at: string): void {
  for (const [key, owner] of [
    ["radius_m", "Point"],
    ["width_m", "LineString"],
    ["times", "LineString"],
    ["tolerance_s", "LineString"],
  ] as const) {
    if (isMissing(facts[key]) || type === owner) continue;
    const message = `The property "${key}" belongs to a ${owner}, and would be left out of a ${String(type).slice(0, 40)}.`;
    throw deconflictError("field-misplaced", message, { detail: { path: `${at}/${key}` } });
  }
}

function emptyGeometry(path: string) {
  return deconflictError("volumes-missing", "The geometry is empty.", { detail: { path } });
}

function readPosition(value: unknown, path: string): Position {
  const numbers = asList(value, path);
  if (numbers.length < 2 || numbers.length > 3) {
    throw deconflictError("field-malformed", "A position is longitude, latitude and perhaps a height.", {
      detail: { path },
    });
  }
  // A third number is not taken as a height: nothing says above what. The feature counts at all its heights.
  if (numbers.length === 3) finite(numbers[2], `${path}/2`);
  return validPosition(numbers[1], numbers[0], [`${path}/1`, `${path}/0`]);
}

/** `repeated`: how many of them repeat another, and are no vertices of their own. */
function readPositions(value: unknown, path: string, repeated = 0): Position[] {
  const list = asList(value, path);
  checkCount(list.length - repeated, path);
  return list.map((item, i) => readPosition(item, `${path}/${i}`));
}

function readPolygon(value: unknown, path: string): Footprint {
  const list = asList(value, path);
  if (list.length === 0) throw emptyGeometry(path);
  const rings = list.map((item, i) => readRing(item, `${path}/${i}`));
  checkCount(
    rings.reduce((sum, ring) => sum + ring.length, 0),
    path,
  );
  checkRings(rings, (i, j) => (j === undefined ? `${path}/${i}` : `${path}/${i}/${j}`));
  return { type: "polygon", rings };
}

function readRing(value: unknown, path: string): Position[] {
  const ring = readPositions(value, path, 1);
  const [first, last] = [ring[0], ring.at(-1)];
  if (
    first === undefined ||
    last === undefined ||
    ring.length < 2 ||
    first.lat !== last.lat ||
    first.lon !== last.lon
  ) {
    throw deconflictError("ring-open", "The ring's last position is not its first.", { detail: { path } });
  }
  return ring.slice(0, -1);
}
