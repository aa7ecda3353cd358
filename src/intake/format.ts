/** Which format a file is in, by its first bytes and words. */
import type { Bytes } from "../wire/bytes.ts";

export const FORMATS = [
  "csv",
  "xlsx",
  "geojson",
  "kml",
  "kmz",
  "gpx",
  "cot",
  "cap",
  "volume4d",
  "openair",
  "yaixm",
  "text",
] as const;
export type Format = (typeof FORMATS)[number];

/** Formats that are archives; all others are text. */
export type Archived = "xlsx" | "kmz";

export function isArchived(format: Format): format is Archived {
  return format === "xlsx" || format === "kmz";
}

export function isArchive([a, b, c, d]: Bytes): boolean {
  return a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04;
}

/** Of an archive, by the names that stand in its first bytes; both begin with one of these. */
export function archiveFormat(head: Bytes): Archived {
  const names = new TextDecoder("latin1").decode(head.subarray(0, 1 << 16));
  return /\[Content_Types\]\.xml|xl\/|_rels\/\.rels|docProps\//.test(names) ? "xlsx" : "kmz";
}

const ROOTS: ReadonlyMap<string, Exclude<Format, Archived>> = new Map([
  ["kml", "kml"],
  ["gpx", "gpx"],
  ["event", "cot"],
  ["events", "cot"],
  ["alert", "cap"],
  ["feed", "cap"],
]);

/** The first element's name, in small letters, after declarations and comments; "" where there is none. */
function rootOf(text: string): string {
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    const close = text.startsWith("<!--", at) ? "-->" : text.startsWith("<?", at) ? "?>" : ">";
    if (close === ">" && text.charAt(at + 1) !== "!") {
      return /^<(?:[a-z\d]{1,40}:)?([a-z]{1,40})[\s>/]/i.exec(text.slice(at, at + 100))?.[1]?.toLowerCase() ?? "";
    }
    const end = text.indexOf(close, at + 2);
    if (end < 0) return "";
    at = end + close.length;
  }
  return "";
}

const NOTICE = /\b(?:NAVAREA [IVX]+|HYDRO(?:PAC|LANT|ARC)|NOTAM[NRC]) ?\d|\bQ\) ?[A-Z]{4}\//;

/** Of a text, by its beginning. Whatever is none of the others is a table where its lines have separators, or words. */
export function textFormat(head: string): Exclude<Format, Archived> {
  // RFC 8142 puts a record separator before each feature.
  // oxlint-disable-next-line no-control-regex -- the record separator is one
  const text = head.replace(/^[\s\u001e]+/, "");
  if (text.startsWith("<")) {
    return ROOTS.get(rootOf(text)) ?? "kml";
  }
  if (text.startsWith("[")) return "volume4d";
  if (text.startsWith("{"))
    return /"outline_(?:polygon|circle)"/.test(text) && !/"Feature/.test(text) ? "volume4d" : "geojson";
  if (/^A[CN] +\S/m.test(text) && /^(?:DP|DC|DB|DA|V) +\S/m.test(text)) return "openair";
  if (/^(?:airspace|rat|loa|obstacle|service):/m.test(text)) return "yaixm";
  const first = text.split(/\r\n|\n|\r/, 12).filter((line) => line.trim() !== "");
  if (NOTICE.test(text) && !/\b(?:msg|notam)[a-z_ ]{0,20}text\b/i.test(text.split("\n", 1)[0] ?? "")) return "text";
  return isTable(first) ? "csv" : "text";
}

/** The first line reads like a header, and the lines after it like rows of the same width. */
function isTable(lines: readonly string[]): boolean {
  const [header = "", next] = lines.map((line) => line.replaceAll(/"[^"]*"/g, ""));
  const cells = header.split(/[,;\t|]/);
  const isHeader = cells.every((cell) => cell.trim().length < 60 && !/^\s*[+-]?\d+\.\d+\s*$/.test(cell));
  const evenly = (separator: string): boolean => {
    const count = header.split(separator).length;
    if (count < 2) return false;
    return next === undefined || separator !== "," || count > 2 || next.split(",").length === count;
  };
  return isHeader && ["\t", ";", ",", "|"].some(evenly);
}
