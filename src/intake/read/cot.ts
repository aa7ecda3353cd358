/** Cursor on Target (MIL-STD-6090 drafts and what ATAK writes): one event, one record. */
import { type Footprint, parseRfc3339, type Position, type TimeWindow } from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { type Finding, finding } from "../codes.ts";
import type { ImportableKind } from "../importable.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord, RecordFix, WrittenPosition } from "../record.ts";
import { decimalNumber } from "../value.ts";
import { noPosition, timeRefused } from "../unreadable.ts";
import { NO_COLUMNS, type ReadTerms, type WholeFile } from "./reader.ts";
import { valuesOf, volumeRecord } from "./volume-record.ts";
import { childOf, childrenOf, textOf, type XmlNode, xmlTree } from "./xml.ts";

/** Deletes what its links name. */
const DELETION = "t-x-d-d";

/** One event, `<events>`, or events one after another, as a stream has them. @throws xml-malformed, file-empty */
export function readCot(text: string, terms: ReadTerms): WholeFile {
  const bare = text.replace(/^\ufeff/, "").replaceAll(/<\?xml[^>]{0,200}\?>/g, "");
  const root = xmlTree(/^\s*<events\b/.test(bare) ? bare : `<events>${bare}</events>`);
  const events = root.children.filter(({ name }) => name === "event");
  if (events.length > LIMITS.rows) {
    throw intakeError("import-too-large", `The file has ${events.length} events; at most ${LIMITS.rows} are read.`);
  }
  if (events.length === 0) throw intakeError("file-empty", "The file has no events of Cursor on Target.");
  return { mapping: NO_COLUMNS, records: events.map((event, i) => recordOf(event, i + 1, terms)) };
}

function recordOf(event: XmlNode, row: number, terms: ReadTerms): IntakeRecord {
  const { uid = "", type = "" } = event.attributes;
  const detail = childOf(event, "detail");
  const contact = detail === null ? null : childOf(detail, "contact");
  const links = detail === null ? [] : childrenOf(detail, "link");
  const remarks = detail === null ? "" : textOf(detail, "remarks");
  const values = valuesOf({ "names.en": contact?.attributes["callsign"] ?? uid, source_id: uid.slice(0, 64), remarks });
  const suggests: ImportableKind = type.startsWith("b-m-r")
    ? "movement"
    : type.startsWith("u-d")
      ? "activity"
      : "report";
  if (type === DELETION) {
    const gone = links.map(({ attributes }) => attributes["uid"] ?? "").filter((each) => each !== "");
    const ends = gone.join(", ").slice(0, 200) || uid;
    return volumeRecord({ row, values, volumes: [], findings: [finding("cancellation", null, { ends })], suggests });
  }
  if (/^[es]/.test(event.attributes["opex"] ?? "")) {
    const findings = [finding("part-dropped/exercise", null, {})];
    return volumeRecord({ row, values, volumes: [], findings, suggests });
  }
  const findings: Finding[] = [];
  const window = windowOf(event, findings);
  const corners = cornersOf(links, detail, findings);
  const point = childOf(event, "point");
  const at = point === null ? [] : positionOf([point.attributes["lat"] ?? "", point.attributes["lon"] ?? ""]);
  const footprint = footprintOf(type, at[0], corners, detail, terms, findings);
  const record = volumeRecord({
    row,
    values,
    volumes: footprint === null ? [] : [{ footprint, height: null, window, recurs: null }],
    positions: written(corners.length > 0 ? corners : at, point),
    findings,
    suggests,
  });
  return { ...record, lasting: false, route: routeOf(footprint) };
}

function positionOf([lat = "", lon = ""]: readonly string[]): Position[] {
  const at = { lat: decimalNumber(lat), lon: decimalNumber(lon) };
  return Math.abs(at.lat) <= 90 && Math.abs(at.lon) <= 180 ? [at] : [];
}

/** Of its links, "latitude,longitude[,height]" each, or of the line in its shape. A shape without one of them is another. */
function cornersOf(links: readonly XmlNode[], detail: XmlNode | null, findings: Finding[]): Position[] {
  const linked = links.flatMap(({ attributes: { point } }) => (point === undefined ? [] : [point.split(",")]));
  const line = shapeOf(detail, "polyline")[0];
  const drawn = line === undefined ? [] : childrenOf(line, "vertex");
  const vertices = drawn.map(({ attributes: { lat = "", lon = "" } }) => [lat, lon]);
  const corners = (linked.length > 0 ? linked : vertices).flatMap((parts) => {
    const read = parts.length > 3 ? [] : positionOf(parts);
    if (read.length > 0) return read;
    findings.push(noPosition("footprint", parts.join(","), "coordinate-malformed"));
    return [];
  });
  const [first] = corners;
  const isOpen = linked.length === 0 && line?.attributes["closed"] === "true" && !isSame(first, corners.at(-1));
  return isOpen && first !== undefined ? [...corners, first] : corners;
}

function isSame(a: Position | undefined, b: Position | undefined): boolean {
  return a?.lat === b?.lat && a?.lon === b?.lon;
}

function shapeOf(detail: XmlNode | null, name: string): XmlNode[] {
  const shape = detail === null ? null : childOf(detail, "shape");
  return shape === null ? [] : childrenOf(shape, name);
}

/** `ce`, the circular error, is how precise it is; 9999999 says that nobody knows. */
function written(positions: readonly Position[], point: XmlNode | null): WrittenPosition[] {
  const error = Number(point?.attributes["ce"] ?? Number.NaN);
  return positions.map((at) => ({
    field: "position",
    text: `${at.lat}, ${at.lon}`,
    at,
    notation: "decimal",
    precision_m: error > 0 && error < 9_999_999 ? error : 1,
  }));
}

function windowOf(event: XmlNode, findings: Finding[]): TimeWindow {
  const read = (key: "start" | "stale"): number | null => {
    const text = event.attributes[key] ?? "";
    try {
      return text === "" ? null : parseRfc3339(text);
    } catch (error) {
      if (!isParleyError(error)) throw error;
      findings.push(timeRefused(key === "start" ? "starts" : "ends", text, error.code));
      return null;
    }
  };
  return { start: read("start"), end: read("stale") };
}

function footprintOf(
  type: string,
  at: Position | undefined,
  corners: readonly Position[],
  detail: XmlNode | null,
  terms: ReadTerms,
  findings: Finding[],
): Footprint | null {
  const closes = corners.length > 3 && isSame(corners[0], corners.at(-1));
  if (closes || type === "u-d-r") return { type: "polygon", rings: [closes ? corners.slice(0, -1) : corners] };
  if (corners.length > 1) {
    const width_m = terms.width_m ?? (type.startsWith("b-m-r") ? terms.movement_width_m : null);
    if (width_m !== null) return { type: "corridor", line: corners, width_m };
    findings.push(finding("geometry-no-width", "footprint", {}));
    return null;
  }
  if (at === undefined) return null;
  if (at.lat === 0 && at.lon === 0) {
    findings.push(finding("position-default", "position", {}));
    return null;
  }
  const ellipses = shapeOf(detail, "ellipse");
  if (ellipses.length === 0) return { type: "point", at };
  // Of several rings, and of an ellipse, the circle that holds them all.
  const radii = ellipses.flatMap(({ attributes: { major = "", minor = "" } }) => [major, minor].map(decimalNumber));
  const radius_m = Math.max(...radii);
  if (radius_m > 0) return { type: "circle", centre: at, radius_m };
  findings.push(finding("geometry-malformed/circle", "footprint", {}));
  return null;
}

function routeOf(footprint: Footprint | null): RecordFix[] {
  return footprint?.type === "corridor" ? footprint.line.map((position) => ({ position, at: null, name: null })) : [];
}
