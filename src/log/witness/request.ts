/**
 * The body of C2SP tlog-witness `add-checkpoint`: how far the witness had seen the log, the proof that what it saw is
 * the beginning of what there is now, and the log's checkpoint.
 *
 *     old <size>
 *     <base64 hash>                  none to 63, a consistency proof (RFC 6962 section 2.1.2)
 *
 *     <the checkpoint's signed note>
 */
import { type Bytes, fromBase64, toBase64 } from "../../wire/bytes.ts";
import { logError } from "../errors.ts";
import { MAX_NOTE_BYTES } from "../note.ts";

export interface AddCheckpoint {
  /** Of the checkpoint that the witness cosigned last; 0 where it has cosigned none of this log. */
  readonly oldSize: number;
  readonly proof: readonly Bytes[];
  readonly note: string;
}

const MAX_HASHES = 63;
const HEAD_CHARACTERS = "old 281474976710656\n".length + MAX_HASHES * 45 + 1;
/** A note's characters are at most four bytes each; a body beyond this is refused before it is read. */
export const MAX_ADD_CHECKPOINT_BYTES = HEAD_CHARACTERS + 4 * MAX_NOTE_BYTES;

export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join("")}\n${note}`;
}

/** Strict; the note is cut off and not looked at. Throws `witness-request-malformed`. */
export function parseAddCheckpoint(text: string): AddCheckpoint {
  const gap = text.indexOf("\n\n");
  if (gap < 0 || gap > HEAD_CHARACTERS) throw malformed("no empty line ends the proof");
  const [old, ...lines] = text.slice(0, gap).split("\n");
  const size = /^old (0|[1-9][0-9]{0,14})$/.exec(old as string);
  if (size === null) throw malformed('it does not begin with "old" and a size');
  if (lines.length > MAX_HASHES) throw malformed(`its proof has ${lines.length} hashes`);
  return { oldSize: Number(size[1]), proof: lines.map(hashFrom), note: text.slice(gap + 2) };
}

function hashFrom(line: string): Bytes {
  try {
    return fromBase64(line, 32);
  } catch (cause) {
    throw logError("witness-request-malformed", "A line of the proof is not a hash in canonical base64.", { cause });
  }
}

function malformed(why: string) {
  return logError("witness-request-malformed", `This is not an add-checkpoint request: ${why}.`);
}
