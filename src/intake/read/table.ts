/** Rows of cells, whatever file they stand in, into records: the header and the HXL row are found, the rest is read. */
import { type Finding, finding } from "../codes.ts";
import {
  type ColumnField,
  hasPlace,
  isHxlRow,
  mapColumns,
  type Mapping,
  requirePlace,
  type RivalColumn,
  rivalColumns,
} from "../columns.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { recordOf } from "../read-row.ts";
import type { IntakeRecord } from "../record.ts";
import type { SourceRow } from "../source.ts";
import { noticeRecord } from "./notice-row.ts";
import type { ReadTerms } from "./reader.ts";

/** The header is looked for in so many rows: files have titles above it. */
const HEADER_WITHIN = 10;

export interface Cells {
  /** Counted from 1, in the file. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Whoever looks at the file does not see it. */
  readonly hidden?: boolean;
}

/** Takes rows in their order, and hands back records once it has found the header. */
export class Table {
  readonly #terms: ReadTerms;
  readonly #malformed: "csv-malformed" | "xlsx-malformed";
  readonly #delimiter: string | null;
  #first: Cells[] = [];
  #headers: readonly string[] = [];
  #mapping: Mapping | null = null;
  #rivals: readonly RivalColumn[] = [];

  constructor(terms: ReadTerms, malformed: "csv-malformed" | "xlsx-malformed", delimiter: string | null) {
    this.#terms = terms;
    this.#malformed = malformed;
    this.#delimiter = delimiter;
  }

  get mapping(): Mapping {
    if (this.#mapping === null) throw intakeError("file-empty", "The file has no header, which is its first row.");
    return this.#mapping;
  }

  push(rows: readonly Cells[]): IntakeRecord[] {
    if (this.#mapping !== null) return rows.flatMap((row) => this.#record(row));
    for (const row of rows) this.#first.push(row);
    return this.#first.length > HEADER_WITHIN + 1 ? this.#begin() : [];
  }

  /** Throws file-empty, mapping-incomplete, mapping-ambiguous, mapping-unknown, and csv-malformed or xlsx-malformed. */
  end(): IntakeRecord[] {
    return this.#mapping === null ? this.#begin() : [];
  }

  #begin(): IntakeRecord[] {
    const rows = this.#first;
    const at = headerAt(rows, this.#terms);
    const header = rows[at];
    if (header === undefined || header.cells.every((cell) => cell.trim() === "")) {
      throw intakeError("file-empty", "The file has no header, which is its first row.");
    }
    this.#headers = header.cells.map((cell) => cell.trim());
    if (this.#headers.length > LIMITS.columns) {
      const message = `The file has ${this.#headers.length} columns; at most ${LIMITS.columns} are read.`;
      throw intakeError(this.#malformed, message);
    }
    const second = (rows[at + 1]?.cells ?? []).map((cell) => cell.trim());
    const hxl = isHxlRow(second) ? second : null;
    this.#mapping = {
      delimiter: this.#delimiter,
      header_row: header.row,
      hxl_row: hxl === null ? null : (rows[at + 1] as Cells).row,
      ...mapColumns(this.#headers, hxl, this.#terms),
      assumed: [],
    };
    if (!this.#terms.placeless) requirePlace(this.#mapping);
    this.#rivals = rivalColumns(this.#headers, hxl ?? [], this.#mapping);
    this.#first = [];
    return rows.slice(at + (hxl === null ? 1 : 2)).flatMap((row) => this.#record(row));
  }

  #record(row: Cells): IntakeRecord[] {
    const source = sourceRow(row, this.#headers, this.mapping);
    const notice = source.values.get("notice");
    if (notice !== undefined && !hasPosition(this.mapping)) return [noticeRecord(source, this.#terms)];
    const rivals = this.#rivals.map(({ field, index }) => ({ field, text: (row.cells[index] ?? "").trim() }));
    return [recordOf({ ...source, rivals }, this.#terms)];
  }
}

/** The first row whose cells say where things are; the first that is not blank where none does. */
function headerAt(rows: readonly Cells[], terms: ReadTerms): number {
  const filled = rows.findIndex(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  for (const [i, { cells }] of rows.slice(0, HEADER_WITHIN).entries()) {
    const headers = cells.map((cell) => cell.trim());
    const next = (rows[i + 1]?.cells ?? []).map((cell) => cell.trim());
    if (headers.length <= LIMITS.columns && isHeader(headers, isHxlRow(next) ? next : null, terms)) return i;
  }
  return Math.max(filled, 0);
}

function isHeader(headers: readonly string[], hxl: readonly string[] | null, terms: ReadTerms): boolean {
  const given = Object.values(terms.given).filter((name) => name !== "");
  if (given.length > 0 && given.every((name) => headers.includes(name))) return true;
  try {
    return hasPlace(mapColumns(headers, hxl, { ...terms, given: {} }).columns);
  } catch {
    return true;
  }
}

function hasPosition({ columns }: Mapping): boolean {
  return columns.some(({ field }) => field === "latitude" || field === "position" || field === "wkt");
}

function sourceRow({ row, cells, hidden = false }: Cells, headers: readonly string[], mapping: Mapping): SourceRow {
  const values = new Map(mapping.columns.map(({ field, column }) => [field, (cells[column - 1] ?? "").trim()]));
  return {
    row,
    values,
    geometry: undefined,
    times: undefined,
    findings: [...formOf(cells, headers, mapping), ...(hidden ? [finding("row-hidden", null, {})] : [])],
  };
}

function formOf(cells: readonly string[], headers: readonly string[], mapping: Mapping): Finding[] {
  if (isBlank(cells, mapping)) return [finding("blank-row", null, {})];
  if (mapping.delimiter !== null && cells.length !== headers.length) {
    return [finding("ragged-row", null, { fields: cells.length, header: headers.length })];
  }
  const shape = mapping.columns.find(({ field }) => field === "wkt")?.column;
  const long = cells.findIndex((cell, i) => cell.length > (i + 1 === shape ? LIMITS.shape : LIMITS.field));
  if (long < 0) return [];
  const most = long + 1 === shape ? LIMITS.shape : LIMITS.field;
  return [finding("field-too-long", headers[long] ?? null, { length: (cells[long] as string).length, most })];
}

const FILLER: ReadonlySet<ColumnField> = new Set(["starts", "ends", "verified_at", "people"]);

/** Blank where nothing says where or what: software fills in an index, a date or an empty total all the same. */
function isBlank(cells: readonly string[], mapping: Mapping): boolean {
  return mapping.columns.every(({ field, column }) => FILLER.has(field) || (cells[column - 1] ?? "").trim() === "");
}
