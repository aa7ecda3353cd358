/** The records of an evidence file (spec/evidence.md). */
import type { PartySignature } from "../../message/index.ts";
import { type Bytes, concat, equalBytes, fromHex, toHex } from "../../wire/bytes.ts";
import { type CborValue, decodeCbor, decodeCborInPlace, encodeCbor } from "../../wire/cbor.ts";
import { type LogOrigin, type MessageHash, parseLogOrigin, parseMessageHash, parsePartyId } from "../../wire/id.ts";
import { asArray, asBytes, asInteger, asNullable, asOneOf, asText } from "../../wire/shape.ts";
import { malformed, MAX_PARTIES, type SignedCharter } from "../terms/charter.ts";
import { lineError } from "../errors.ts";
import type { SignedClosing } from "../terms/closing.ts";
import type { PartyRoster } from "../terms/pairing.ts";
import { closingFrom, closingToCbor } from "../parcel/parcel.ts";

export type EvidenceRecord =
  /** First, once: the line's file. `about` names the one message that the file is for; null for a period. */
  | {
      readonly type: "line";
      readonly about: MessageHash | null;
      readonly charter: SignedCharter;
      readonly rosters: readonly PartyRoster[];
    }
  /** A generation of a log that its party closed; in the order of the generations, before the first log. */
  | { readonly type: "closing"; readonly closing: SignedClosing }
  /** Begins a log: `whole` is every entry or its hash from 0 on; `proofs` is some entries, each with its proofs. */
  | { readonly type: "log"; readonly origin: LogOrigin; readonly form: "whole" | "proofs" }
  /** whole: the leaf hashes of the next entries, which stay out of the file. */
  | { readonly type: "leaves"; readonly hashes: readonly Bytes[] }
  /** whole: the next entry, and the key that opens it or null. */
  | { readonly type: "entry"; readonly core: Bytes; readonly key: Bytes | null }
  /** whole: the log's checkpoint at exactly the entries so far, and receipts over it. The last record of a log. */
  | { readonly type: "checkpoint"; readonly note: string; readonly receipts: readonly string[] }
  /** proofs: one entry, its key, and tlog-proofs of it, whose checkpoints bear receipts. In ascending order. */
  | {
      readonly type: "proven";
      readonly index: number;
      readonly core: Bytes;
      readonly key: Bytes;
      readonly proofs: readonly string[];
    }
  /** Last, once: the digest of everything before it. */
  | { readonly type: "end"; readonly digest: Bytes };

export const MAX_LEAVES = 1024;
export const MAX_RECORD_BYTES = 1_048_576;
const MAX_CORE = 65_536;
const MAX_PROOFS = MAX_PARTIES;
const MAX_PROOF = 20_000;
const MAX_NOTE = 2048;
const TYPES = ["line", "closing", "log", "leaves", "entry", "checkpoint", "proven", "end"] as const;

export function encodeRecord(record: EvidenceRecord): Bytes {
  return encodeCbor([record.type, ...fieldsOf(record)]);
}

function fieldsOf(record: EvidenceRecord): CborValue[] {
  switch (record.type) {
    case "line": {
      const { about, charter, rosters } = record;
      const signatures = charter.signatures.map(({ party, signature }) => [party, signature]);
      const signed = rosters.map(({ party, bytes, signature }) => [party, bytes, signature]);
      return [1, about === null ? null : fromHex(about, 32), charter.bytes, signatures, signed];
    }
    case "closing":
      return closingToCbor(record.closing);
    case "log":
      return [record.origin, record.form];
    case "leaves":
      return [concat(...record.hashes)];
    case "entry":
      return [record.core, record.key];
    case "checkpoint":
      return [record.note, [...record.receipts]];
    case "proven":
      return [record.index, record.core, record.key, [...record.proofs]];
    case "end":
      break;
  }
  return [record.digest];
}

const PARTS: Readonly<Record<EvidenceRecord["type"], readonly number[]>> = {
  line: [6],
  // With what leads to its signer's key, where that is not the first.
  closing: [5, 6],
  log: [3],
  leaves: [2],
  entry: [3],
  checkpoint: [3],
  proven: [5],
  end: [2],
};

/** How a record "entry" begins, and no other: an array of three, and its name. */
const ENTRY = encodeCbor(["entry", 0, 0]).subarray(0, -2);

/** Whether it is a record "entry", well-formed or not. */
export function isEntryRecord(bytes: Bytes): boolean {
  return equalBytes(bytes.subarray(0, ENTRY.length), ENTRY);
}

/** @throws evidence-malformed */
export function decodeRecord(bytes: Bytes): EvidenceRecord {
  return recordFrom(bytes, decodeCbor);
}

/** Its byte strings are seen in `bytes` itself (decodeCborInPlace). @throws evidence-malformed */
export function decodeRecordInPlace(bytes: Bytes): EvidenceRecord {
  return recordFrom(bytes, decodeCborInPlace);
}

function recordFrom(bytes: Bytes, decode: typeof decodeCbor): EvidenceRecord {
  return malformed("evidence-malformed", "A record of the file is malformed", () => {
    const parts = asArray(decode(bytes, MAX_RECORD_BYTES), "record", 8);
    const type = asOneOf(parts[0], "record", TYPES);
    if (!PARTS[type].includes(parts.length))
      throw lineError("evidence-malformed", `A record "${type}" has other parts.`);
    return recordOf(type, parts);
  });
}

function recordOf(type: EvidenceRecord["type"], parts: readonly CborValue[]): EvidenceRecord {
  const [, a, b, c, d] = parts;
  switch (type) {
    case "line":
      return lineOf(parts);
    case "closing":
      return { type, closing: closingFrom(parts.slice(1)) };
    case "log":
      return {
        type,
        origin: parseLogOrigin(asText(a, "origin", 120)).origin,
        form: asOneOf(b, "form", ["whole", "proofs"]),
      };
    case "leaves":
      return { type, hashes: hashesOf(asBytes(a, "leaves")) };
    case "entry":
      return { type, core: coreOf(a), key: asNullable(b, (key) => asBytes(key, "key", 32)) };
    case "checkpoint": {
      const receipts = asArray(b, "receipts", MAX_PARTIES).map((line) => asText(line, "receipts", MAX_NOTE));
      return { type, note: asText(a, "note", MAX_NOTE), receipts };
    }
    case "proven": {
      const proofs = asArray(d, "proofs", MAX_PROOFS).map((proof) => asText(proof, "proofs", MAX_PROOF));
      if (proofs.length === 0) throw lineError("evidence-malformed", "An entry comes without a proof.");
      const index = asInteger(a, "index", 0, 2 ** 48);
      return { type, index, core: coreOf(b), key: asBytes(c, "key", 32), proofs };
    }
    case "end":
      break;
  }
  return { type: "end", digest: asBytes(a, "digest", 32) };
}

function lineOf([, version, about, charter, signatures, rosters]: readonly CborValue[]): EvidenceRecord {
  asInteger(version, "version", 1, 1);
  return {
    type: "line",
    about: asNullable(about, (hash) => parseMessageHash(toHex(asBytes(hash, "about", 32)))),
    charter: {
      bytes: asBytes(charter, "charter"),
      signatures: asArray(signatures, "signatures", MAX_PARTIES).map((item): PartySignature => {
        const [party, signature] = parts(item, 2);
        return { party: parsePartyId(asText(party, "party", 32)), signature: asBytes(signature, "signature") };
      }),
    },
    rosters: asArray(rosters, "rosters", MAX_PARTIES).map((item): PartyRoster => {
      const [party, bytes, signature] = parts(item, 3);
      return {
        party: parsePartyId(asText(party, "party", 32)),
        bytes: asBytes(bytes, "roster"),
        signature: asBytes(signature, "signature"),
      };
    }),
  };
}

function parts(value: CborValue, length: number): readonly CborValue[] {
  const items = asArray(value, "record", length);
  if (items.length !== length) throw lineError("evidence-malformed", `A part does not have ${length} parts.`);
  return items;
}

function coreOf(value: CborValue | undefined): Bytes {
  const core = asBytes(value, "core");
  if (core.length > MAX_CORE) throw lineError("evidence-malformed", "An entry is larger than 64 KiB.");
  return core;
}

function hashesOf(bytes: Bytes): Bytes[] {
  const count = bytes.length / 32;
  if (!Number.isInteger(count) || count < 1 || count > MAX_LEAVES) {
    throw lineError("evidence-malformed", `Leaf hashes come in 1 to ${MAX_LEAVES} times 32 bytes.`);
  }
  return Array.from({ length: count }, (_, i) => bytes.slice(32 * i, 32 * i + 32));
}
