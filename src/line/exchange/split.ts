/**
 * A split record: two checkpoints that one log's key signed and that cannot both be true. Equal sizes with different
 * roots; or a larger one whose tree provably begins with another root than the smaller one says. The proof is an
 * RFC 6962 consistency proof from the prefix's real root, which anyone can compute with.
 */
import { hash, type Suite } from "../../crypto/index.ts";
import { parseCheckpoint, verifyCheckpoint, verifyConsistency } from "../../log/index.ts";
import { type Bytes, equalBytes, toHex } from "../../wire/bytes.ts";
import { decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LogOrigin, parseLogOrigin } from "../../wire/id.ts";
import { asArray, asBytes, asInteger, asNullable, asRecord, asText } from "../../wire/shape.ts";
import { malformed } from "../terms/charter.ts";
import { logKeyFor, type RosterHistory } from "../terms/roster.ts";

export interface SplitRecord {
  readonly origin: LogOrigin;
  /** Signed notes, the smaller size first. */
  readonly smaller: string;
  readonly larger: string;
  /** Root of the larger tree's first entries, as many as the smaller one has; null where the sizes are equal. */
  readonly prefix_root: Bytes | null;
  /** Consistency proof from that prefix to the larger tree. */
  readonly proof: readonly Bytes[];
}

export function encodeSplitRecord({ origin, smaller, larger, prefix_root, proof }: SplitRecord): Bytes {
  return encodeCbor({ v: 1, origin, smaller, larger, prefix_root, proof: [...proof] });
}

/** Structure only. @throws split-malformed */
export function decodeSplitRecord(bytes: Bytes): SplitRecord {
  return malformed("split-malformed", "The split record is malformed", () => {
    const map = asRecord(decodeCbor(bytes, 16_384), "split", [
      "v",
      "origin",
      "smaller",
      "larger",
      "prefix_root",
      "proof",
    ]);
    asInteger(map.v, "v", 1, 1);
    return {
      origin: parseLogOrigin(asText(map.origin, "origin", 120)).origin,
      smaller: asText(map.smaller, "smaller", 2048),
      larger: asText(map.larger, "larger", 2048),
      prefix_root: asNullable(map.prefix_root, (root) => asBytes(root, "prefix_root", 32)),
      proof: asArray(map.proof, "proof", 64).map((item) => asBytes(item, "proof", 32)),
    };
  });
}

/** Names a record in a notice: 64 hexadecimal digits. */
export function splitRecordHash(suite: Pick<Suite, "sha256">, record: SplitRecord): string {
  return toHex(hash(suite, "parley/v1/split", encodeSplitRecord(record)));
}

/** True where the record proves that its log's author signed two things that cannot both be true. Never throws. */
export function verifySplitRecord(suite: Suite, record: SplitRecord, rosters: RosterHistory): boolean {
  try {
    const smaller = verified(suite, record.origin, record.smaller, rosters);
    const larger = verified(suite, record.origin, record.larger, rosters);
    const prefix = record.prefix_root;
    if (prefix === null) return smaller.size === larger.size && !equalBytes(smaller.root, larger.root);
    const begins = { older: { size: smaller.size, root: prefix }, newer: larger, proof: record.proof };
    return smaller.size < larger.size && !equalBytes(prefix, smaller.root) && verifyConsistency(suite, begins);
  } catch (error) {
    if (isParleyError(error)) return false;
    throw error;
  }
}

function verified(suite: Suite, origin: LogOrigin, note: string, rosters: RosterHistory) {
  const { size } = parseCheckpoint(note).checkpoint;
  return verifyCheckpoint(suite, note, { name: origin, publicKey: logKeyFor(rosters, size) });
}
