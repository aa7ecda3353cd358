/** KML 2.3 (OGC 12-007) and KMZ: placemarks into records. Everything else that they show is named and left out. */
import type { Bytes } from "../../wire/bytes.ts";
import { type Finding, finding } from "../codes.ts";
import { intakeError } from "../errors.ts";
import { decimalNumber } from "../value.ts";
import { dropped, type Feature, featureFile, stray } from "./features.ts";
import type { ReadTerms, WholeFile } from "./reader.ts";
import { childOf, childrenOf, textOf, type XmlNode, xmlTree } from "./xml.ts";
import { Archive } from "./zip.ts";

/** @throws xml-malformed, and what features throw */
export function readKml(text: string, terms: ReadTerms): WholeFile {
  return featureFile(
    featuresOf(text, () => null),
    terms,
  );
}

/** What a link of a file leads to inside its own archive; null where it leads elsewhere. */
type Linked = (href: string) => readonly Feature[] | null;

function featuresOf(text: string, linked: Linked): Feature[] {
  const root = xmlTree(text);
  if (root.name !== "kml")
    throw intakeError("xml-malformed", `The file is XML and not KML: it begins with "${root.name.slice(0, 40)}".`);
  const features: Feature[] = [];
  for (const child of root.children) walk(child, features, linked);
  return features;
}

/** An archive's files, each read once however often, and however roundly, they name each other. */
class Inside {
  readonly read = new Set<string>();
  readonly #archive: Archive;

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  featuresOf(name: string): readonly Feature[] {
    this.read.add(name);
    const folder = name.slice(0, name.lastIndexOf("/") + 1);
    return featuresOf(this.#archive.text(name) ?? "", (href) => {
      const path = folder + href.replace(/^\.\//, "");
      const isHere = path.toLowerCase().endsWith(".kml") && this.#archive.names.includes(path);
      if (!isHere) return null;
      return this.read.has(path) ? [] : this.featuresOf(path);
    });
  }
}

/**
 * The archive's first KML file, which is `doc.kml` by custom, and those in the same archive that it links to, as GDAL
 * and desktop map software part their layers. @throws archive-malformed, and as readKml
 */
export function readKmz(bytes: Bytes, terms: ReadTerms): WholeFile {
  const archive = new Archive(bytes);
  const names = archive.names.filter((name) => name.toLowerCase().endsWith(".kml"));
  const main = names.find((name) => name.toLowerCase() === "doc.kml") ?? names[0];
  if (main === undefined) throw intakeError("archive-malformed", "The archive holds no KML file.");
  const inside = new Inside(archive);
  const features = inside.featuresOf(main);
  const file = featureFile(features, terms);
  const others = archive.names.filter((name) => !inside.read.has(name)).map((name) => `"${name.slice(0, 60)}"`);
  if (others.length === 0) return file;
  const because = `Not read: ${others.slice(0, 20).join(", ")}${others.length > 20 ? ` and ${others.length - 20} more` : ""}.`;
  return { ...file, mapping: { ...file.mapping, assumed: [{ field: "file", value: main, because }] } };
}

const FOLDERS = new Set(["Document", "Folder", "kml"]);
const LEFT_OUT: ReadonlyMap<string, "picture" | "tour"> = new Map([
  ["GroundOverlay", "picture"],
  ["ScreenOverlay", "picture"],
  ["PhotoOverlay", "picture"],
  ["Tour", "tour"],
]);

function walk(node: XmlNode, features: Feature[], linked: Linked): void {
  const track = trackIn(node);
  if (track !== null) features.push(track);
  else if (FOLDERS.has(node.name)) {
    for (const child of node.children) walk(child, features, linked);
  } else if (node.name === "Placemark") features.push(placemark(node));
  else if (node.name === "NetworkLink") {
    const link = childOf(node, "Link") ?? childOf(node, "Url");
    const href = link === null ? "" : textOf(link, "href");
    const here = linked(href);
    if (here !== null) {
      for (const feature of here) features.push(feature);
      return;
    }
    const name = [textOf(node, "name"), href].filter((part) => part !== "");
    features.push(dropped("link", name.join(", ")));
  } else {
    const what = LEFT_OUT.get(node.name);
    if (what !== undefined) features.push(dropped(what, textOf(node, "name")));
    else for (const lost of placemarksIn(node)) features.push(stray(textOf(lost, "name"), node.name));
  }
}

/**
 * A track as GPSBabel draws it unless told otherwise: a folder of its points, each with its time, and beside it one line
 * through the same positions. Null where the folder holds anything else: points that make no line are places.
 */
function trackIn(folder: XmlNode): Feature | null {
  const [points, ...others] = childrenOf(folder, "Folder");
  const [path, ...more] = childrenOf(folder, "Placemark");
  if (points === undefined || path === undefined || others.length + more.length > 0) return null;
  const line = placemark(path);
  const fixes = childrenOf(points, "Placemark").map(placemark);
  const isWhole = childrenOf(points, "Folder").length === 0 && line.findings.length === 0 && fixes.length > 1;
  const [corners, drawn] = [coordinatesIn(line, "LineString"), fixes.map((fix) => coordinatesIn(fix, "Point"))];
  if (!isWhole || corners?.length !== drawn.length || !drawn.every((at, i) => isSame(at, corners[i]))) return null;
  const properties = new Map([...line.properties, ["name", textOf(folder, "name")]]);
  const times = fixes.map((fix) => fix.properties.get("begin") ?? "");
  return { ...line, properties, times, kind: "movement" };
}

function coordinatesIn({ geometry }: Feature, type: "LineString" | "Point"): readonly unknown[] | null {
  const { type: drawn, coordinates } = (geometry ?? {}) as { readonly type?: string; readonly coordinates?: unknown[] };
  return drawn === type && coordinates !== undefined ? coordinates : null;
}

/** On the ground: heights are rounded differently for points and lines. */
function isSame(at: unknown, corner: unknown): boolean {
  const [a, b] = [at, corner] as [readonly number[] | null, readonly number[] | undefined];
  return a !== null && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** An update, an element of somebody's own: what stands in it is not shown by every reader, and not passed over in silence. */
function placemarksIn(node: XmlNode): XmlNode[] {
  return node.children.flatMap((child) => (child.name === "Placemark" ? [child] : placemarksIn(child)));
}

function placemark(node: XmlNode): Feature {
  const properties = new Map<string, string>();
  for (const field of ["name", "description", "address"]) {
    const text = textOf(node, field);
    if (text !== "") properties.set(field, plainText(text));
  }
  const span = childOf(node, "TimeSpan");
  if (span !== null) {
    properties.set("begin", textOf(span, "begin"));
    properties.set("end", textOf(span, "end"));
  }
  const stamp = childOf(node, "TimeStamp");
  if (stamp !== null) properties.set("begin", textOf(stamp, "when"));
  for (const [key, value] of extended(node)) if (!properties.has(key)) properties.set(key, value);
  const { geometry, times, fault } = geometryOf(node);
  const findings = fault === undefined ? [] : [fault];
  return { properties, geometry, times, findings, kind: times.some((time) => time !== "") ? "movement" : null };
}

/** Descriptions are pages: their words without the marks, and never run. */
function plainText(text: string): string {
  if (!/<[a-z/!]/i.test(text)) return text;
  return text
    .replaceAll(/<(?:br|\/p|\/tr|\/div|\/li)\b[^<>]*>/gi, "\n")
    .replaceAll(/<[^<>]*>/g, " ")
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .trim();
}

function extended(node: XmlNode): (readonly [string, string])[] {
  const data = childOf(node, "ExtendedData");
  if (data === null) return [];
  const plain = childrenOf(data, "Data").map((each) => [each.attributes["name"] ?? "", textOf(each, "value")] as const);
  const typed = childrenOf(data, "SchemaData").flatMap((schema) =>
    childrenOf(schema, "SimpleData").map((each) => [each.attributes["name"] ?? "", each.text] as const),
  );
  return [...plain, ...typed].filter(([name]) => name !== "");
}

interface Shape {
  readonly geometry: unknown;
  readonly times: readonly string[];
  /** Why it could be drawn in two ways. */
  readonly fault?: Finding;
}

const SHAPES = new Set([
  "Point",
  "LineString",
  "LinearRing",
  "Polygon",
  "MultiGeometry",
  "Track",
  "MultiTrack",
  "Model",
]);

function geometryOf(node: XmlNode): Shape {
  const [shape, ...more] = node.children.filter(({ name }) => SHAPES.has(name));
  if (shape === undefined) return { geometry: null, times: [] };
  if (more.length === 0) return shapeOf(shape);
  return { ...NOTHING, fault: finding("geometry-malformed/several", "footprint", { parts: more.length + 1 }) };
}

function shapeOf(node: XmlNode): Shape {
  switch (node.name) {
    case "Point": {
      const positions = coordinatesOf(node);
      if (positions.length <= 1) return still({ type: "Point", coordinates: positions[0] ?? [] });
      const fault = finding("geometry-malformed/point", "footprint", { positions: positions.length });
      return { ...NOTHING, fault };
    }
    case "LineString":
    case "LinearRing":
      return still({ type: "LineString", coordinates: coordinatesOf(node) });
    case "Polygon": {
      const outer = ringsOf(node, "outerBoundaryIs");
      if (outer.length > 1) {
        return { ...NOTHING, fault: finding("geometry-malformed/several", "footprint", { parts: outer.length }) };
      }
      return still({
        type: "Polygon",
        coordinates: [...outer, ...ringsOf(node, "innerBoundaryIs")].map(coordinatesOf),
      });
    }
    case "Track":
      return track(node);
    case "MultiGeometry":
    case "MultiTrack":
      return several(node.children.filter(({ name }) => SHAPES.has(name)).map(shapeOf));
    default:
      return still({ type: node.name });
  }
}

const NOTHING = { geometry: null, times: [] } as const;

function ringsOf(polygon: XmlNode, boundary: string): XmlNode[] {
  return childrenOf(polygon, boundary).flatMap((each) => childrenOf(each, "LinearRing"));
}

function still(geometry: unknown): Shape {
  return { geometry, times: [] };
}

function several(shapes: readonly Shape[]): Shape {
  const [only, ...more] = shapes;
  if (only === undefined) return { geometry: null, times: [] };
  if (more.length === 0) return only;
  return still({ type: "MultiGeometry", coordinates: shapes.map(({ geometry }) => geometry) });
}

/** A track's positions are "lon lat height", its times stand beside them. */
function track(node: XmlNode): Shape {
  const coordinates = childrenOf(node, "coord").map(({ text }) => text.split(/\s+/).map(decimalNumber));
  const times = childrenOf(node, "when").map(({ text }) => text);
  if (times.length > 0 && times.length !== coordinates.length) {
    const given = { positions: coordinates.length, times: times.length };
    return { ...NOTHING, fault: finding("geometry-malformed/times", "footprint", given) };
  }
  return { geometry: { type: "LineString", coordinates }, times };
}

/** A second element of coordinates is as many positions more. */
function coordinatesOf(node: XmlNode): number[][] {
  return childrenOf(node, "coordinates").flatMap(({ text }) => tuples(text));
}

function tuples(text: string): number[][] {
  return text
    .split(/\s+/)
    .filter((part) => part !== "")
    .map((part) => part.split(",").map(decimalNumber));
}
