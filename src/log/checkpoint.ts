/**
 * C2SP tlog-checkpoint: a log's word for how large it is and what it holds, signed by the log's own key (Ed25519,
 * signature type 0x01), whose name is the origin. Parley's logs write no extension lines and take none.
 *
 *     parley/<line>/<party>/<generation>
 *     <size>
 *     <base64 root>
 *
 *     — parley/<line>/<party>/<generation> <base64(key id || signature)>
 */
import { type Bytes, fromBase64, toBase64, utf8 } from "../wire/bytes.ts";
import type { Suite } from "../crypto/index.ts";
import { logError } from "./errors.ts";
import { MAX_TREE_SIZE, type RootHash } from "./merkle.ts";
import { formatSignatureLine, isKeyName, type Note, type NoteKey, noteKeyHash, parseNote } from "./note.ts";

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: RootHash;
}

/** A key that signs for a log or a witness: the seed stays on its node. */
export interface NoteSigner {
  readonly name: string;
  readonly seed: Bytes;
}

/** What is signed and cosigned: three lines, each with its newline. */
export function checkpointBody({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw logError("checkpoint-malformed", "A log's origin has no white space and no plus sign.");
  if (!Number.isSafeInteger(size) || size < 0 || size > MAX_TREE_SIZE || root.length !== 32) {
    throw logError("checkpoint-malformed", "A checkpoint has a size and a root of 32 bytes.");
  }
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The text of a signed note. A log must be durable up to `size` before this is called (principle 4). */
export function signCheckpoint(suite: Suite, checkpoint: Checkpoint, { name, seed }: NoteSigner): string {
  if (name !== checkpoint.origin) throw logError("checkpoint-malformed", "A log's key bears the name of its origin.");
  const body = checkpointBody(checkpoint);
  const key = { name, publicKey: suite.ed25519PublicKey(seed) };
  return `${body}\n${formatSignatureLine(suite, "note", key, suite.ed25519Sign(seed, utf8(body)))}`;
}

/** Takes a checkpoint apart; nothing is verified. Throws `note-malformed` or `checkpoint-malformed`. */
export function parseCheckpoint(noteText: string): { readonly checkpoint: Checkpoint; readonly note: Note } {
  const note = parseNote(noteText);
  return { checkpoint: parseBody(note.body), note };
}

function parseBody(body: string): Checkpoint {
  const match = /^([^\n]+)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n$/.exec(body);
  if (match === null) throw logError("checkpoint-malformed", "A checkpoint has three lines: origin, size and root.");
  let root: RootHash;
  try {
    root = fromBase64(match[3] as string, 32);
  } catch (cause) {
    throw logError("checkpoint-malformed", "The checkpoint's root is not canonical base64.", { cause });
  }
  const checkpoint = { origin: match[1] as string, size: Number(match[2]), root };
  checkpointBody(checkpoint);
  return checkpoint;
}

/**
 * The checkpoint, once the log's key has been found to have signed it. Signatures of other keys are passed over, as
 * signed-note asks. Throws `note-malformed`, `checkpoint-malformed`, `checkpoint-unsigned` (the key has not signed, or
 * the origin is another log's) or `checkpoint-bad-signature`.
 */
export function verifyCheckpoint(suite: Suite, noteText: string, key: NoteKey): Checkpoint {
  const { checkpoint, note } = parseCheckpoint(noteText);
  const keyHash = noteKeyHash(suite, "note", key);
  const own = note.signatures.filter((line) => line.name === key.name && line.keyHash === keyHash);
  if (checkpoint.origin !== key.name || own.length === 0) {
    throw logError("checkpoint-unsigned", `The checkpoint is not signed by the key of ${key.name}.`);
  }
  const body = utf8(note.body);
  if (!own.every((line) => suite.ed25519Verify(key.publicKey, body, line.signature))) {
    throw logError("checkpoint-bad-signature", `The checkpoint's signature is not by the key of ${key.name}.`);
  }
  return checkpoint;
}
