/** Files of other software, written from what was drafted or told. */
import { writeCap } from "./cap.ts";
import { writeCot } from "./cot.ts";
import { writeGpx } from "./gpx.ts";
import { writeGeoJson, writeKml, writeKmz } from "./maps.ts";
import { writeCsv, writeXlsx } from "./tables.ts";
import type { Told, WrittenFile } from "./told.ts";
import { writeVolume4d } from "./volume4d.ts";

export type { Told } from "./told.ts";
export { toldOf } from "./told-of.ts";

export const WRITTEN_FORMATS = ["csv", "xlsx", "geojson", "kml", "kmz", "gpx", "cot", "cap", "volume4d"] as const;
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

/**
 * `now` is when the file is written, milliseconds since the epoch. What was withdrawn is written by the one format that
 * can take it away again.
 */
export function writeFile(format: WrittenFormat, all: readonly Told[], now: number): WrittenFile {
  const told = format === "cot" ? all : all.filter(({ gone }) => !gone);
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
