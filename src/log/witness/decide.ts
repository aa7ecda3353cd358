/**
 * What a witness decides about a request, from nothing but the keys it knows and the checkpoint it cosigned last. So
 * long as it remembers that one, it never cosigns a smaller tree, nor one that does not begin with what it cosigned.
 */
import type { Suite } from "../../crypto/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { equalBytes } from "../../wire/bytes.ts";
import { type Checkpoint, parseCheckpoint, verifyCheckpoint } from "../checkpoint.ts";
import { emptyFrontier, rootOf } from "../merkle.ts";
import type { NoteKey } from "../note.ts";
import { verifyConsistency } from "../proof.ts";
import { type AddCheckpoint, parseAddCheckpoint } from "./request.ts";

/** All that a witness must remember of a log. */
export type Seen = Pick<Checkpoint, "size" | "root">;

export interface WitnessMemory {
  /** The keys that may sign for the log; none where the witness does not know it. */
  keys(origin: string): readonly NoteKey[];
  /** What it cosigned last of the log; null where it has cosigned nothing. */
  latest(origin: string): Seen | null;
}

export type WitnessDecision =
  /** To be remembered durably first, in the same step as it was decided in, and cosigned then. */
  | { readonly decision: "cosign"; readonly checkpoint: Checkpoint }
  | { readonly decision: "malformed" | "unknown-log" | "unsigned" | "unproven" }
  /** `size` is what was cosigned last. `forked`: the log's own key signed two trees of that size. */
  | { readonly decision: "conflict"; readonly size: number; readonly forked: boolean };

/** As C2SP tlog-witness has it, in its order. Never throws for what is in the request. */
export function decideAddCheckpoint(suite: Suite, memory: WitnessMemory, text: string): WitnessDecision {
  const asked = parsed(text);
  if (asked === null) return { decision: "malformed" };
  const { request, checkpoint } = asked;
  const keys = memory.keys(checkpoint.origin);
  if (keys.length === 0) return { decision: "unknown-log" };
  if (!keys.some((key) => isSignedBy(suite, request.note, key))) return { decision: "unsigned" };
  if (request.oldSize > checkpoint.size) return { decision: "malformed" };
  const older = memory.latest(checkpoint.origin) ?? { size: 0, root: rootOf(suite, emptyFrontier()) };
  const forked = older.size === checkpoint.size && !equalBytes(older.root, checkpoint.root);
  if (request.oldSize !== older.size || forked) return { decision: "conflict", size: older.size, forked };
  const proven = verifyConsistency(suite, { older, newer: checkpoint, proof: request.proof });
  return proven ? { decision: "cosign", checkpoint } : { decision: "unproven" };
}

function parsed(text: string): { readonly request: AddCheckpoint; readonly checkpoint: Checkpoint } | null {
  try {
    const request = parseAddCheckpoint(text);
    return { request, checkpoint: parseCheckpoint(request.note).checkpoint };
  } catch (error) {
    if (isParleyError(error)) return null;
    throw error;
  }
}

function isSignedBy(suite: Suite, note: string, key: NoteKey): boolean {
  try {
    verifyCheckpoint(suite, note, key);
    return true;
  } catch (error) {
    if (isParleyError(error)) return false;
    throw error;
  }
}
