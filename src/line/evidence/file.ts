/**
 * The frame of an evidence file: a line that says what it is, then a CBOR sequence (RFC 8742) of byte strings, each of
 * them one record. The last record is a digest of all that comes before it, made record by record, so that neither
 * writer nor reader ever holds the whole:
 *
 *     d0 = H("parley/v1/evidence", magic line);   dn = H("parley/v1/evidence", dn-1, record n)
 *
 * The digest finds damage, not forgery: what a record says is proven by what is inside.
 */
import { hash, type Suite } from "../../crypto/index.ts";
import { type Bytes, concat, equalBytes, utf8 } from "../../wire/bytes.ts";
import { encodeCbor } from "../../wire/cbor.ts";
import { lineError } from "../errors.ts";
import { decodeRecord, encodeRecord, type EvidenceRecord, isEntryRecord, MAX_RECORD_BYTES } from "./records.ts";

const MAGIC = utf8("parley-evidence/v1\n");
const LABEL = "parley/v1/evidence";
const NONE = new Uint8Array(0);

/** The file in pieces, in order. `records` are all but the last, which is made here. */
export function* writeEvidence(suite: Suite, records: Iterable<EvidenceRecord>): Generator<Bytes> {
  let digest = hash(suite, LABEL, MAGIC);
  yield MAGIC;
  for (const record of records) {
    const bytes = encodeRecord(record);
    digest = hash(suite, LABEL, digest, bytes);
    yield encodeCbor(bytes);
  }
  yield encodeCbor(encodeRecord({ type: "end", digest }));
}

export function exportEvidence(suite: Suite, records: Iterable<EvidenceRecord>): Bytes {
  return concat(...writeEvidence(suite, records));
}

export interface EvidenceReader {
  /** Takes the file's next piece, of any length. @throws evidence-malformed, evidence-digest */
  push(chunk: Bytes): void;
  /** Says that the file ends here. @throws evidence-truncated, evidence-malformed */
  end(): void;
}

/**
 * Hands over record by record, without the last. Where `onEntry` is given it gets the records "entry" as they came, to be
 * read elsewhere.
 */
export function evidenceReader(
  suite: Suite,
  onRecord: (record: Exclude<EvidenceRecord, { type: "end" }>) => void,
  onEntry: ((record: Bytes) => void) | null = null,
): EvidenceReader {
  let pending: Bytes = NONE;
  let digest: Bytes | null = null;
  let ended = false;
  const take = (bytes: Bytes): void => {
    if (ended) throw lineError("evidence-malformed", "Something follows after the file's end.");
    if (onEntry !== null && isEntryRecord(bytes)) {
      digest = hash(suite, LABEL, digest as Bytes, bytes);
      return onEntry(bytes);
    }
    const record = decodeRecord(bytes);
    if (record.type === "end") {
      ended = true;
      if (equalBytes(record.digest, digest as Bytes)) return;
      throw lineError("evidence-digest", "The file was changed: its digest does not belong to what is in it.");
    }
    digest = hash(suite, LABEL, digest as Bytes, bytes);
    onRecord(record);
  };
  const begin = (bytes: Bytes): Bytes => {
    if (!equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) {
      throw lineError("evidence-malformed", "This is not a file of Parley evidence.");
    }
    digest = hash(suite, LABEL, MAGIC);
    return bytes.subarray(MAGIC.length);
  };
  return {
    push: (chunk) => {
      let rest = pending.length === 0 ? chunk : concat(pending, chunk);
      if (digest === null && rest.length < MAGIC.length) {
        pending = rest.slice();
        return;
      }
      if (digest === null) rest = begin(rest);
      for (let frame = frameOf(rest); frame !== null && rest.length >= frame.end; frame = frameOf(rest)) {
        take(rest.subarray(frame.start, frame.end));
        rest = rest.subarray(frame.end);
      }
      pending = rest.slice();
    },
    end: () => {
      const cut = pending.length > 0 || !ended;
      if (cut) throw lineError("evidence-truncated", "The file ends before its end.");
    },
  };
}

/** The next byte string of the sequence, by its head in the shortest form; null where the head is not there yet. */
function frameOf(bytes: Bytes): { readonly start: number; readonly end: number } | null {
  const first = bytes[0];
  if (first === undefined) return null;
  const info = first - 0x40;
  const width = info >= 0 && info < 24 ? 0 : [1, 2, 4][info - 24];
  if (width === undefined) throw lineError("evidence-malformed", "The file's records are not in their frames.");
  if (bytes.length < 1 + width) return null;
  const length = width === 0 ? info : bytes.subarray(1, 1 + width).reduce((sum, byte) => sum * 256 + byte, 0);
  const shortest = width === 0 || length >= ([0, 24, 256, 0, 65_536][width] as number);
  if (!shortest || length > MAX_RECORD_BYTES) {
    throw lineError("evidence-malformed", "A record's length is not in its shortest form, or too large.");
  }
  return { start: 1 + width, end: 1 + width + length };
}
