/** CSV (RFC 4180), with the separators and line ends that spreadsheets write, into rows of cells. */
import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { finding } from "./codes.ts";
import { isHxlRow, mapColumns, type Mapping, type MappingWish, requireColumns } from "./columns.ts";
import { intakeError } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import type { Source, SourceRow } from "./source.ts";

/** @throws csv-malformed, file-empty, import-too-large, mapping-incomplete, mapping-ambiguous, mapping-unknown */
export function readCsv(text: string, wish: MappingWish): Source {
  const delimiter = delimiterOf(text);
  const records = recordsOf(text, delimiter);
  const headers = (records[0] ?? []).map((header) => header.trim());
  if (records.length === 0 || headers.every((header) => header === "")) {
    throw intakeError("file-empty", "The file has no header, which is its first row.");
  }
  if (headers.length > LIMITS.columns) {
    throw intakeError("csv-malformed", `The file has ${headers.length} columns; at most ${LIMITS.columns} are read.`);
  }
  const second = (records[1] ?? []).map((cell) => cell.trim());
  const hxl = isHxlRow(second) ? second : null;
  const mapping: Mapping = {
    delimiter,
    header_row: 1,
    hxl_row: hxl === null ? null : 2,
    ...mapColumns(headers, hxl, wish),
    assumed: [],
  };
  requireColumns(mapping, ["latitude", "longitude"]);
  const first = hxl === null ? 1 : 2;
  if (records.length - first > LIMITS.rows) {
    throw intakeError("import-too-large", `The file has more than ${LIMITS.rows} rows.`);
  }
  return { mapping, rows: records.slice(first).map((cells, i) => rowOf(cells, first + i + 1, headers, mapping)) };
}

/** Whichever separator the first line has most of, outside quotes. */
function delimiterOf(text: string): "," | ";" | "\t" {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? "").slice(0, 100_000).replaceAll(/"[^"]*"/g, "");
  const count = (separator: string): number => line.split(separator).length;
  return ([",", ";", "\t"] as const).reduce((best, next) => (count(next) > count(best) ? next : best));
}

function recordsOf(text: string, delimiter: string): readonly (readonly string[])[] {
  try {
    // One record more than is taken, so that a longer file is seen to be longer.
    return parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: LIMITS.columns * LIMITS.field,
      to: LIMITS.rows + 3,
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw intakeError("csv-malformed", `The file is not well-formed CSV${lineOf(cause)}: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

function lineOf(error: CsvError): string {
  return typeof error["lines"] === "number" ? ` near line ${error["lines"]}` : "";
}

function reasonOf(error: CsvError): string {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "a quotation mark is opened and never closed";
  if (error.code === "CSV_MAX_RECORD_SIZE") return "one row is larger than anything that is read";
  return "a quotation mark stands where none may stand";
}

function rowOf(cells: readonly string[], row: number, headers: readonly string[], mapping: Mapping): SourceRow {
  const values = new Map(mapping.columns.map(({ field, column }) => [field, (cells[column - 1] ?? "").trim()]));
  const base = { row, values, geometry: undefined, times: undefined };
  if (isBlank(cells, mapping)) {
    const message =
      "The row is blank. If a place was meant, enter it and bring the file again; if not, remove the row.";
    return { ...base, findings: [finding("blank-row", null, message)] };
  }
  if (cells.length !== headers.length) {
    const message = `The row has ${cells.length} fields and the header ${headers.length}: a separator is missing or too many.`;
    return { ...base, findings: [finding("ragged-row", null, message)] };
  }
  const long = cells.findIndex((cell) => cell.length > LIMITS.field);
  if (long < 0) return { ...base, findings: [] };
  const message = `Column "${headers[long]}" holds ${(cells[long] as string).length} characters; at most ${LIMITS.field} are read.`;
  return { ...base, findings: [finding("field-too-long", headers[long] ?? null, message)] };
}

/** Blank where nothing says where or what: software fills in an index, a date or an empty total all the same. */
function isBlank(cells: readonly string[], mapping: Mapping): boolean {
  const filler = new Set(["starts", "ends", "verified_at", "people"]);
  return mapping.columns.every(({ field, column }) => filler.has(field) || (cells[column - 1] ?? "").trim() === "");
}
