/** What a reader of a format is: bytes or text go in piece by piece, records come out. */
import type { FindPlaces } from "../../geo/index.ts";
import { type Bytes, concat } from "../../wire/bytes.ts";
import type { Mapping, MappingWish } from "../columns.ts";
import { intakeError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { IntakeRecord } from "../record.ts";

/** What is known beside the file. */
export interface ReadTerms extends MappingWish {
  /** Whole width of the corridor round a line, metres; null where nobody said. */
  readonly width_m: number | null;
  /** The width of what can only be a movement, where nobody said it, metres. */
  readonly movement_width_m: number;
  /** Milliseconds since the epoch, for times without a year; null where it is not known. */
  readonly now: number | null;
  /** Zone of times that name none, as IANA names it; null: they are refused, and days are days in UTC. */
  readonly zone: string | null;
  /** A gazetteer, for places that are told by name; null: there is none. */
  readonly places: FindPlaces | null;
  /** How much of a file is held at once; Infinity: the whole of it. */
  readonly part_bytes: number;
  /** The sheet to read, where a workbook has several. */
  readonly sheet: string | null;
}

/** Of one file. `mapping` is known once the first records have come out, or the end has. */
export interface Reader<Piece> {
  readonly push: (piece: Piece) => readonly IntakeRecord[];
  readonly end: () => readonly IntakeRecord[];
  readonly mapping: () => Mapping;
}

export interface WholeFile {
  readonly mapping: Mapping;
  readonly records: readonly IntakeRecord[];
}

/** The mapping of a format that has no columns. */
export const NO_COLUMNS: Mapping = {
  delimiter: null,
  header_row: null,
  hxl_row: null,
  columns: [],
  unused: [],
  header_key: null,
  assumed: [],
};

/** A reader of a format that only makes sense whole. Throws import-too-large beyond the cap of such files. */
export function wholeText(read: (text: string) => WholeFile): Reader<string> {
  return whole((pieces) => pieces.join(""), read);
}

/** The same of bytes. */
export function wholeBytes(read: (bytes: Bytes) => WholeFile): Reader<Bytes> {
  return whole((pieces) => concat(...pieces), read);
}

function whole<Piece extends { readonly length: number }>(
  join: (pieces: readonly Piece[]) => Piece,
  read: (all: Piece) => WholeFile,
): Reader<Piece> {
  const pieces: Piece[] = [];
  let size = 0;
  let file: WholeFile | null = null;
  return {
    push: (piece) => {
      size += piece.length;
      if (size > LIMITS.whole_bytes) throw tooLarge();
      pieces.push(piece);
      return [];
    },
    end: () => (file = read(join(pieces))).records,
    mapping: () => file?.mapping ?? NO_COLUMNS,
  };
}

function tooLarge() {
  const most = LIMITS.whole_bytes / (1024 * 1024);
  const message = `A file of this format is read whole and has at most ${most} MiB; CSV and GeoJSON may be larger.`;
  return intakeError("import-too-large", message);
}
