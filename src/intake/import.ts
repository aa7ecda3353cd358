/** What is asked of an import, and the import of a file that is held whole. */
import { CODES, type Kind } from "../message/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import { utf8 } from "../wire/bytes.ts";
import type { Area } from "./area.ts";
import { IMPORTABLE_KINDS, type ImportableKind } from "./importable.ts";
import { intakeError } from "./errors.ts";
import { type Format, FORMATS } from "./format.ts";
import { piecesOf, recordsOf, tooManyRows } from "./file-reader.ts";
import { Importer, type ImportedRow, type ImportHead, type ImportSummary } from "./importer.ts";
import { countryOf } from "./gazetteer/countries.ts";
import type { Gazetteer } from "./gazetteer/gazetteer.ts";
import { LIMITS } from "./limits.ts";
import type { ReadTerms } from "./read/reader.ts";
import { type IntakeRecord, isRefused } from "./record.ts";

export interface ImportOptions {
  /** Left out: by the file's content. */
  readonly format?: Format;
  /** Left out: each record is what its format suggests, or else a site. */
  readonly as?: Kind;
  /** Field to header, where the columns that were found are not the right ones; to an empty one where none is. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Such corrections of earlier files, by `mapping.header_key`. */
  readonly remembered?: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Read also a table that does not say where things are, so that its columns can be looked at. Default false. */
  readonly placeless?: boolean;
  /** Category of every row that names none. Default `other`. */
  readonly category?: string;
  readonly country?: string;
  /** Language of names whose column does not say it. Default `en`. */
  readonly lang?: string;
  /** Whole width of the corridor round a line, metres. Default of a movement 1000; of others none. */
  readonly width_m?: number;
  /** How far a movement may be ahead of its times or behind, seconds. Default 900. */
  readonly tolerance_s?: number;
  /** What lies outside is warned of. */
  readonly area?: Area;
  /** The list before this one, as its file is: what moved or went since is warned of. */
  readonly since?: string | Bytes;
  /** Milliseconds since the epoch: the year of what names none is the nearest. Left out: such times are refused. */
  readonly now?: number;
  /** Zone of times that name none. Left out: they are refused, and days are days in UTC. */
  readonly zone?: string;
  /** What is known of places: positions told by a name are found in it, and all others looked at beside it. */
  readonly gazetteer?: Gazetteer;
  /** The sheet of a workbook. Left out: the first shown that says where things are. */
  readonly sheet?: string;
}

export interface ImportResult extends ImportHead {
  readonly rows: readonly ImportedRow[];
  readonly summary: ImportSummary;
}

const MOVEMENT_WIDTH_M = 1000;

/** `part_rows`, `part_bytes`: how much is looked at together. Throws file-format-unknown, kind-not-importable, category-not-of-kind */
export function createImporter(options: ImportOptions, part_rows: number, part_bytes = Infinity): Importer {
  const { format = null, as, width_m = null } = options;
  if (format !== null && !(FORMATS as readonly string[]).includes(format))
    throw intakeError("file-format-unknown", `There is no format "${format.slice(0, 40)}" here.`);
  const kind = as === undefined ? null : importable(as);
  if (kind !== null) categoryOf(kind, options.category ?? "other");
  const lang = options.lang ?? "en";
  const terms: ReadTerms = {
    given: options.mapping ?? {},
    remembered: options.remembered ?? new Map(),
    lang,
    placeless: options.placeless ?? false,
    width_m: width_m ?? (kind === "movement" ? MOVEMENT_WIDTH_M : null),
    movement_width_m: MOVEMENT_WIDTH_M,
    now: options.now ?? null,
    zone: options.zone ?? null,
    places: options.gazetteer?.finder(options.country === undefined ? [] : codesOf(options.country)) ?? null,
    sheet: options.sheet ?? null,
    part_bytes,
  };
  return new Importer({
    format,
    kind,
    part_rows,
    part_bytes,
    terms,
    find: {
      now: options.now ?? null,
      area: options.area ?? null,
      gazetteer: options.gazetteer ?? null,
      country: options.country ?? null,
      since: options.since === undefined ? null : before(options.since, terms),
    },
    given: {
      category: (each) => categoryOf(each, options.category ?? "other"),
      country: options.country ?? null,
      lang,
      width_m,
      tolerance_s: options.tolerance_s ?? 900,
    },
  });
}

function codesOf(country: string): string[] {
  const code = countryOf(country);
  return code === null ? [] : [code];
}

/** The list before, in whatever format it is: its own columns are found anew. */
function before(input: string | Bytes, terms: ReadTerms): IntakeRecord[] {
  const bytes = typeof input === "string" ? utf8(input) : input;
  return recordsOf(bytes, { ...terms, given: {}, sheet: null }).filter((record) => !isRefused(record));
}

/**
 * Reads the whole of `input`, text or the file's bytes, at most 32 MiB and 50,000 rows.
 * @throws every code of errors.ts, where nothing of the file can be read; faults of a row are findings
 */
export function importText(input: string | Bytes, options: ImportOptions): ImportResult {
  const importer = createImporter(options, LIMITS.rows + 1);
  if (input.length > LIMITS.file_bytes) {
    throw intakeError("import-too-large", `The file has ${input.length} bytes; at most ${LIMITS.file_bytes} are read.`);
  }
  const bytes = typeof input === "string" ? utf8(input) : input;
  if (isEmpty(bytes)) throw intakeError("file-empty", "The file is empty.");
  const rows: ImportedRow[] = [];
  const take = (more: readonly ImportedRow[]): void => {
    for (const row of more) rows.push(row);
    if (rows.length > LIMITS.rows) throw tooManyRows();
  };
  for (const piece of piecesOf(bytes)) take(importer.push(piece));
  take(importer.end());
  return { ...importer.head(), rows, summary: importer.summary() };
}

function isEmpty(bytes: Bytes): boolean {
  return (
    bytes.subarray(0, 4096).every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) && bytes.length < 4096
  );
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
  const list: readonly string[] = kind === "movement" || kind === "alert" ? [category] : CODES[`${kind}_category`];
  if (list.includes(category)) return category;
  const said = category.slice(0, 60);
  throw intakeError("category-not-of-kind", `"${said}" is no category of ${kind}. There are ${list.join(", ")}.`);
}
