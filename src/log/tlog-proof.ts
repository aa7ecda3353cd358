/**
 * C2SP tlog-proof: that a leaf is in a log, as a text that anybody verifies offline against a policy.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra <base64>                 optional, vouched for by nobody
 *     index <decimal>
 *     <base64 hash>                  from the leaf's sibling up, none or more
 *
 *     <the checkpoint's signed note, cosignatures and all>
 */
import { type Bytes, fromBase64, toBase64 } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import type { Suite } from "../crypto/index.ts";
import { type Checkpoint, parseCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { findCosignature } from "./cosignature.ts";
import { logError } from "./errors.ts";
import { MAX_NOTE_BYTES, noteKeyHash } from "./note.ts";
import { meetsQuorum, type Policy } from "./policy.ts";
import { verifyInclusion } from "./proof.ts";

export interface TlogProof {
  /** Signed by nobody, hence not to be trusted; null where there is none. */
  readonly extra: Bytes | null;
  readonly index: number;
  readonly proof: readonly Bytes[];
  readonly checkpointNote: string;
}

const MAGIC = "c2sp.org/tlog-proof@v1";
/** A path in a tree of 2^48 leaves. */
const MAX_HASHES = 48;
const MAX_EXTRA_BYTES = 64 * 1024;
const MAX_CHARACTERS = MAX_NOTE_BYTES + 2 * MAX_EXTRA_BYTES + 48 * MAX_HASHES;

export function formatProof({ extra, index, proof, checkpointNote }: TlogProof): string {
  const extraLine = extra === null ? "" : `extra ${toBase64(extra)}\n`;
  const hashes = proof.map((hash) => `${toBase64(hash)}\n`).join("");
  return `${MAGIC}\n${extraLine}index ${index}\n${hashes}\n${checkpointNote}`;
}

/** Strict; nothing is verified. Throws `proof-malformed`, also for a checkpoint that is not one. */
export function parseProof(text: string): TlogProof {
  if (text.length > MAX_CHARACTERS) throw malformed("it is too long");
  const gap = text.indexOf("\n\n");
  const [magic, ...lines] = text.slice(0, Math.max(gap, 0)).split("\n");
  if (magic !== MAGIC) throw malformed(`it does not begin with ${MAGIC}`);
  const extra = lines[0]?.startsWith("extra ") === true ? base64((lines.shift() as string).slice(6)) : null;
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? "");
  if (index === null) throw malformed("its index is missing or not a number");
  if (lines.length > MAX_HASHES) throw malformed(`its path has ${lines.length} hashes`);
  const checkpointNote = text.slice(gap + 2);
  checkNote(checkpointNote);
  return { extra, index: Number(index[1]), proof: lines.map((line) => base64(line, 32)), checkpointNote };
}

export interface VerifiedProof {
  readonly index: number;
  readonly checkpoint: Checkpoint;
  /** Which of the policy's witnesses cosigned, and when they say they did (milliseconds since the epoch). */
  readonly cosigned: readonly { readonly witness: string; readonly at: number }[];
}

/**
 * That `leaf` is in a log of the policy, under a checkpoint that enough of its witnesses have cosigned. Throws what
 * `parseProof`, `verifyCheckpoint` and `verifyCosignature` throw, `proof-unknown-log`, `proof-not-included` or
 * `proof-quorum-missing`.
 */
export function verifyProof(suite: Suite, text: string, leaf: Bytes, policy: Policy): VerifiedProof {
  const { index, proof, checkpointNote } = parseProof(text);
  const checkpoint = verifyByPolicy(suite, checkpointNote, policy);
  if (!verifyInclusion(suite, { ...checkpoint, index, leaf, proof })) {
    throw logError("proof-not-included", `The entry is not number ${index} of ${checkpoint.origin}.`);
  }
  const { note } = parseCheckpoint(checkpointNote);
  const cosigned = policy.witnesses.flatMap(({ name, key }) => {
    const found = findCosignature(suite, checkpoint, note.signatures, key);
    return found === null ? [] : [{ witness: name, at: found.at }];
  });
  if (!meetsQuorum(policy, new Set(cosigned.map(({ witness }) => witness)))) {
    throw logError("proof-quorum-missing", `${cosigned.length} known witnesses cosigned; the policy wants more.`);
  }
  return { index, checkpoint, cosigned };
}

function verifyByPolicy(suite: Suite, checkpointNote: string, policy: Policy): Checkpoint {
  const { checkpoint, note } = parseCheckpoint(checkpointNote);
  const keys = policy.logs.map(({ key }) => key).filter((key) => key.name === checkpoint.origin);
  const signed = keys.find((key) => {
    const keyHash = noteKeyHash(suite, "note", key);
    return note.signatures.some((line) => line.name === key.name && line.keyHash === keyHash);
  });
  const key = signed ?? keys[0];
  if (key === undefined) throw logError("proof-unknown-log", `The policy names no log ${checkpoint.origin}.`);
  return verifyCheckpoint(suite, checkpointNote, key);
}

function checkNote(checkpointNote: string): void {
  try {
    parseCheckpoint(checkpointNote);
  } catch (cause) {
    if (!isParleyError(cause)) throw cause;
    throw logError("proof-malformed", "The proof's checkpoint is not one.", { cause });
  }
}

function base64(text: string, length?: number): Bytes {
  try {
    return fromBase64(text, length);
  } catch (cause) {
    throw logError("proof-malformed", "The proof's base64 is not canonical, or a hash is not 32 bytes.", { cause });
  }
}

function malformed(why: string) {
  return logError("proof-malformed", `This is not a tlog-proof: ${why}.`);
}
