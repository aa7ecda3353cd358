/** The file of a gazetteer, piece by piece, into what it knows. A fault refuses the whole: half a gazetteer misleads. */
import { CsvError, parse } from "csv-parse/browser/esm/sync";
import type { Bytes } from "../../wire/bytes.ts";
import { isHxlRow } from "../columns.ts";
import { intakeError } from "../errors.ts";
import { isObject } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { Decoder } from "../read/decode.ts";
import { FeatureScanner } from "../read/feature-scanner.ts";
import { geoNamesPlace, isGeoNames } from "./geonames.ts";
import { type KnownPlace, ringsOf } from "./known.ts";
import { namesUnits, unitOf } from "./units.ts";

export const GAZETTEER_FORMATS = ["geonames", "p-codes", "boundaries"] as const;
export type GazetteerFormat = (typeof GAZETTEER_FORMATS)[number];

interface TextReader {
  readonly push: (text: string) => KnownPlace[];
  readonly end: () => KnownPlace[];
}

/** Give it the file's pieces, then its end. Throws the codes of gazetteers in errors.ts, file-not-text, geojson-malformed. */
export class GazetteerReader {
  readonly #decoder = new Decoder();
  #head = "";
  #reader: TextReader | null = null;
  #format: GazetteerFormat | null = null;
  #count = 0;
  #corners = 0;

  get format(): GazetteerFormat | null {
    return this.#format;
  }

  push(piece: Bytes): KnownPlace[] {
    const text = this.#decoder.push(piece);
    if (this.#reader !== null) return this.#counted(this.#reader.push(text));
    this.#head += text;
    return this.#head.length < HEAD ? [] : this.#begin();
  }

  end(): KnownPlace[] {
    this.#head += this.#decoder.end();
    const first = this.#reader === null ? this.#begin() : [];
    const last = this.#counted((this.#reader as TextReader).end());
    if (this.#count === 0) throw intakeError("gazetteer-empty", "The file names not one place.");
    return [...first, ...last];
  }

  #begin(): KnownPlace[] {
    const text = this.#head.replace(/^\ufeff/, "");
    this.#head = "";
    this.#format = formatOf(text);
    this.#reader = READERS[this.#format]();
    return this.#counted(this.#reader.push(text));
  }

  #counted(places: KnownPlace[]): KnownPlace[] {
    this.#count += places.length;
    for (const { rings } of places) this.#corners += rings?.reduce((sum, ring) => sum + ring.length, 0) ?? 0;
    if (this.#count > LIMITS.gazetteer_places || this.#corners > LIMITS.gazetteer_corners) {
      const most = `${LIMITS.gazetteer_places} places and ${LIMITS.gazetteer_corners} corners of boundaries`;
      throw intakeError("gazetteer-too-large", `It knows more than ${most}.`);
    }
    return places;
  }
}

/** So much is looked at before the format is settled. */
const HEAD = 1 << 16;

/** @throws gazetteer-format-unknown */
function formatOf(text: string): GazetteerFormat {
  const start = text.trimStart();
  if (start.startsWith("{")) return "boundaries";
  const [first = ""] = start.split(/\r?\n/, 1);
  if (isGeoNames(first)) return "geonames";
  if (/^[^[]*[,;\t]/.test(first) && namesUnits(first.split(/[,;\t]/).map((cell) => cell.replaceAll('"', ""))))
    return "p-codes";
  throw intakeError(
    "gazetteer-format-unknown",
    "It is neither a country dump of GeoNames (19 columns between tabs), nor a table with admin1Name and admin1Pcode, nor boundaries as GeoJSON.",
  );
}

const READERS: Readonly<Record<GazetteerFormat, () => TextReader>> = {
  geonames: () =>
    lineReader((lines, from) => lines.flatMap((line, i) => (line === "" ? [] : (geoNamesPlace(line, from + i) ?? [])))),
  "p-codes": tableReader,
  boundaries: boundaryReader,
};

/** Whole lines; `from` is the number of the first. */
function lineReader(read: (lines: readonly string[], from: number) => KnownPlace[]): TextReader {
  let pending = "";
  let number = 1;
  const take = (lines: readonly string[]): KnownPlace[] => {
    const places = read(lines, number);
    number += lines.length;
    return places;
  };
  return {
    push: (text) => {
      pending += text;
      const lines = pending.split(/\r?\n/);
      pending = lines.pop() as string;
      if (pending.length > LIMITS.record) {
        throw intakeError("gazetteer-malformed", `Line ${number + lines.length} does not end.`);
      }
      return take(lines);
    },
    end: () => take(pending === "" ? [] : [pending]),
  };
}

/** A row a unit. Quotation marks may hold separators and never a line's end. */
function tableReader(): TextReader {
  let header: readonly string[] | null = null;
  let delimiter = ",";
  return lineReader((lines, from) =>
    lines.flatMap((line, i): KnownPlace[] => {
      if (line.trim() === "") return [];
      if (header === null) {
        delimiter = [",", ";", "\t"].reduce((a, b) => (line.split(b).length > line.split(a).length ? b : a));
        header = cellsOf(line, delimiter, from + i);
        return [];
      }
      const cells = cellsOf(line, delimiter, from + i);
      if (isHxlRow(cells)) return [];
      if (cells.length !== header.length) {
        const message = `Line ${from + i} has ${cells.length} fields and the header ${header.length}.`;
        throw intakeError("gazetteer-malformed", message);
      }
      const unit = unitOf(new Map(header.map((name, at) => [name, cells[at] ?? ""])), null);
      if (unit === null) throw intakeError("gazetteer-malformed", `Line ${from + i} names no administrative unit.`);
      return [unit];
    }),
  );
}

function cellsOf(line: string, delimiter: string, number: number): string[] {
  try {
    return parse(line, { delimiter, relax_column_count: true })[0] ?? [];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const message = `Line ${number} has a quotation mark that is not closed on it, or stands where none may.`;
    throw intakeError("gazetteer-malformed", message, { cause });
  }
}

function boundaryReader(): TextReader {
  const scanner = new FeatureScanner();
  let number = 0;
  return {
    push: (text) => scanner.push(text).map((feature) => boundaryOf(feature, ++number)),
    end: () => {
      const root = jsonOf(scanner.end(), 0);
      if (isObject(root) && root["crs"] !== undefined && !/CRS84|4326/.test(JSON.stringify(root["crs"]))) {
        throw intakeError("geojson-crs", "The boundaries are not in WGS 84.");
      }
      return [];
    },
  };
}

function boundaryOf(text: string, number: number): KnownPlace {
  const feature = jsonOf(text, number);
  const properties = isObject(feature) && isObject(feature["properties"]) ? feature["properties"] : {};
  const rings = isObject(feature) ? ringsOf(feature["geometry"]) : null;
  if (rings === null) {
    const message = `Feature ${number} is no polygon with positions on the earth.`;
    throw intakeError("gazetteer-malformed", message);
  }
  const texts = Object.entries(properties).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [],
  );
  const unit = unitOf(new Map(texts), rings);
  if (unit === null) throw intakeError("gazetteer-malformed", `Feature ${number} has no name in its properties.`);
  return unit;
}

function jsonOf(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const where = number === 0 ? "The file" : `Feature ${number}`;
    throw intakeError("gazetteer-malformed", `${where} is not well-formed JSON.`, { cause });
  }
}
