/** A file that someone brings, into drafts with findings. Nothing is decided here: what was probably meant is proposed. */
import type { Bytes } from "../wire/bytes.ts";
import { CODES, type Kind } from "../message/index.ts";
import type { Finding } from "./codes.ts";
import { type ColumnField, type Mapping, type MappingWish } from "./columns.ts";
import { readCsv } from "./csv.ts";
import { intakeError } from "./errors.ts";
import { readGeoJson } from "./geojson.ts";
import { LIMITS } from "./limits.ts";
import type { Area } from "./area.ts";
import { type FindContext, findIn } from "./find.ts";
import {
  type Drafted,
  draftOf,
  type Given,
  IMPORTABLE_KINDS,
  type ImportableKind,
  type ImportedDraft,
} from "./draft.ts";
import { recordOf } from "./read-row.ts";
import { type IntakeRecord, isRefused } from "./record.ts";
import type { Source } from "./source.ts";

export const FORMATS = ["csv", "geojson"] as const;
export type Format = (typeof FORMATS)[number];

export interface ImportOptions {
  /** Left out: a file that begins with a brace is GeoJSON, any other CSV. */
  readonly format?: Format;
  readonly as: Kind;
  /** Field to header, where the columns that were found are not the right ones. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Category of every row that names none. Default `other`. */
  readonly category?: string;
  readonly country?: string;
  /** Language of names whose column does not say it. Default `en`. */
  readonly lang?: string;
  /** Whole width of the corridor round a line, metres. */
  readonly width_m?: number;
  /** How far a movement may be ahead of its times or behind, seconds. Default 900. */
  readonly tolerance_s?: number;
  /** What lies outside is warned of. */
  readonly area?: Area;
  /** The list before this one, as its file is: what moved or went since is warned of. */
  readonly since?: string | Bytes;
}

export interface ImportedRow {
  /** Counted from 1. A CSV header is row 1; features of GeoJSON have no header. */
  readonly row: number;
  readonly draft: ImportedDraft | null;
  readonly findings: readonly Finding[];
}

export interface ImportResult {
  readonly format: Format;
  readonly mapping: Mapping;
  readonly rows: readonly ImportedRow[];
  /** How many rows there were, became drafts, were refused, carry a warning, carry a note. */
  readonly summary: {
    readonly rows: number;
    readonly drafts: number;
    readonly refused: number;
    readonly warned: number;
    readonly noted: number;
  };
}

/**
 * Reads the whole of `input`, text or the file's bytes (UTF-8, or UTF-16 with its mark), at most 32 MiB.
 * @throws every code of errors.ts, where nothing of the file can be read; faults of a row are findings
 */
export function importText(input: string | Bytes, options: ImportOptions): ImportResult {
  const kind = importable(options.as);
  const wish: MappingWish = { given: options.mapping ?? {}, lang: options.lang ?? "en" };
  const { format, source } = sourceOf(input, options.format, wish);
  if (kind === "movement" && format === "csv") {
    throw intakeError("kind-not-importable", "A movement is a line: it is brought in as GeoJSON, not as CSV.");
  }
  const given: Given = {
    category: categoryOf(kind, options.category ?? "other"),
    country: options.country ?? null,
    lang: wish.lang,
    width_m: options.width_m ?? null,
    tolerance_s: options.tolerance_s ?? 900,
  };
  const since = options.since === undefined ? null : recordsOf(options.since, wish, given);
  const rows = rowsOf(source, given, { kind, area: options.area ?? null, since });
  return {
    format,
    mapping: { ...source.mapping, assumed: assumedBy(source.mapping, given, kind) },
    rows,
    summary: summed(rows),
  };
}

function sourceOf(input: string | Bytes, asked: Format | undefined, wish: MappingWish) {
  const text = textOf(input);
  const format = asked ?? (/^\s*\{/.test(text) ? "geojson" : "csv");
  if (!(FORMATS as readonly string[]).includes(format))
    throw intakeError("file-format-unknown", `There is no format "${format}" here.`);
  return { format, source: format === "geojson" ? readGeoJson(text, wish) : readCsv(text, wish) };
}

/** The list before, in whatever format it is: its own columns are found anew. */
function recordsOf(input: string | Bytes, { lang }: MappingWish, { width_m }: Given): IntakeRecord[] {
  const { source } = sourceOf(input, undefined, { given: {}, lang });
  return source.rows.map((row) => recordOf(row, width_m)).filter((record) => !isRefused(record));
}

function importable(kind: Kind): ImportableKind {
  const found = IMPORTABLE_KINDS.find((each) => each === kind);
  if (found !== undefined) return found;
  throw intakeError(
    "kind-not-importable",
    `A file is brought in as one of ${IMPORTABLE_KINDS.join(", ")}, not as ${kind}.`,
  );
}

function categoryOf(kind: ImportableKind, category: string): string {
  const list: readonly string[] = kind === "movement" ? [category] : CODES[`${kind}_category`];
  if (list.includes(category)) return category;
  const said = category.slice(0, 60);
  throw intakeError("category-not-of-kind", `"${said}" is no category of ${kind}. There are ${list.join(", ")}.`);
}

function textOf(input: string | Bytes): string {
  if (input.length > LIMITS.file_bytes) {
    throw intakeError("import-too-large", `The file has ${input.length} bytes; at most ${LIMITS.file_bytes} are read.`);
  }
  const text = typeof input === "string" ? input : decoded(input);
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  if (plain.trim() === "") throw intakeError("file-empty", "The file is empty.");
  if (plain.includes("\u0000")) throw intakeError("file-not-text", "The file holds zero bytes: it is not a text file.");
  return plain;
}

function decoded(bytes: Bytes): string {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  try {
    return new TextDecoder(utf16 ?? "utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw intakeError("file-not-text", "The file is not well-formed UTF-8.", { cause });
  }
}

function rowsOf(source: Source, given: Given, context: FindContext): ImportedRow[] {
  const records = source.rows.map((row) => recordOf(row, given.width_m));
  const drafted = records.map((record) =>
    isRefused(record) ? { draft: null, findings: [] } : draftOf(context.kind, record, given),
  );
  const kept = records.filter((_, i) => drafted[i]?.draft !== null);
  const found = findIn(kept, context);
  return records.map(({ row, findings }, i): ImportedRow => {
    const { draft, findings: more } = drafted[i] as Drafted;
    return { row, draft, findings: [...findings, ...more, ...(found.get(row) ?? [])] };
  });
}

function assumedBy(mapping: Mapping, given: Given, kind: ImportableKind): Mapping["assumed"] {
  const has = (field: ColumnField): boolean => mapping.columns.some((column) => column.field === field);
  const assumed: { field: string; value: string | number; because: string }[] = [];
  if (kind !== "movement" && !has("category")) {
    assumed.push({ field: "category", value: given.category, because: "No column names it." });
  }
  if (given.country !== null && !has("country")) {
    assumed.push({ field: "country", value: given.country, because: "It was given for the whole file." });
  }
  if (has("starts") || has("ends")) {
    assumed.push({ field: "zone", value: "UTC", because: "A day without a time is that day in UTC." });
  }
  if (given.width_m !== null)
    assumed.push({ field: "width_m", value: given.width_m, because: "It was given for every line." });
  if (kind === "movement")
    assumed.push({ field: "tolerance_s", value: given.tolerance_s, because: "The file does not say it." });
  if (kind === "report")
    assumed.push({ field: "grade", value: "F6", because: "The file does not say how far it is to be believed." });
  return assumed;
}

function summed(rows: readonly ImportedRow[]): ImportResult["summary"] {
  const carrying = (gravity: Finding["gravity"]): number =>
    rows.filter(({ findings }) => findings.some((each) => each.gravity === gravity)).length;
  const drafts = rows.filter(({ draft }) => draft !== null).length;
  return { rows: rows.length, drafts, refused: carrying("refuse"), warned: carrying("warn"), noted: carrying("note") };
}
