/**
 * What is said over a narrow link: an entry of the sender's own log with the receiver's share alone and the hashes of
 * the others', and, after it, the proof that the log holds it.
 */
import type { Suite } from "../../crypto/index.ts";
import { decodeCore, encodeCore, type Entry, type Share, shareHash } from "../../message/index.ts";
import { type Bytes, compareBytes, equalBytes } from "../../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import { asArray, asBytes, asInteger, asText } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";
import { malformed } from "../terms/charter.ts";
import { MAX_SET_BYTES } from "./set.ts";

export interface SaidEntry {
  readonly type: "entry";
  readonly generation: number;
  readonly index: number;
  /** With the receiver's share alone. */
  readonly entry: Entry;
}

export interface SaidProof {
  readonly type: "proof";
  readonly generation: number;
  readonly index: number;
  /** Signed note of a size above `index`. */
  readonly checkpoint: string;
  /** RFC 6962 inclusion proof of the entry at `index` in it. */
  readonly proof: readonly Bytes[];
}

export type Said = SaidEntry | SaidProof;

const ENTRY = 1;
const PROOF = 2;
const MAX_INDEX = 2 ** 48;
const MAX_OTHERS = 47;
const MAX_PROOF = 64;
const ENC_BYTES = 1120;

/** Run by the sender; `kid` names the receiver's share. @throws narrow-no-share, and as decodeCore */
export function encodeSaidEntry({ generation, index, entry }: Omit<SaidEntry, "type">, kid: Bytes): Bytes {
  const { commit, own, shares, box } = decodeCore(entry.core);
  const share = entry.shares.find((each) => equalBytes(each.kid, kid));
  if (share === undefined) throw lineError("narrow-no-share", "The entry is not sealed to the receiver's key.");
  const others = shares.filter((each) => !equalBytes(each.kid, kid));
  const hashes = others.map((each) => [each.kid, each.hash]);
  return encodeCbor([ENTRY, generation, index, commit, own, hashes, share.kid, share.enc, share.ct, box]);
}

export function encodeSaidProof({ generation, index, checkpoint, proof }: Omit<SaidProof, "type">): Bytes {
  return encodeCbor([PROOF, generation, index, checkpoint, [...proof]]);
}

/** Run by the receiver: the leaf comes out byte by byte as it stands in the sender's log. @throws narrow-malformed */
export function decodeSaid(suite: Pick<Suite, "sha256">, bytes: Bytes): Said {
  return malformed("narrow-malformed", "What came over the narrow link is malformed", () => {
    const parts = asArray(decodeCbor(bytes, MAX_SET_BYTES), "said", 10);
    const [type, second, third] = parts;
    const generation = asInteger(second, "generation", 0, 999_999);
    const index = asInteger(third, "index", 0, MAX_INDEX);
    switch (asInteger(type, "type", ENTRY, PROOF)) {
      case ENTRY:
        return { type: "entry", generation, index, entry: entryFrom(suite, exactly(parts, 10)) };
      default: {
        const [, , , checkpoint, proof] = exactly(parts, 5);
        const hashes = asArray(proof, "proof", MAX_PROOF).map((each) => asBytes(each, "proof", 32));
        return { type: "proof", generation, index, checkpoint: asText(checkpoint, "checkpoint", 2048), proof: hashes };
      }
    }
  });
}

function entryFrom(suite: Pick<Suite, "sha256">, parts: readonly CborValue[]): Entry {
  const [, , , commit, own, others, kid, enc, ct, box] = parts;
  const share: Share = {
    kid: asBytes(kid, "kid", 8),
    enc: asBytes(enc, "enc", ENC_BYTES),
    ct: asBytes(ct, "ct", 48),
  };
  const hashes = asArray(others, "others", MAX_OTHERS).map((each) => {
    const [otherKid, digest] = exactly(asArray(each, "other", 2), 2);
    return { kid: asBytes(otherKid, "kid", 8), hash: asBytes(digest, "hash", 32) };
  });
  const all = [...hashes, { kid: share.kid, hash: shareHash(suite, share) }];
  const core = encodeCore({
    commit: asBytes(commit, "commit", 32),
    own: asBytes(own, "own", 60),
    shares: all.toSorted((a, b) => compareBytes(a.kid, b.kid)),
    box: asBytes(box, "box"),
  });
  // Kids twice, or in another order than the sender's leaf has them, are no leaf.
  decodeCore(core);
  const ordered = hashes.every(
    ({ kid: each }, i) => i === 0 || compareBytes((hashes[i - 1] as { kid: Bytes }).kid, each) < 0,
  );
  if (!ordered) throw lineError("narrow-malformed", "The other shares are not in order.");
  return { core, shares: [share] };
}

function exactly(parts: readonly CborValue[], length: number): readonly CborValue[] {
  if (parts.length !== length) throw lineError("narrow-malformed", `A part does not have ${length} parts.`);
  return parts;
}
