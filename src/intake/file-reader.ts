/** The bytes of a file, piece by piece, into records: its format and encoding are settled by how it begins. */
import type { Bytes } from "../wire/bytes.ts";
import type { Mapping } from "./columns.ts";
import { intakeError } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import { archiveFormat, type Format, isArchive, isArchived, textFormat } from "./format.ts";
import { Decoder } from "./read/decode.ts";
import { byteReader, textReader } from "./read/index.ts";
import type { Reader, ReadTerms } from "./read/reader.ts";
import type { IntakeRecord } from "./record.ts";

/** So much is read before the format is settled. */
const HEAD_BYTES = 1 << 16;

export class FileReader {
  readonly #asked: Format | null;
  readonly #terms: ReadTerms;
  readonly #decoder = new Decoder();
  #head: Bytes[] = [];
  #headSize = 0;
  #format: Format | null = null;
  #bytes: Reader<Bytes> | null = null;
  #text: Reader<string> | null = null;

  /** `asked`: null is by the file's content. */
  constructor(asked: Format | null, terms: ReadTerms) {
    this.#asked = asked;
    this.#terms = terms;
  }

  /** null until the file has begun. */
  get format(): Format | null {
    return this.#format;
  }

  /** null of archives. */
  get encoding(): string | null {
    return this.#bytes === null ? this.#decoder.encoding : null;
  }

  /** Known once records have come out, or after the end. */
  get mapping(): Mapping {
    return (this.#bytes ?? (this.#text as Reader<string>)).mapping();
  }

  /** Throws every code of errors.ts. */
  push(piece: Bytes): readonly IntakeRecord[] {
    if (this.#bytes !== null) return this.#bytes.push(piece);
    if (this.#text !== null) return this.#text.push(this.#decoder.push(piece));
    this.#head.push(piece);
    this.#headSize += piece.length;
    return this.#headSize >= HEAD_BYTES ? this.#begin() : [];
  }

  end(): readonly IntakeRecord[] {
    const first = this.#format === null ? this.#begin() : [];
    if (this.#bytes !== null) return [...first, ...this.#bytes.end()];
    const reader = this.#text as Reader<string>;
    return [...first, ...reader.push(this.#decoder.end()), ...reader.end()];
  }

  #begin(): readonly IntakeRecord[] {
    const head = joined(this.#head, this.#headSize);
    this.#head = [];
    const asked = this.#asked;
    if (asked === null ? isArchive(head) : isArchived(asked)) {
      const archived = asked !== null && isArchived(asked) ? asked : archiveFormat(head);
      this.#format = archived;
      this.#bytes = byteReader(archived, this.#terms);
      return this.#bytes.push(head);
    }
    const text = this.#decoder.push(head).replace(/^\ufeff/, "");
    const written = asked !== null && !isArchived(asked) ? asked : textFormat(text.slice(0, HEAD_BYTES));
    this.#format = written;
    this.#text = textReader(written, this.#terms);
    return this.#text.push(text);
  }
}

function joined(pieces: readonly Bytes[], size: number): Bytes {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** All records of a file that is held whole. Throws import-too-large beyond the cap of rows, before more are read. */
export function recordsOf(bytes: Bytes, terms: ReadTerms): readonly IntakeRecord[] {
  const reader = new FileReader(null, terms);
  const records: IntakeRecord[] = [];
  const take = (more: readonly IntakeRecord[]): void => {
    for (const record of more) records.push(record);
    if (records.length > LIMITS.rows) throw tooManyRows();
  };
  for (const piece of piecesOf(bytes)) take(reader.push(piece));
  take(reader.end());
  return records;
}

/** A file that is held is read in pieces all the same: two bytes may be a row, and thirty million rows are no memory's. */
export function* piecesOf(bytes: Bytes): Generator<Bytes> {
  for (let at = 0; at < bytes.length; at += HEAD_BYTES) yield bytes.subarray(at, at + HEAD_BYTES);
}

export function tooManyRows() {
  return intakeError("import-too-large", `The file has more than ${LIMITS.rows} rows.`);
}
