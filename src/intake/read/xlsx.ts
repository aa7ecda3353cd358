/** Workbooks (XLSX, ISO/IEC 29500) into rows of cells as they are shown: dates as days, numbers as they are kept. */
import { serialText } from "../../geo/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Mapping } from "../columns.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord } from "../record.ts";
import type { ReadTerms, WholeFile } from "./reader.ts";
import { type Cells, Table } from "./table.ts";
import { childOf, childrenOf, xmlReader, type XmlNode, xmlTree } from "./xml.ts";
import { Archive } from "./zip.ts";

interface Sheet {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

interface Workbook {
  readonly archive: Archive;
  readonly sheets: readonly Sheet[];
  readonly from1904: boolean;
  readonly strings: readonly string[];
  /** By number of style: whether a number in it is shown as a date. */
  readonly dates: readonly boolean[];
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
      return { mapping: { ...mapping, assumed: assumedSheet(book, sheet, terms) }, records };
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
  const reader = sheetReader(book, take);
  const decoder = new TextDecoder();
  const found = book.archive.read(path, (piece) => reader.push(decoder.decode(piece, { stream: true })));
  if (!found) throw intakeError("xlsx-malformed", `The workbook's sheet "${path.slice(0, 60)}" is missing.`);
  reader.end();
  records.push(...table.end());
  return { mapping: table.mapping, records };
}

function sheetReader(book: Workbook, take: (row: Cells) => void) {
  let [row, cells, at]: [number, string[], number] = [0, [], 0];
  let [type, style, text, inValue] = ["n", 0, "", false];
  return xmlReader({
    open: (name, attributes) => {
      if (name === "row") {
        row = Number(attributes["r"] ?? row + 1);
        [cells, at] = [[], 0];
      } else if (name === "c") {
        at = attributes["r"] === undefined ? at : columnOf(attributes["r"]);
        [type, style, text] = [attributes["t"] ?? "n", Number(attributes["s"] ?? 0), ""];
      } else if (name === "v" || name === "t") inValue = true;
      else if (name === "rPh") inValue = false;
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
      } else if (name === "row") take({ row, cells });
    },
  });
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
      return book.strings[Number(text)] ?? "";
    case "b":
      return text === "1" ? "true" : "false";
    case "n": {
      if (text === "") return "";
      const day = book.dates[style] === true ? serialText(Number(text), book.from1904) : null;
      return day ?? plainNumber(text);
    }
    default:
      // Text in the cell itself, a formula's text, an error such as #REF!, or an ISO 8601 date.
      return text;
  }
}

/** Spreadsheets keep 36.34 as 36.340000000000003: fifteen digits are all that they show. */
function plainNumber(text: string): string {
  const value = Number(text);
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
    dates: styles === null ? [] : datesOf(treeOf(archive, styles)),
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

function datesOf(styles: XmlNode): boolean[] {
  const own = new Map<number, boolean>();
  for (const { attributes } of childrenOf(childOf(styles, "numFmts") ?? styles, "numFmt")) {
    own.set(Number(attributes["numFmtId"]), isDateFormat(attributes["formatCode"] ?? ""));
  }
  return childrenOf(childOf(styles, "cellXfs") ?? styles, "xf").map(({ attributes }) => {
    const id = Number(attributes["numFmtId"] ?? 0);
    return own.get(id) ?? BUILT_IN.has(id);
  });
}

/** What is left of a format without its quoted words, colours and conditions has a year, a day or an hour in it. */
function isDateFormat(code: string): boolean {
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, "");
  return /[ydhs]/i.test(bare) || /m{3,}/i.test(bare);
}
