/** Well-known text (OGC Simple Features 1.2.1, and the `SRID=4326;` before it that PostGIS writes) into GeoJSON's form. */

const HEAD =
  /^(?:SRID=4326;)?\s*(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON)\s*(?:Z|M|ZM)?\s*\(/i;
const TYPES: Readonly<Record<string, string>> = {
  POINT: "Point",
  LINESTRING: "LineString",
  POLYGON: "Polygon",
  MULTIPOINT: "MultiPoint",
  MULTILINESTRING: "MultiLineString",
  MULTIPOLYGON: "MultiPolygon",
};
/** Only this is left of it once its head is gone: numbers, blanks, commas and brackets. */
const BODY = /^[\d\s.,()eE+-]*$/;
const NUMBER = /^[+-]?\d{1,3}(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?$/i;

/** A geometry as JSON decodes it, whose positions are for the reader of GeoJSON to judge; null where it is none. */
export function geometryOfWkt(text: string): { readonly type: string; readonly coordinates: unknown } | null {
  const head = HEAD.exec(text);
  const name = head?.[1]?.toUpperCase() ?? "";
  const rest = head === null ? "" : text.slice(head[0].length - 1).trim();
  if (head === null || !BODY.test(rest)) return null;
  // Each position becomes a list in brackets, and so the whole JSON, which is parsed and not evaluated.
  const json = rest
    .replaceAll(/[^(),]+/g, (part) => positionOf(part))
    .replaceAll("(", "[")
    .replaceAll(")", "]");
  try {
    const read: unknown = JSON.parse(json);
    const coordinates = name === "POINT" && Array.isArray(read) && read.length === 1 ? (read[0] as unknown) : read;
    // MULTIPOINT has two forms, with each position in brackets of its own and without.
    if (name === "MULTIPOINT" && Array.isArray(read)) {
      return { type: "MultiPoint", coordinates: read.map((each: unknown) => (isNested(each) ? each[0] : each)) };
    }
    return { type: TYPES[name] as string, coordinates };
  } catch {
    return null;
  }
}

function positionOf(part: string): string {
  const numbers = part.trim().split(/\s+/);
  if (part.trim() === "") return "";
  // Two numbers, and a height where there is one; a measure is left out.
  const kept = numbers.slice(0, 3);
  const isPosition = numbers.length >= 2 && numbers.length <= 4 && kept.every((each, i) => i > 1 || NUMBER.test(each));
  return isPosition ? `[${kept.map(Number).join(",")}]` : "null";
}

function isNested(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && Array.isArray(value[0]);
}
