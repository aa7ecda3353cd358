/** Common Alerting Protocol 1.2 (OASIS): one alert, one record, with the areas of its first information. */
import { type AnyHeightBand, type Footprint, parseRfc3339, type Position } from "../../geo/index.ts";
import { FOOT_M } from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { type Finding, finding } from "../codes.ts";
import type { ColumnField } from "../columns.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord, RecordVolume, WrittenPosition } from "../record.ts";
import { noPosition, timeRefused } from "../unreadable.ts";
import { NO_COLUMNS, type WholeFile } from "./reader.ts";
import { valuesOf, volumeRecord } from "./volume-record.ts";
import { childrenOf, textOf, type XmlNode, xmlTree } from "./xml.ts";

/** @throws xml-malformed, file-empty */
export function readCap(text: string): WholeFile {
  const root = xmlTree(text);
  const alerts = root.name === "alert" ? [root] : childrenOf(root, "alert");
  if (alerts.length > LIMITS.rows) {
    throw intakeError("import-too-large", `The file has ${alerts.length} alerts; at most ${LIMITS.rows} are read.`);
  }
  if (alerts.length === 0) throw intakeError("file-empty", "The file has no alert of the Common Alerting Protocol.");
  return { mapping: NO_COLUMNS, records: alerts.map((alert, i) => recordOf(alert, i + 1)) };
}

function recordOf(alert: XmlNode, row: number): IntakeRecord {
  const infos = childrenOf(alert, "info");
  const main = infos.find((info) => childrenOf(info, "area").length > 0) ?? infos[0];
  const findings: Finding[] = [];
  const positions: WrittenPosition[] = [];
  const reader = { findings, positions };
  const volumes = infos.flatMap((info) => volumesOf(info, alert, reader));
  const replaced = textOf(alert, "msgType") === "Update" ? textOf(alert, "references").slice(0, 200) : "";
  if (replaced !== "") findings.push(finding("cancels/replaces", null, { ends: replaced }));
  const fault = unfit(alert);
  return volumeRecord({
    row,
    values: valuesOf({
      ...namesOf(infos),
      source_id: textOf(alert, "identifier").slice(0, 64),
      remarks: remarksOf(main),
    }),
    volumes: different(volumes),
    positions,
    findings: fault === null ? findings : [...findings, fault],
    suggests: "alert",
  });
}

/** Each information has its own areas and times; that in another language says the same once more. */
function volumesOf(info: XmlNode, alert: XmlNode, reader: Reader): RecordVolume[] {
  const { findings } = reader;
  const areas = childrenOf(info, "area");
  if (areas.length === 0) return [];
  const start = timeOf(info, ["onset", "effective"], findings) ?? timeOf(alert, ["sent"], findings);
  const window = { start, end: timeOf(info, ["expires"], findings) };
  return areas.flatMap((area) => {
    const height = bandOf(area, findings);
    return footprintsOf(area, reader).map((footprint) => ({ footprint, height, window, recurs: null }));
  });
}

function different(volumes: readonly RecordVolume[]): RecordVolume[] {
  return [...new Map(volumes.map((volume) => [JSON.stringify(volume), volume])).values()];
}

/** A cancellation is nothing to draft; an exercise or a test is never drafted as if it were real. */
function unfit(alert: XmlNode): Finding | null {
  const [status, type] = [textOf(alert, "status"), textOf(alert, "msgType")];
  if (type === "Cancel") {
    return finding("cancellation", null, { ends: textOf(alert, "references").slice(0, 200) });
  }
  if (type === "Ack" || type === "Error") return finding("part-dropped/answer", null, {});
  return status === "Actual" ? null : finding("part-dropped/exercise", null, {});
}

function namesOf(infos: readonly XmlNode[]): Partial<Record<ColumnField, string>> {
  const names: Partial<Record<ColumnField, string>> = {};
  for (const info of infos) {
    const lang = /^[a-z]{2,3}/i.exec(textOf(info, "language"))?.[0].toLowerCase() ?? "en";
    names[`names.${lang}`] ??= textOf(info, "headline") || textOf(info, "event");
  }
  return names;
}

function remarksOf(info: XmlNode | undefined): string {
  if (info === undefined) return "";
  const areas = [...new Set(childrenOf(info, "area").map((area) => textOf(area, "areaDesc")))];
  const grave = ["urgency", "severity", "certainty"].map((key) => textOf(info, key)).filter((each) => each !== "");
  return [grave.join(", "), textOf(info, "description"), textOf(info, "instruction"), areas.join("; ")]
    .filter((part) => part !== "")
    .join("\n");
}

function timeOf(node: XmlNode, keys: readonly string[], findings: Finding[]): number | null {
  const text = keys.map((key) => textOf(node, key)).find((each) => each !== "");
  if (text === undefined) return null;
  try {
    return parseRfc3339(text);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    findings.push(timeRefused("starts", text, error.code));
    return null;
  }
}

interface Reader {
  readonly findings: Finding[];
  readonly positions: WrittenPosition[];
}

function footprintsOf(area: XmlNode, reader: Reader): Footprint[] {
  const polygons = childrenOf(area, "polygon").flatMap(({ text }): Footprint[] => {
    const ring = text.split(/\s+/).flatMap((pair) => positionOf(pair, reader));
    const [first, last] = [ring[0], ring.at(-1)];
    const closes = ring.length > 3 && first?.lat === last?.lat && first?.lon === last?.lon;
    if (closes) return [{ type: "polygon", rings: [ring.slice(0, -1)] }];
    reader.findings.push(finding("geometry-malformed/open", "footprint", {}));
    return [];
  });
  const circles = childrenOf(area, "circle").flatMap(({ text }): Footprint[] => {
    const [pair = "", radius = ""] = text.split(/\s+/);
    const kilometres = /^\d{1,5}(?:\.\d{1,6})?$/.test(radius) ? Number(radius) : Number.NaN;
    return positionOf(pair, reader).flatMap((centre): Footprint[] => {
      if (kilometres > 0) return [{ type: "circle", centre, radius_m: Math.round(kilometres * 1e6) / 1000 }];
      if (kilometres === 0) return [{ type: "point", at: centre }];
      reader.findings.push(finding("geometry-malformed/circle", "footprint", {}));
      return [];
    });
  });
  if (childrenOf(area, "polygon").length + childrenOf(area, "circle").length === 0) {
    const words = textOf(area, "areaDesc").slice(0, 200);
    reader.findings.push(finding("not-understood/area", "remarks", { words }));
  }
  return [...polygons, ...circles];
}

function positionOf(pair: string, { findings, positions }: Reader): Position[] {
  const match = /^([+-]?\d{1,2}(?:\.(\d{1,12}))?),([+-]?\d{1,3}(?:\.\d{1,12})?)$/.exec(pair);
  const at = { lat: Number(match?.[1]), lon: Number(match?.[3]) };
  if (match === null || Math.abs(at.lat) > 90 || Math.abs(at.lon) > 180) {
    findings.push(noPosition("footprint", pair, "coordinate-malformed"));
    return [];
  }
  const precision_m = Number((111_320 * 10 ** -(match[2]?.length ?? 0)).toPrecision(3));
  positions.push({ field: "footprint", text: pair, at, notation: "decimal", precision_m });
  return [at];
}

/** Altitude and ceiling are in feet above mean sea level; an altitude without a ceiling is that height alone. */
function bandOf(area: XmlNode, findings: Finding[]): AnyHeightBand | null {
  const feet = (key: string): number | null => {
    const text = textOf(area, key);
    return /^-?\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number((Number(text) * FOOT_M).toFixed(3)) : null;
  };
  const [lower_m, upper_m] = [feet("altitude"), feet("ceiling")];
  const written = ["altitude", "ceiling"].map((key) => textOf(area, key)).filter((text) => text !== "");
  const read = [lower_m, upper_m].filter((height) => height !== null);
  if (read.length < written.length || (lower_m === null && upper_m !== null)) {
    const heights = written.join(", ").slice(0, 60);
    findings.push(finding("height-ignored/feet", "height", { heights }));
    return null;
  }
  if (lower_m === null) return null;
  return { datum: "AMSL", lower_m, upper_m: upper_m ?? lower_m };
}
