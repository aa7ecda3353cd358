/** The readers, by format. */
import type { Bytes } from "../../wire/bytes.ts";
import type { Archived, Format } from "../format.ts";
import { readCap } from "./cap.ts";
import { readCot } from "./cot.ts";
import { csvReader } from "./csv.ts";
import { geoJsonReader } from "./geojson.ts";
import { readGpx } from "./gpx.ts";
import { readKml, readKmz } from "./kml.ts";
import { readOpenAir } from "./openair.ts";
import { type Reader, type ReadTerms, wholeBytes, wholeText } from "./reader.ts";
import { readText } from "./text.ts";
import { readVolume4d } from "./volume4d.ts";
import { readXlsx } from "./xlsx.ts";
import { readYaixm } from "./yaixm.ts";

export function byteReader(format: Archived, terms: ReadTerms): Reader<Bytes> {
  return format === "xlsx"
    ? wholeBytes((bytes) => readXlsx(bytes, terms))
    : wholeBytes((bytes) => readKmz(bytes, terms));
}

export function textReader(format: Exclude<Format, Archived>, terms: ReadTerms): Reader<string> {
  switch (format) {
    case "csv":
      return csvReader(terms);
    case "geojson":
      return geoJsonReader(terms);
    case "kml":
      return wholeText((text) => readKml(text, terms));
    case "gpx":
      return wholeText((text) => readGpx(text, terms));
    case "cot":
      return wholeText((text) => readCot(text, terms));
    case "cap":
      return wholeText(readCap);
    case "volume4d":
      return wholeText(readVolume4d);
    case "openair":
      return wholeText(readOpenAir);
    case "yaixm":
      return wholeText(readYaixm);
    case "text":
      return wholeText((text) => readText(text, terms));
  }
}
