/** A file that someone brings, piece by piece, into drafts with findings. Nothing is decided here. */
import type { Bytes } from "../wire/bytes.ts";
import type { Finding } from "./codes.ts";
import { type ColumnField, type Mapping } from "./columns.ts";
import { type Drafted, draftOf, type Given, type ImportedDraft } from "./draft.ts";
import { type ImportableKind } from "./importable.ts";
import { intakeError } from "./errors.ts";
import { type FindContext, findIn } from "./find.ts";
import type { Format } from "./format.ts";
import { FileReader } from "./file-reader.ts";
import type { ReadTerms } from "./read/reader.ts";
import { type IntakeRecord, isRefused } from "./record.ts";

export interface ImporterOptions {
  /** null: by the file's content. */
  readonly format: Format | null;
  /** null: each record is what its format suggests, or else a site. */
  readonly kind: ImportableKind | null;
  readonly given: Omit<Given, "category"> & { readonly category: (kind: ImportableKind) => string };
  readonly terms: ReadTerms;
  readonly find: Omit<FindContext, "kind">;
  /** How many rows are looked at together, and how many bytes of the file at most. */
  readonly part_rows: number;
  readonly part_bytes: number;
}

export interface ImportedRow {
  /** Counted from 1. A table's header is row 1; features of map files have no header. */
  readonly row: number;
  readonly draft: ImportedDraft | null;
  readonly findings: readonly Finding[];
}

export interface ImportHead {
  readonly format: Format;
  readonly mapping: Mapping;
}

/** How many rows there were, became drafts, were refused, carry a warning, carry a note. */
export interface ImportSummary {
  readonly rows: number;
  readonly drafts: number;
  readonly refused: number;
  readonly warned: number;
  readonly noted: number;
}

/** Give it the file's pieces, then its end; it hands back rows as they are done. Throws every code of errors.ts. */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #reader: FileReader;
  #waiting: IntakeRecord[] = [];
  #waitingBytes = 0;
  #kinds = new Set<ImportableKind>();
  #summary = { rows: 0, drafts: 0, refused: 0, warned: 0, noted: 0 };

  constructor(options: ImporterOptions) {
    this.#options = options;
    this.#reader = new FileReader(options.format, options.terms);
  }

  push(piece: Bytes): ImportedRow[] {
    this.#waitingBytes += piece.length;
    return this.#take(this.#reader.push(piece));
  }

  end(): ImportedRow[] {
    return [...this.#take(this.#reader.end()), ...this.#flush()];
  }

  /** Known once rows have come out, or after the end. */
  head(): ImportHead {
    const { format, mapping, encoding } = this.#reader;
    const assumed = [...mapping.assumed, ...this.#assumed(mapping)];
    return { format: format as Format, mapping: { ...mapping, encoding, assumed } };
  }

  summary(): ImportSummary {
    return this.#summary;
  }

  #take(records: readonly IntakeRecord[]): ImportedRow[] {
    const { format } = this.#reader;
    if (this.#options.kind === "movement" && (format === "csv" || format === "xlsx")) {
      throw intakeError(
        "kind-not-importable",
        "A movement is a line: bring it as GeoJSON, KML or GPX, not as a table.",
      );
    }
    for (const record of records) this.#waiting.push(record);
    const { part_rows, part_bytes } = this.#options;
    const isFull = this.#waiting.length >= part_rows || (records.length > 0 && this.#waitingBytes >= part_bytes);
    return isFull ? this.#flush() : [];
  }

  #flush(): ImportedRow[] {
    const records = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    const drafted = records.map((record) => this.#draft(record));
    const found = new Map<number, Finding[]>();
    for (const kind of this.#kinds) {
      const kept = records.filter((record, i) => drafted[i]?.draft !== null && this.#kindOf(record) === kind);
      for (const [row, more] of findIn(kept, { ...this.#options.find, kind })) found.set(row, more);
    }
    const rows = records.map(({ row, findings }, i): ImportedRow => {
      const { draft, findings: more } = drafted[i] as Drafted;
      return { row, draft, findings: [...findings, ...more, ...(found.get(row) ?? [])] };
    });
    for (const row of rows) this.#count(row);
    return rows;
  }

  #draft(record: IntakeRecord): Drafted {
    const kind = this.#kindOf(record);
    this.#kinds.add(kind);
    if (isRefused(record)) return { draft: null, findings: [] };
    const { given } = this.#options;
    return draftOf(kind, record, { ...given, category: given.category(kind) }, this.#options.terms);
  }

  #kindOf({ suggests }: IntakeRecord): ImportableKind {
    return this.#options.kind ?? suggests ?? "site";
  }

  #count({ draft, findings }: ImportedRow): void {
    const has = (gravity: Finding["gravity"]): number => Number(findings.some((each) => each.gravity === gravity));
    const { rows, drafts, refused, warned, noted } = this.#summary;
    this.#summary = {
      rows: rows + 1,
      drafts: drafts + Number(draft !== null),
      refused: refused + has("refuse"),
      warned: warned + has("warn"),
      noted: noted + has("note"),
    };
  }

  #assumed(mapping: Mapping): Mapping["assumed"] {
    const { given, terms } = this.#options;
    const has = (field: ColumnField): boolean => mapping.columns.some((column) => column.field === field);
    const assumed: { field: string; value: string | number; because: string }[] = [];
    for (const kind of this.#kinds) {
      if (kind === "movement" || kind === "alert" || has("category")) continue;
      assumed.push({ field: "category", value: given.category(kind), because: "No column names it." });
    }
    if (given.country !== null && !has("country")) {
      assumed.push({ field: "country", value: given.country, because: "It was given for the whole file." });
    }
    if (has("starts") || has("ends")) assumed.push(zoneAssumed(terms.zone));
    const { encoding } = this.#reader;
    if (encoding?.startsWith("windows") === true) {
      const because = "The file does not say its encoding, and its letters read well in this one.";
      assumed.push({ field: "encoding", value: encoding, because });
    }
    const width = terms.width_m;
    if (width !== null) assumed.push({ field: "width_m", value: width, because: "It was given for every line." });
    if (this.#kinds.has("movement")) {
      const because = "The file does not say it.";
      if (width === null) assumed.push({ field: "width_m", value: terms.movement_width_m, because });
      assumed.push({ field: "tolerance_s", value: given.tolerance_s, because });
    }
    if (this.#kinds.has("report")) {
      assumed.push({ field: "grade", value: "F6", because: "The file does not say how far it is to be believed." });
    }
    return assumed;
  }
}

function zoneAssumed(zone: string | null) {
  if (zone !== null) return { field: "zone", value: zone, because: "It was given for times that name none." };
  return { field: "zone", value: "UTC", because: "A day without a time is that day in UTC." };
}
