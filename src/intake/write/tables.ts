/** Points and circles as tables: CSV and XLSX. A text that a spreadsheet would run as a formula is kept from it. */
import { zipSync } from "fflate";
import { utf8 } from "../../wire/bytes.ts";
import { anchorOf, escaped, timeOf, type Told, type WrittenFile } from "./told.ts";

const HEADER = ["id", "name", "latitude", "longitude", "radius_m", "starts", "ends", "lower", "upper", "remarks"];

export function writeCsv(told: readonly Told[]): WrittenFile {
  const { rows, left } = rowsOf(told);
  const lines = [HEADER, ...rows].map((row) => row.map((cell) => quoted(harmless(cell))).join(","));
  return { content: `${lines.join("\r\n")}\r\n`, left };
}

export function writeXlsx(told: readonly Told[]): WrittenFile {
  const { rows, left } = rowsOf(told);
  const sheet = [HEADER, ...rows].map((row, i) => `<row r="${i + 1}">${row.map(cellOf).join("")}</row>`).join("");
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

/** Text in a cell of its own type is never a formula; numbers are numbers. */
function cellOf(text: string): string {
  if (NUMBER.test(text) && text.length < 16) return `<c><v>${text}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** What begins like a formula gets an apostrophe, unless it is a number. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rowsOf(told: readonly Told[]): { readonly rows: string[][]; readonly left: string[] } {
  const left: string[] = [];
  const rows = told.flatMap(({ id, name, remarks, volumes }) =>
    volumes.flatMap(({ footprint, height, window }) => {
      if (footprint.type !== "point" && footprint.type !== "circle") {
        left.push(`${name || id}: a table holds no ${footprint.type}.`);
        return [];
      }
      const { lat, lon } = anchorOf(footprint);
      const radius = footprint.type === "circle" ? String(footprint.radius_m) : "";
      const band = [height?.lower_m, height?.upper_m].map((metres) =>
        metres === null || metres === undefined ? "" : `${metres} m ${height?.datum}`,
      );
      return [[id, name, String(lat), String(lon), radius, timeOf(window.start), timeOf(window.end), ...band, remarks]];
    }),
  );
  return { rows, left };
}
