/** Map files: GeoJSON, KML and KMZ. A circle is told as its centre and radius: a drawn one would be another. */
import { zipSync } from "fflate";
import type { Footprint, Position, Volume } from "../../geo/index.ts";
import { utf8 } from "../../wire/bytes.ts";
import { leftOut } from "./left.ts";
import { closed, decimal, escaped, limitsOf, timeOf, titleOf, type Told, type WrittenFile } from "./told.ts";

export function writeGeoJson(told: readonly Told[]): WrittenFile {
  const features = told.flatMap((each) =>
    each.volumes.map((volume) => {
      const { route } = each;
      const times = route.some(({ at }) => at !== null) ? { coordTimes: route.map(({ at }) => timeOf(at)) } : {};
      const stops = route.some(({ name }) => name !== null) ? { stops: route.map(({ name }) => name ?? "") } : {};
      const span = { starts: timeOf(volume.window.start), ends: timeOf(volume.window.end) };
      const words = { id: each.id, kind: each.kind, name: titleOf(each), remarks: each.remarks };
      const properties = {
        ...words,
        ...span,
        ...Object.fromEntries([...sizesOf(volume), ...each.fields]),
        ...times,
        ...stops,
      };
      return { type: "Feature", properties, geometry: geometryOf(volume.footprint) };
    }),
  );
  return { content: `${JSON.stringify({ type: "FeatureCollection", features })}\n`, left: [] };
}

/** What belongs to a shape and that no geometry of a map file holds. */
function sizesOf({ footprint, height }: Volume): (readonly [string, string])[] {
  const [lower, upper] = limitsOf(height);
  return [
    ["radius_m", footprint.type === "circle" ? String(footprint.radius_m) : ""] as const,
    ["width_m", footprint.type === "corridor" ? String(footprint.width_m) : ""] as const,
    ["lower", lower] as const,
    ["upper", upper] as const,
  ].filter(([, value]) => value !== "");
}

const lonLat = ({ lat, lon }: Position): [number, number] => [lon, lat];

function geometryOf(footprint: Footprint) {
  switch (footprint.type) {
    case "point":
      return { type: "Point", coordinates: lonLat(footprint.at) };
    case "circle":
      return { type: "Point", coordinates: lonLat(footprint.centre) };
    case "corridor":
      return { type: "LineString", coordinates: footprint.line.map(lonLat) };
    case "polygon":
      return { type: "Polygon", coordinates: footprint.rings.map((ring) => closed(ring).map(lonLat)) };
  }
}

export function writeKml(told: readonly Told[]): WrittenFile {
  const left = told
    .filter(({ route }) => route.some(({ name }) => name !== null))
    .map((each) => leftOut("kml-position-names", titleOf(each)));
  const placemarks = told.flatMap((each) => each.volumes.map((volume) => placemarkOf(each, volume)));
  const body = `<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>${placemarks.join("\n")}</Document></kml>`;
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, left };
}

function placemarkOf(told: Told, volume: Volume): string {
  // A description is a page to most software: the words as they are stand beside it.
  const own = [
    ["id", told.id],
    ["kind", told.kind],
    ["remarks", told.remarks],
  ] as const;
  const all = [...own, ...sizesOf(volume), ...told.fields].filter(([, value]) => value !== "");
  const data = all.map(([key, value]) => `<Data name="${escaped(key)}"><value>${escaped(value)}</value></Data>`);
  const [begin, end] = [timeOf(volume.window.start), timeOf(volume.window.end)];
  const begins = begin === "" ? "" : `<begin>${begin}</begin>`;
  const ends = end === "" ? "" : `<end>${end}</end>`;
  const span = begins + ends === "" ? "" : `<TimeSpan>${begins}${ends}</TimeSpan>`;
  const words = `<name>${escaped(titleOf(told))}</name><description>${escaped(escaped(told.remarks).replaceAll("\n", "<br>"))}</description>`;
  const shape = trackOf(told) ?? shapeOf(volume.footprint);
  return `<Placemark>${words}${span}<ExtendedData>${data.join("")}</ExtendedData>${shape}</Placemark>`;
}

/** A line with a time at each of its positions; KML has none where some are not said. */
function trackOf({ route }: Told): string | null {
  if (route.length === 0 || route.some(({ at }) => at === null)) return null;
  const whens = route.map(({ at }) => `<when>${timeOf(at)}</when>`);
  const coords = route.map(({ position: { lat, lon } }) => `<gx:coord>${decimal(lon)} ${decimal(lat)} 0</gx:coord>`);
  return `<gx:Track>${whens.join("")}${coords.join("")}</gx:Track>`;
}

export function writeKmz(told: readonly Told[]): WrittenFile {
  const { content, left } = writeKml(told);
  const packed = zipSync({ "doc.kml": utf8(content as string) }, { mtime: new Date(Date.UTC(1980, 0, 2)) });
  return { content: packed, left };
}

function shapeOf(footprint: Footprint): string {
  switch (footprint.type) {
    case "point":
      return `<Point>${tuples([footprint.at])}</Point>`;
    case "circle":
      return `<Point>${tuples([footprint.centre])}</Point>`;
    case "corridor":
      return `<LineString>${tuples(footprint.line)}</LineString>`;
    case "polygon": {
      const ring = (line: readonly Position[]): string => `<LinearRing>${tuples(closed(line))}</LinearRing>`;
      const [outer = [], ...holes] = footprint.rings;
      const inner = holes.map((hole) => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`).join("");
      return `<Polygon><outerBoundaryIs>${ring(outer)}</outerBoundaryIs>${inner}</Polygon>`;
    }
  }
}

function tuples(line: readonly Position[]): string {
  return `<coordinates>${line.map(({ lat, lon }) => `${decimal(lon)},${decimal(lat)}`).join(" ")}</coordinates>`;
}
