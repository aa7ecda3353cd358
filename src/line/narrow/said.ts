/**
 * What is said over a narrow link: an entry of the sender's own log with the receiver's share alone, the hashes of the
 * others' and no padding; and, after it, the proof that the log holds it.
 */
import type { Suite } from "../../crypto/index.ts";
import {
  contentKeyIn,
  decodeCore,
  encodeCore,
  type Entry,
  type EntryOpener,
  type EntryPlace,
  restoreBox,
  type Share,
  shareHash,
  shortenBox,
} from "../../message/index.ts";
import { type Bytes, compareBytes, equalBytes } from "../../wire/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../wire/cbor.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { asArray, asBytes, asInteger, asText } from "../../wire/shape.ts";
import { lineError } from "../errors.ts";
import { malformed } from "../terms/charter.ts";
import { MAX_SAID_BYTES } from "./set.ts";

export interface SaidEntry {
  readonly type: "entry";
  readonly generation: number;
  readonly index: number;
  readonly commit: Bytes;
  readonly own: Bytes;
  /** Of all parties but the author, ascending by kid. */
  readonly shares: readonly { readonly kid: Bytes; readonly hash: Bytes }[];
  /** The receiver's. */
  readonly share: Share;
  /** The box without the ciphertext of its padding. */
  readonly box: Bytes;
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

const ENTRY = 1;
const PROOF = 2;
const MAX_INDEX = 2 ** 48;
const MAX_OTHERS = 47;
const MAX_PROOF = 64;
export const ENC_BYTES = 1120;

/** What the sender says of an entry of its own: where it stands, and the key that the author alone can take out of it. */
export interface ToSay extends EntryPlace {
  readonly generation: number;
  readonly entry: Entry;
  readonly contentKey: Bytes;
}

/** Run by the sender; `kid` names the receiver's share. @throws narrow-no-share, entry-unopenable, and as decodeCore */
export function encodeSaidEntry(suite: Suite, { generation, entry, contentKey, ...place }: ToSay, kid: Bytes): Bytes {
  const core = decodeCore(entry.core);
  const share = entry.shares.find((each) => equalBytes(each.kid, kid));
  if (share === undefined) throw lineError("narrow-no-share", "The entry is not sealed to the receiver's key.");
  const others = core.shares.filter((each) => !equalBytes(each.kid, kid));
  const box = shortenBox(suite, core, place, contentKey);
  return encodeParts({ ...core, generation, index: place.index, share, box }, others);
}

type Parts = Omit<SaidEntry, "type" | "shares">;

export function encodeParts(parts: Parts, others: SaidEntry["shares"]): Bytes {
  const { generation, index, commit, own, share, box } = parts;
  const hashes = others.map((each) => [each.kid, each.hash]);
  return encodeCbor([ENTRY, generation, index, commit, own, hashes, share.kid, share.enc, share.ct, box]);
}

export function encodeSaidProof({ generation, index, checkpoint, proof }: Omit<SaidProof, "type">): Bytes {
  return encodeCbor([PROOF, generation, index, checkpoint, [...proof]]);
}

/** Structure only. @throws narrow-malformed */
export function decodeSaid(suite: Pick<Suite, "sha256">, bytes: Bytes): SaidEntry | SaidProof {
  return malformed("narrow-malformed", "What came over the narrow link is malformed", () => {
    const parts = asArray(decodeCbor(bytes, MAX_SAID_BYTES), "said", 10);
    const [type, second, third] = parts;
    const generation = asInteger(second, "generation", 0, 999_999);
    const index = asInteger(third, "index", 0, MAX_INDEX);
    switch (asInteger(type, "type", ENTRY, PROOF)) {
      case ENTRY:
        return { type: "entry", generation, index, ...entryParts(suite, exactly(parts, 10)) };
      default: {
        const [, , , checkpoint, proof] = exactly(parts, 5);
        const hashes = asArray(proof, "proof", MAX_PROOF).map((each) => asBytes(each, "proof", 32));
        return { type: "proof", generation, index, checkpoint: asText(checkpoint, "checkpoint", 2048), proof: hashes };
      }
    }
  });
}

function entryParts(suite: Pick<Suite, "sha256">, parts: readonly CborValue[]) {
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
  const shares = all.toSorted((a, b) => compareBytes(a.kid, b.kid));
  // Kids twice, or in another order than the sender's leaf has them, are no leaf.
  if (!ascending(hashes) || !ascending(shares)) throw lineError("narrow-malformed", "The shares are not in order.");
  return {
    commit: asBytes(commit, "commit", 32),
    own: asBytes(own, "own", 60),
    shares,
    share,
    box: asBytes(box, "box"),
  };
}

function ascending(list: readonly { readonly kid: Bytes }[]): boolean {
  return list.every(({ kid }, i) => i === 0 || compareBytes((list[i - 1] as { kid: Bytes }).kid, kid) < 0);
}

/**
 * Run by the receiver: the leaf comes out byte by byte as it stands in the sender's log.
 * @throws entry-no-share, entry-unopenable, entry-commitment, entry-too-large
 */
export function restoreEntry(suite: Suite, said: SaidEntry, origin: LogOrigin, opener: EntryOpener): Entry {
  const { commit, own, shares, share } = said;
  const place = { origin, index: said.index };
  const contentKey = contentKeyIn(suite, { parts: { commit, own, shares }, shares: [share] }, place, opener);
  const core = encodeCore({ commit, own, shares, box: restoreBox(suite, said.box, place, contentKey) });
  return { core, shares: [share] };
}

function exactly(parts: readonly CborValue[], length: number): readonly CborValue[] {
  if (parts.length !== length) throw lineError("narrow-malformed", `A part does not have ${length} parts.`);
  return parts;
}
