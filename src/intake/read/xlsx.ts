/** Workbooks (XLSX, ISO/IEC 29500) into rows of cells as they are shown: dates as days, numbers as they are kept. */
import { serialText } from "../../geo/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Mapping } from "../columns.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord } from "../record.ts";
import { decimalNumber } from "../value.ts";
import type { ReadTerms, WholeFile } from "./reader.ts";
import { type Cells, Table } from "./table.ts";
import { childOf, childrenOf, xmlReader, type XmlNode, xmlTree } from "./xml.ts";
import { Archive } from "./zip.ts";

interface Sheet {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

/** A number as it is kept, a date or time of day, or hours that go on beyond a day. */
type Shown = "number" | "date" | "elapsed";

interface Workbook {
  readonly archive: Archive;
  readonly sheets: readonly Sheet[];
  readonly from1904: boolean;
  readonly strings: readonly string[];
  /** By number of style: how a number in it is shown. */
  readonly shown: readonly Shown[];
}

/** @throws archive-malformed, xml-malformed, xlsx-malformed, import-too-large, and what a table throws */
export function readXlsx(bytes: Bytes, terms: ReadTerms): WholeFile {
  const book = workbookOf(new Archive(bytes));
  const shown = book.sheets.filter(({ hidden }) => !hidden);
  const named = terms.sheet === null ? shown : book.sheets.filter(({ name }) => name === terms.sheet);
  if (named.length === 0) {
    const known = book.sheets.map(({ name }) => `"${name.slice(0, 60)}"`).join(", ");
    throw intakeError("xlsx-malformed", `The workbook has no such sheet to read. It has ${known || "none"}.`);
  }
  let fault: unknown = null;
  for (const sheet of named) {
    try {
      const { mapping, records } = readSheet(book, sheet, terms);
      return { mapping: { ...mapping, assumed: [...assumedSheet(book, sheet, terms), ...mapping.assumed] }, records };
    } catch (error) {
      fault ??= error;
    }
  }
  throw fault;
}

function assumedSheet({ sheets }: Workbook, { name }: Sheet, { sheet }: ReadTerms): Mapping["assumed"] {
  const others = sheets.filter((each) => each.name !== name).map((each) => `"${each.name.slice(0, 60)}"`);
  if (others.length === 0 || sheet !== null) return [];
  const because = `It is the first shown that says where things are. Not read: ${others.join(", ")}.`;
  return [{ field: "sheet", value: name, because }];
}

function readSheet(book: Workbook, { path }: Sheet, terms: ReadTerms): WholeFile {
  const table = new Table(terms, "xlsx-malformed", null);
  const records: IntakeRecord[] = [];
  let blank: Cells[] = [];
  const take = (row: Cells): void => {
    // Empty rows at the end of a sheet are only formats.
    if (row.cells.every((cell) => cell.trim() === "")) {
      if (blank.length < LIMITS.rows) blank.push(row);
      return;
    }
    for (const record of table.push([...blank, row])) records.push(record);
    blank = [];
    if (records.length > LIMITS.rows) {
      throw intakeError("import-too-large", `The sheet has more than ${LIMITS.rows} rows.`);
    }
  };
  const hiddenColumns = new Set<number>();
  const reader = sheetReader(book, take, (from, to) => {
    for (let column = from; column <= Math.min(to, LIMITS.columns); column++) hiddenColumns.add(column);
  });
  const decoder = new TextDecoder();
  const found = book.archive.read(path, (piece) => reader.push(decoder.decode(piece, { stream: true })));
  if (!found) throw intakeError("xlsx-malformed", `The workbook's sheet "${path.slice(0, 60)}" is missing.`);
  reader.end();
  records.push(...table.end());
  return { mapping: { ...table.mapping, assumed: hiddenIn(table.mapping, hiddenColumns) }, records };
}

function hiddenIn({ columns }: Mapping, hidden: ReadonlySet<number>): Mapping["assumed"] {
  const because = "The column is hidden in the workbook, and was read all the same.";
  return columns.flatMap(({ column, field, header }) =>
    hidden.has(column) ? [{ field, value: header, because }] : [],
  );
}

function sheetReader(book: Workbook, take: (row: Cells) => void, hideColumns: (from: number, to: number) => void) {
  let [row, cells, at, hidden]: [number, string[], number, boolean] = [0, [], 0, false];
  let [type, style, text, inValue] = ["n", 0, "", false];
  return xmlReader({
    open: (name, attributes) => {
      if (name === "row") {
        row = rowAfter(row, attributes["r"]);
        [cells, at, hidden] = [[], 0, isTrue(attributes["hidden"])];
      } else if (name === "c") {
        at = attributes["r"] === undefined ? at : columnOf(attributes["r"]);
        if (cells[at] !== undefined)
          throw intakeError("xlsx-malformed", `Row ${row} has a cell twice, or out of its order.`);
        [type, style, text] = [attributes["t"] ?? "n", Number(attributes["s"] ?? 0), ""];
      } else if (name === "v" || name === "t") {
        if (name === "v" && text !== "") throw intakeError("xlsx-malformed", `A cell of row ${row} has two values.`);
        inValue = true;
      } else if (name === "rPh") inValue = false;
      else if (name === "col" && isTrue(attributes["hidden"])) {
        hideColumns(Number(attributes["min"]), Number(attributes["max"]));
      }
    },
    text: (piece) => {
      if (inValue && text.length <= LIMITS.shape) text += piece;
    },
    close: (name) => {
      if (name === "v" || name === "t") inValue = false;
      else if (name === "c") {
        if (at >= LIMITS.columns) throw intakeError("xlsx-malformed", `A row has more than ${LIMITS.columns} columns.`);
        while (cells.length < at) cells.push("");
        cells[at] = cellText(book, type, style, text);
        at += 1;
      } else if (name === "row") take({ row, cells, hidden });
    },
  });
}

/** Rows stand in their order, each once: what is found is told of a row by its number. */
function rowAfter(before: number, said: string | undefined): number {
  if (said === undefined) return before + 1;
  const row = /^\d{1,7}$/.test(said) ? Number(said) : 0;
  if (row > before) return row;
  throw intakeError("xlsx-malformed", `After row ${before} a row "${said.slice(0, 20)}" stands, out of its order.`);
}

function isTrue(text: string | undefined): boolean {
  return text === "1" || text === "true";
}

/** "BC12" is column 54, counted from 0. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (letters === undefined) throw intakeError("xlsx-malformed", `A cell has no place: "${reference.slice(0, 20)}".`);
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText(book: Workbook, type: string, style: number, text: string): string {
  switch (type) {
    case "s":
      return sharedString(book, text);
    case "b":
      return text === "1" ? "true" : "false";
    case "n": {
      if (text === "") return "";
      const shown = book.shown[style] ?? "number";
      return shown === "number" ? plainNumber(text) : timeText(decimalNumber(text), shown, book.from1904);
    }
    default:
      // Text in the cell itself, a formula's text, an error such as #REF!, or an ISO 8601 date.
      return text;
  }
}

function sharedString({ strings }: Workbook, text: string): string {
  const found = /^\d{1,9}$/.test(text) ? strings[Number(text)] : undefined;
  if (found === undefined && text !== "") {
    throw intakeError("xlsx-malformed", `A cell's text, number "${text.slice(0, 20)}", is not in the workbook.`);
  }
  return found ?? "";
}

/**
 * As the sheet shows it: 1.5141666 in the form of hours, minutes and seconds is 36:20:24, which people enter as degrees, and
 * a latitude in the form of a date is a day, which is no latitude.
 */
function timeText(value: number, shown: "date" | "elapsed", from1904: boolean): string {
  const day = shown === "date" ? serialText(value, from1904) : null;
  if (day !== null) return day;
  const seconds = Math.round(value * 86_400);
  if (!(seconds >= 0 && seconds < 366 * 86_400) || (shown === "date" && value >= 1)) return "########";
  return `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}

/** Spreadsheets keep 36.34 as 36.340000000000003: fifteen digits are all that they show. */
function plainNumber(text: string): string {
  const value = decimalNumber(text);
  if (!Number.isFinite(value)) return text;
  const short = String(Number(value.toPrecision(15)));
  return short.includes("e") ? text : short;
}

function workbookOf(archive: Archive): Workbook {
  const relations = relationsOf(archive, "_rels/.rels");
  const path = relations.find(({ type }) => type.endsWith("/officeDocument"))?.target ?? "xl/workbook.xml";
  const root = treeOf(archive, path);
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const parts = relationsOf(archive, `${folder}_rels/${path.slice(folder.length)}.rels`);
  const partPath = (target: string): string => (target.startsWith("/") ? target.slice(1) : folder + target);
  const listed = childOf(root, "sheets")?.children ?? [];
  const sheets = listed.flatMap(({ attributes }): Sheet[] => {
    const part = parts.find(({ id }) => id === (attributes["r:id"] ?? attributes["id"]));
    if (part === undefined || !part.type.endsWith("/worksheet")) return [];
    const hidden = attributes["state"] === "hidden" || attributes["state"] === "veryHidden";
    return [{ name: attributes["name"] ?? "", path: partPath(part.target), hidden }];
  });
  const of = (kind: string): string | null => {
    const part = parts.find(({ type }) => type.endsWith(kind));
    return part === undefined ? null : partPath(part.target);
  };
  const date1904 = childOf(root, "workbookPr")?.attributes["date1904"];
  const [strings, styles] = [of("/sharedStrings"), of("/styles")];
  return {
    archive,
    sheets,
    from1904: date1904 === "1" || date1904 === "true",
    strings: strings === null ? [] : stringsOf(archive, strings),
    shown: styles === null ? [] : formsOf(treeOf(archive, styles)),
  };
}

function relationsOf(archive: Archive, path: string) {
  const text = archive.text(path);
  if (text === null) return [];
  return xmlTree(text).children.map(({ attributes }) => {
    const { Id: id = "", Type: type = "", Target: target = "" } = attributes;
    return { id, type, target: target.replace(/^\.\//, "") };
  });
}

function treeOf(archive: Archive, path: string): XmlNode {
  const text = archive.text(path);
  if (text === null)
    throw intakeError("xlsx-malformed", `The archive has no "${path.slice(0, 60)}": it is no workbook.`);
  return xmlTree(text);
}

/** Of each shared string its pieces of text, without the reading aids beside them. */
function stringsOf(archive: Archive, path: string): string[] {
  const strings: string[] = [];
  let [text, inText, inAid] = ["", false, false];
  const reader = xmlReader({
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") inAid = true;
      else if (name === "t") inText = !inAid;
    },
    text: (piece) => {
      if (inText && text.length <= LIMITS.shape) text += piece;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "rPh") inAid = false;
      else if (name === "si") strings.push(text);
    },
  });
  const decoder = new TextDecoder();
  if (archive.read(path, (piece) => reader.push(decoder.decode(piece, { stream: true })))) reader.end();
  return strings;
}

/** Formats of dates and times among those that every workbook has (ECMA-376, 18.8.30). */
const BUILT_IN = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 36, 45, 46, 47, 50, 51, 52, 53, 54, 57, 58,
]);

/** `[h]:mm:ss` (ECMA-376, 18.8.30). */
const BUILT_IN_ELAPSED = 46;

function formsOf(styles: XmlNode): Shown[] {
  const own = new Map<number, Shown>();
  for (const { attributes } of childrenOf(childOf(styles, "numFmts") ?? styles, "numFmt")) {
    own.set(Number(attributes["numFmtId"]), formOf(attributes["formatCode"] ?? ""));
  }
  return childrenOf(childOf(styles, "cellXfs") ?? styles, "xf").map(({ attributes }) => {
    const id = Number(attributes["numFmtId"] ?? 0);
    return own.get(id) ?? (id === BUILT_IN_ELAPSED ? "elapsed" : BUILT_IN.has(id) ? "date" : "number");
  });
}

/** Characters of a format (Excel allows 255). */
const FORMAT = 1000;

/** What is left of a format without its quoted words, colours and conditions has a year, a day or an hour in it. */
function formOf(code: string): Shown {
  const bare = code.slice(0, FORMAT).replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, "");
  if (/\[h+\]/i.test(bare)) return "elapsed";
  return /[ydhs]/i.test(bare) || /m{3,}/i.test(bare) ? "date" : "number";
}
