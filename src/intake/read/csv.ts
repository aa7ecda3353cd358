/** CSV (RFC 4180), with the separators and line ends that spreadsheets write, piece by piece. */
import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { utf8 } from "../../wire/bytes.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord } from "../record.ts";
import type { Reader, ReadTerms } from "./reader.ts";
import { Table } from "./table.ts";

/** Text is parsed in blocks of about this many characters, cut where a line ends outside quotation marks. */
const BLOCK = 1 << 18;

/** @throws csv-malformed, file-empty, mapping-incomplete, mapping-ambiguous, mapping-unknown */
export function csvReader(terms: ReadTerms): Reader<string> {
  let pending = "";
  let table: Table | null = null;
  let delimiter: Delimiter = ",";
  let row = 0;
  const take = (text: string): IntakeRecord[] => {
    if (table === null) {
      delimiter = delimiterOf(text);
      table = new Table(terms, "csv-malformed", delimiter);
    }
    refuseEndless(text, delimiter, row);
    const records = recordsOf(text, delimiter, row);
    const cells = records.map((each, i) => ({ row: row + i + 1, cells: each.map(asWritten) }));
    row += records.length;
    return table.push(cells);
  };
  return {
    push: (piece) => {
      pending += piece;
      if (pending.length < BLOCK) return [];
      const cut = lastLineEnd(pending);
      if (cut === 0) {
        if (pending.length > LIMITS.record) throw intakeError("csv-malformed", unclosed(row));
        return [];
      }
      const block = pending.slice(0, cut);
      pending = pending.slice(cut);
      return take(block);
    },
    end: () => {
      const last = take(pending);
      pending = "";
      return [...last, ...(table as Table).end()];
    },
    mapping: () => (table as Table).mapping,
  };
}

/** Writers put an apostrophe before what a spreadsheet would run as a formula (OWASP, CSV injection): it is no part of it. */
function asWritten(cell: string): string {
  return /^'[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

/** The place after the last line end that no quotation mark encloses; 0 where there is none. */
function lastLineEnd(text: string): number {
  let quoted = false;
  let cut = 0;
  for (let i = 0; i < text.length - 1; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) quoted = !quoted;
    // A carriage return may be half of a line end: the character after it decides.
    else if (!quoted && (code === 0x0a || (code === 0x0d && text.charCodeAt(i + 1) !== 0x0a))) cut = i + 1;
  }
  return cut;
}

/** Counted before it is parsed: a megabyte of separators is a row of a million fields, and takes seconds. */
function refuseEndless(text: string, delimiter: string, before: number): void {
  const separator = delimiter.charCodeAt(0);
  let [fields, quoted] = [0, false];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) quoted = !quoted;
    else if (quoted) continue;
    else if (code === 0x0a || code === 0x0d) fields = 0;
    else if (code === separator) fields += 1;
    if (fields <= LIMITS.fields) continue;
    const message = `The file is not well-formed CSV: a row after row ${before} has more than ${LIMITS.fields} fields.`;
    throw intakeError("csv-malformed", message);
  }
}

function unclosed(row: number): string {
  return `The file is not well-formed CSV: after row ${row} a row does not end, or a quotation mark is never closed.`;
}

type Delimiter = "," | ";" | "\t" | "|";

/** Whichever separator the first line that has any has most of, outside quotes. */
function delimiterOf(text: string): Delimiter {
  const lines = text.slice(0, 100_000).split(/\r\n|\n|\r/);
  const line = (lines.find((each) => /[,;\t|]/.test(each)) ?? "").replaceAll(/"[^"]*"/g, "");
  const count = (separator: string): number => line.split(separator).length;
  return ([",", ";", "\t", "|"] as const).reduce((best, next) => (count(next) > count(best) ? next : best));
}

function recordsOf(text: string, delimiter: Delimiter, before: number): readonly (readonly string[])[] {
  try {
    // As bytes: the browser's build makes them of text one by one in an array of numbers, which took half of all the time.
    return parse(utf8(before === 0 ? text.replace(/^\ufeff/, "") : text), {
      delimiter,
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: LIMITS.record,
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const message = `The file is not well-formed CSV${lineOf(cause, before)}: ${reasonOf(cause)}.`;
    throw intakeError("csv-malformed", message, { cause });
  }
}

function lineOf(error: CsvError, before: number): string {
  if (typeof error["lines"] !== "number") return "";
  return before === 0 ? ` near line ${error["lines"]}` : ` some ${error["lines"]} lines after row ${before}`;
}

function reasonOf(error: CsvError): string {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "a quotation mark is opened and never closed";
  if (error.code === "CSV_MAX_RECORD_SIZE") return "one row is larger than anything that is read";
  return "a quotation mark stands where none may stand";
}
