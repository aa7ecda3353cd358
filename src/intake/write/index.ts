/** Files of other software, written from what was drafted or told. */
import type { Volume } from "../../geo/index.ts";
import { isObject } from "../json.ts";
import type { RecordFix } from "../record.ts";
import { writeCap, writeCot, writeGpx, writeVolume4d } from "./devices.ts";
import { writeGeoJson, writeKml, writeKmz } from "./maps.ts";
import { writeCsv, writeXlsx } from "./tables.ts";
import type { Told, WrittenFile } from "./told.ts";

export const WRITTEN_FORMATS = ["csv", "xlsx", "geojson", "kml", "kmz", "gpx", "cot", "cap", "volume4d"] as const;
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

/** `now` is when the file is written, milliseconds since the epoch. */
export function writeFile(format: WrittenFormat, told: readonly Told[], now: number): WrittenFile {
  switch (format) {
    case "csv":
      return writeCsv(told);
    case "xlsx":
      return writeXlsx(told);
    case "geojson":
      return writeGeoJson(told);
    case "kml":
      return writeKml(told);
    case "kmz":
      return writeKmz(told);
    case "gpx":
      return writeGpx(told);
    case "cot":
      return writeCot(told, now);
    case "cap":
      return writeCap(told, now);
    case "volume4d":
      return writeVolume4d(told);
  }
}

interface Drafted {
  readonly kind: string;
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A draft or message with a place, as it is written; `id` where its body has no number of its own. */
export function toldOf({ kind, subject, body }: Drafted, id: string): Told {
  const number = body["source_id"];
  const remarks = typeof body["remarks"] === "string" ? body["remarks"] : "";
  const words = { id: typeof number === "string" ? number : id, kind, name: nameOf(body) ?? subject, remarks };
  if (kind === "movement") {
    const route = (body["route"] ?? []) as readonly RecordFix[];
    const footprint = {
      type: "corridor",
      line: route.map(({ position }) => position),
      width_m: Number(body["width_m"]),
    } as const;
    const times = route.flatMap(({ at }) => (at === null ? [] : [at]));
    const window = { start: times[0] ?? null, end: times.at(-1) ?? null };
    return { ...words, volumes: [{ footprint, height: null, window }], route };
  }
  if (body["footprint"] === undefined)
    return { ...words, volumes: (body["volumes"] ?? []) as readonly Volume[], route: [] };
  const window = { start: body["valid_from"] ?? null, end: body["valid_until"] ?? null };
  const volume = { footprint: body["footprint"], height: body["height"] ?? null, window } as Volume;
  return { ...words, volumes: [volume], route: [] };
}

function nameOf(body: Drafted["body"]): string | null {
  const [first] = (Array.isArray(body["names"]) ? body["names"] : []) as readonly unknown[];
  return isObject(first) && typeof first["text"] === "string" ? first["text"] : null;
}
