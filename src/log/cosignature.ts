/**
 * C2SP tlog-cosignature, the Ed25519 type (0x04): somebody other than the log says when they saw a checkpoint. By a
 * witness it means what C2SP says. By a party's receipt key it is a **receipt** and means, besides: "when I signed
 * this, I held every entry below this size, durably". The time is its signer's claim.
 *
 *     cosignature/v1
 *     time <seconds since the epoch>
 *     <the checkpoint's three lines>
 */
import { concat, utf8 } from "../wire/bytes.ts";
import { isParleyError } from "../wire/error.ts";
import { type Suite, u64 } from "../crypto/index.ts";
import { type Checkpoint, checkpointBody, type NoteSigner } from "./checkpoint.ts";
import { logError } from "./errors.ts";
import { formatSignatureLine, type NoteKey, noteKeyHash, type NoteSignature, parseSignatureLine } from "./note.ts";

/** The last second of the year 9999: a later one is no time that anybody signed at. */
const MAX_SECONDS = 253_402_300_799;
const SIGNATURE_BYTES = 8 + 64;

/** The name of a party's receipt key: its own log's origin and `/receipt`. */
export function receiptKeyName(origin: string): string {
  return `${origin}/receipt`;
}

function message(checkpoint: Checkpoint, atSeconds: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${atSeconds}\n${checkpointBody(checkpoint)}`);
}

/**
 * One signature line with its newline, which may be added to the checkpoint's note. For a receipt: only call it once
 * every entry below the size is durable. `atSeconds` is whole seconds since the epoch.
 */
export function cosign(suite: Suite, checkpoint: Checkpoint, { name, seed }: NoteSigner, atSeconds: number): string {
  if (!isTime(atSeconds)) throw new RangeError(`${atSeconds} is not whole seconds since the epoch.`);
  const key = { name, publicKey: suite.ed25519PublicKey(seed) };
  const signature = suite.ed25519Sign(seed, message(checkpoint, atSeconds));
  return formatSignatureLine(suite, "cosignature", key, concat(u64(atSeconds), signature));
}

/**
 * When `key` says it cosigned `checkpoint`, in milliseconds since the epoch. Throws `cosignature-malformed`,
 * `cosignature-other-key` or `cosignature-bad-signature`.
 */
export function verifyCosignature(suite: Suite, checkpoint: Checkpoint, line: string, key: NoteKey): { at: number } {
  const signature = parseCosignatureLine(line);
  if (signature.name !== key.name || signature.keyHash !== noteKeyHash(suite, "cosignature", key)) {
    throw logError("cosignature-other-key", `The cosignature is not by the key ${key.name}.`);
  }
  return { at: verifySigned(suite, checkpoint, signature, key) };
}

function parseCosignatureLine(line: string): NoteSignature {
  try {
    return parseSignatureLine(line);
  } catch (cause) {
    if (!isParleyError(cause)) throw cause;
    throw logError("cosignature-malformed", "This is not a cosignature's line.", { cause });
  }
}

function verifySigned(suite: Suite, checkpoint: Checkpoint, { signature }: NoteSignature, key: NoteKey): number {
  if (signature.length !== SIGNATURE_BYTES) {
    throw logError("cosignature-malformed", "A cosignature has 8 bytes of time and 64 of signature.");
  }
  const view = new DataView(signature.buffer, signature.byteOffset);
  const atSeconds = Number(view.getBigUint64(0));
  if (!isTime(atSeconds)) throw logError("cosignature-malformed", "The cosignature's time is after the year 9999.");
  if (!suite.ed25519Verify(key.publicKey, message(checkpoint, atSeconds), signature.subarray(8))) {
    throw logError("cosignature-bad-signature", `The cosignature by ${key.name} is not over this checkpoint.`);
  }
  return atSeconds * 1000;
}

/**
 * When `key` cosigned, by the lines of the checkpoint's own note, or null where it did not. Throws as
 * `verifyCosignature` does where a line bears the key's name and id and yet is wrong.
 */
export function findCosignature(
  suite: Suite,
  checkpoint: Checkpoint,
  signatures: readonly NoteSignature[],
  key: NoteKey,
): { readonly at: number } | null {
  const keyHash = noteKeyHash(suite, "cosignature", key);
  const own = signatures.filter((line) => line.name === key.name && line.keyHash === keyHash);
  const times = own.map((line) => verifySigned(suite, checkpoint, line, key));
  return times.length === 0 ? null : { at: Math.min(...times) };
}

function isTime(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= MAX_SECONDS;
}
