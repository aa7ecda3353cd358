/** The real lists, as tables of text that importing reads: the bench changes their cells and never our records. */
import { parse } from "csv-parse/sync";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Kind } from "../../src/message/index.ts";
import { type Part, partOf } from "./split.ts";

export const DATA = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

export interface Row {
  readonly cells: readonly string[];
  readonly part: Part;
}

export interface List {
  readonly name: string;
  readonly kind: Kind;
  readonly headers: readonly string[];
  readonly rows: readonly Row[];
}

export function haveData(): boolean {
  return existsSync(DATA);
}

export function columnOf({ headers }: List, header: string): number {
  const index = headers.indexOf(header);
  if (index < 0) throw new Error(`There is no column ${header}.`);
  return index;
}

type Source = Readonly<Record<string, string>>;

interface Shape {
  readonly name: string;
  readonly kind: Kind;
  /** Our header, and how its cell is had from the source's row. */
  readonly columns: Readonly<Record<string, (row: Source) => string>>;
  /** What keeps a row in one part. */
  readonly key: (row: Source) => string;
}

const text =
  (...fields: readonly string[]) =>
  (row: Source): string =>
    fields.map((field) => row[field]).find((value) => value !== undefined) ?? "";

export function displacement(file: string): List {
  return listOf(readText(`sites/iraq-displacement/${file}.csv`), {
    name: file,
    kind: "site",
    columns: {
      "Location ID": text("Location ID"),
      Governorate: text("Governorate"),
      District: text("District"),
      "Location Name": text("Location Name", "Location_name"),
      "Arabic Name": text("Arabic Name", "Arabic_name"),
      Latitude: text("Latitude"),
      Longitude: text("Longitude"),
      Individuals: text("Individuals", "Returnee Individuals"),
      date: (row) => isoOf(row["date"] ?? ""),
    },
    // The same site has the same number in all eight lists, and so is in the same part of each.
    key: text("Location ID"),
  });
}

/** "Jul 02, 2014" as 2014-07-02: with its month in words, day and month cannot be exchanged. */
function isoOf(day: string): string {
  const at = Date.parse(`${day} UTC`);
  return Number.isNaN(at) ? day : new Date(at).toISOString().slice(0, 10);
}

export function events(): List {
  const list = listOf(readText("incidents/ucdp-iraq/conflict_data_irq.csv"), {
    name: "ucdp-iraq",
    kind: "report",
    columns: {
      id: text("id"),
      admin1name: text("adm_1"),
      admin2name: text("adm_2"),
      "location name": text("where_coordinates"),
      latitude: text("latitude"),
      longitude: text("longitude"),
      start: text("date_start"),
      end: text("date_end"),
    },
    key: text("id"),
  });
  return { ...list, rows: list.rows.filter(({ cells }) => /^\d+$/.test(cells[0] as string)) };
}

export function airstrikes(): List {
  const bytes = readFileSync(`${DATA}incidents/iraq-airstrikes-2006/airstrikes.csv.gz`);
  return listOf(gunzipSync(bytes).toString("utf8"), {
    name: "iraq-airstrikes",
    kind: "activity",
    columns: {
      latitude: text("latitude"),
      longitude: text("longitude"),
      date: text("date"),
      name: text("type"),
    },
    key: (row) => `${row["date"]} ${row["latitude"]} ${row["longitude"]}`,
  });
}

function readText(path: string): string {
  return readFileSync(`${DATA}${path}`, "utf8");
}

function listOf(csv: string, { name, kind, columns, key }: Shape): List {
  const options = { columns: true, bom: true, relax_column_count: true };
  const rows = parse(csv, options) as unknown as Source[];
  return {
    name,
    kind,
    headers: Object.keys(columns),
    rows: rows.map((row) => ({ cells: Object.values(columns).map((of) => of(row)), part: partOf(key(row)) })),
  };
}

/** As CSV, with every cell quoted. */
export function csvOf(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headers, ...rows].map(lineOf).join("\r\n");
}

function lineOf(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}
