/**
 * Tables: CSV and XLSX. Points and circles have their position in two columns, areas and lines theirs as well-known text
 * in one. A text that a spreadsheet would run as a formula is kept from it.
 */
import { zipSync } from "fflate";
import { utf8 } from "../../wire/bytes.ts";
import type { Volume } from "../../geo/index.ts";
import { csvText } from "./csv.ts";
import { type Left, leftOut } from "./left.ts";
import { anchorOf, decimal, escaped, limitsOf, timeOf, titleOf, type Told, type WrittenFile } from "./told.ts";
import { wktOf } from "./wkt.ts";

export function writeCsv(told: readonly Told[]): WrittenFile {
  const { rows, left } = rowsOf(told, Infinity);
  return { content: csvText(rows), left };
}

/** Characters of a cell of a workbook, at most. */
const CELL = 32_767;

export function writeXlsx(told: readonly Told[]): WrittenFile {
  const { rows, left } = rowsOf(told, CELL);
  const sheet = rows.map((row, i) => `<row r="${i + 1}">${row.map(cellOf).join("")}</row>`).join("");
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const opc = "http://schemas.openxmlformats.org/package/2006";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const files = {
    "[Content_Types].xml": `<Types xmlns="${opc}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${opc}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${opc}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Parley" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  };
  const packed = Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, utf8(head + xml)]));
  return { content: zipSync(packed, { mtime: new Date(Date.UTC(1980, 0, 2)) }), left };
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Text in a cell of its own type is never a formula; numbers are numbers, and "00017" is none. */
function cellOf(text: string): string {
  if (NUMBER.test(text) && text.length < 16 && String(Number(text)) === text) return `<c><v>${text}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

type Row = ReadonlyMap<string, string>;

const FIRST = ["id", "kind", "name", "latitude", "longitude", "radius_m", "starts", "ends", "lower", "upper"];

/** The header and the rows: the columns that every table has, those that any of its rows needs, and the remarks last. */
function rowsOf(told: readonly Told[], cell: number): { readonly rows: string[][]; readonly left: Left[] } {
  const left: Left[] = [];
  const rows = told.flatMap((each) => {
    if (each.route.some(({ at }) => at !== null)) {
      left.push(leftOut("table-route-times", titleOf(each)));
    }
    return each.volumes.flatMap((volume): Row[] => {
      const row = rowOf(each, volume);
      const long = [...row].find(([, text]) => text.length > cell);
      if (long === undefined) return [row];
      left.push({ code: "workbook-cell", name: titleOf(each), column: long[0], characters: long[1].length });
      return [];
    });
  });
  const header = [...new Set([...FIRST, ...rows.flatMap((row) => [...row.keys()]).filter((key) => key !== "remarks")])];
  header.push("remarks");
  return { rows: [header, ...rows.map((row) => header.map((key) => row.get(key) ?? ""))], left };
}

function rowOf(told: Told, { footprint, height, window }: Volume): Row {
  const [lower, upper] = limitsOf(height);
  const isPlace = footprint.type === "point" || footprint.type === "circle";
  const { lat, lon } = anchorOf(footprint);
  return new Map([
    ["id", told.id],
    ["kind", told.kind],
    ["name", titleOf(told)],
    ["latitude", isPlace ? decimal(lat) : ""],
    ["longitude", isPlace ? decimal(lon) : ""],
    ["radius_m", footprint.type === "circle" ? decimal(footprint.radius_m) : ""],
    ["starts", timeOf(window.start)],
    ["ends", timeOf(window.end)],
    ["lower", lower],
    ["upper", upper],
    ...(isPlace ? [] : [["wkt", wktOf(footprint)] as const]),
    ...(footprint.type === "corridor" ? [["width_m", decimal(footprint.width_m)] as const] : []),
    ...told.fields,
    ["remarks", told.remarks],
  ]);
}
