/** What a witness answers to `add-checkpoint`, and what the log that asked makes of it. */
import type { Suite } from "../../crypto/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { Checkpoint, NoteSigner } from "../checkpoint.ts";
import { cosign, verifyCosignature } from "../cosignature.ts";
import { logError } from "../errors.ts";
import type { NoteKey } from "../note.ts";
import type { WitnessDecision } from "./decide.ts";

export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: "text/plain; charset=utf-8" | typeof SIZE_TYPE;
  readonly body: string;
}

const SIZE_TYPE = "text/x.tlog.size";
const TEXT = "text/plain; charset=utf-8";
const MAX_LINES = 32;

const REFUSED = {
  malformed: [400, "This is not an add-checkpoint request, or its old size is beyond its checkpoint.\n"],
  unsigned: [403, "No key that this witness knows for the log has signed the checkpoint.\n"],
  "unknown-log": [404, "This witness does not know the log.\n"],
  unproven: [422, "The proof does not show that the log grew from what was cosigned.\n"],
} as const;

/** For `cosign`: only call it once the checkpoint is remembered durably. `atSeconds` is whole seconds. */
export function witnessReply(
  suite: Suite,
  signer: NoteSigner,
  decided: WitnessDecision,
  atSeconds: number,
): WitnessReply {
  if (decided.decision === "cosign") {
    return { status: 200, type: TEXT, body: cosign(suite, decided.checkpoint, signer, atSeconds) };
  }
  if (decided.decision === "conflict") return { status: 409, type: SIZE_TYPE, body: `${decided.size}\n` };
  const [status, body] = REFUSED[decided.decision];
  return { status, type: TEXT, body };
}

export interface Cosigned {
  /** The signature line, with its newline. */
  readonly line: string;
  /** When the witness says that it cosigned, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The cosignature by `key` on the checkpoint that was asked about, out of a reply of status 200. Lines of other keys
 * are passed over. Throws `witness-reply-malformed`, `cosignature-malformed` or `cosignature-bad-signature`.
 */
export function cosignatureFrom(suite: Suite, checkpoint: Checkpoint, reply: string, key: NoteKey): Cosigned {
  const lines = reply.match(/[^\n]*\n/g) ?? [];
  if (lines.length === 0 || lines.length > MAX_LINES) throw malformed("no signature lines, or too many");
  for (const line of lines) {
    try {
      return { line, ...verifyCosignature(suite, checkpoint, line, key) };
    } catch (error) {
      if (!isParleyError(error, "cosignature-other-key")) throw error;
    }
  }
  throw malformed("no line of the key that was asked for");
}

/** What the witness cosigned last, out of a reply of status 409. Throws `witness-reply-malformed`. */
export function sizeFrom(reply: string): number {
  const match = /^(0|[1-9][0-9]{0,14})\n$/.exec(reply);
  if (match === null) throw malformed("no size");
  return Number(match[1]);
}

function malformed(why: string) {
  return logError("witness-reply-malformed", `The witness answered with something else: ${why}.`);
}
