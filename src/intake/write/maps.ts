/** Map files: GeoJSON, KML and KMZ. A circle is told as its centre and radius: a drawn one would be another. */
import { zipSync } from "fflate";
import type { Footprint, Position } from "../../geo/index.ts";
import { utf8 } from "../../wire/bytes.ts";
import { closed, escaped, timeOf, type Told, type WrittenFile } from "./told.ts";

export function writeGeoJson(told: readonly Told[]): WrittenFile {
  const features = told.flatMap(({ id, kind, name, remarks, volumes, route }) =>
    volumes.map(({ footprint, height, window }) => {
      const sized = footprint.type === "circle" ? { radius_m: footprint.radius_m } : {};
      const wide = footprint.type === "corridor" ? { width_m: footprint.width_m } : {};
      const times = route.some(({ at }) => at !== null) ? { coordTimes: route.map(({ at }) => timeOf(at)) } : {};
      const span = { starts: timeOf(window.start), ends: timeOf(window.end) };
      const properties = { id, kind, name, remarks, ...span, height, ...sized, ...wide, ...times };
      return { type: "Feature", properties, geometry: geometryOf(footprint) };
    }),
  );
  return { content: `${JSON.stringify({ type: "FeatureCollection", features })}\n`, left: [] };
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
  const placemarks = told.flatMap((each) =>
    each.volumes.map(({ footprint, window }) => {
      const data = [
        ["id", each.id],
        ["kind", each.kind],
        ...(footprint.type === "circle" ? [["radius_m", String(footprint.radius_m)]] : []),
        ...(footprint.type === "corridor" ? [["width_m", String(footprint.width_m)]] : []),
      ].map(([key, value]) => `<Data name="${key}"><value>${escaped(value ?? "")}</value></Data>`);
      const [begin, end] = [timeOf(window.start), timeOf(window.end)];
      const begins = begin === "" ? "" : `<begin>${begin}</begin>`;
      const ends = end === "" ? "" : `<end>${end}</end>`;
      const span = begins + ends === "" ? "" : `<TimeSpan>${begins}${ends}</TimeSpan>`;
      const words = `<name>${escaped(each.name)}</name><description>${escaped(each.remarks)}</description>`;
      return `<Placemark>${words}${span}<ExtendedData>${data.join("")}</ExtendedData>${shapeOf(footprint)}</Placemark>`;
    }),
  );
  const body = `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${placemarks.join("\n")}</Document></kml>`;
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`, left: [] };
}

export function writeKmz(told: readonly Told[]): WrittenFile {
  const kml = utf8(writeKml(told).content as string);
  return { content: zipSync({ "doc.kml": kml }, { mtime: new Date(Date.UTC(1980, 0, 2)) }), left: [] };
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
  return `<coordinates>${line.map((at) => lonLat(at).join(",")).join(" ")}</coordinates>`;
}
